/** Short words to the person: toasts that pass, dialogs that wait. */

import { Refused } from "./api.js";
import { el } from "./element.js";

const TOAST_MS = 2_600;
const REASONS = {
  "no answer to the button": "机器人还没有回应，请稍后再看",
  "message text is empty": "消息是空的",
  "can't be edited": "这条消息不能编辑了",
  "message to be replied not found": "原来的消息已经不在了",
  "message not found": "这条消息已经不在了",
  "chat not found": "这个会话已经不在了",
  "bot is blocked": "你已停用机器人，先重新开始",
};

/** A line is shown for a moment above the composer. */
export function toast(text) {
  const line = el("div.toast", { "data-testid": "toast" }, text);
  const shelf = document.getElementById("toasts");
  while (shelf.childElementCount > 1) shelf.firstChild.remove();
  shelf.append(line);
  setTimeout(() => line.classList.add("leaving"), TOAST_MS);
  setTimeout(() => line.remove(), TOAST_MS + 300);
}

/**
 * A modal dialog is open. `content` are its nodes, `buttons` [{label, value, kind?}].
 * @returns {Promise<string>} the pressed button's value, "" when dismissed.
 */
export function dialog({ title, content = [], buttons, label, testid = "dialog" }) {
  return new Promise((resolve) => {
    const form = el("form", { method: "dialog" });
    const box = el("dialog.dialog", { "aria-label": label || title, "data-testid": testid }, form);
    const row = el("div.dialog-buttons", {}, buttons.map(({ label: text, value, kind }) => {
      const spec = `button.dialog-button${kind ? `.${kind}` : ""}`;
      return value ? el(spec, { type: "submit", value }, text) : el(spec, { onclick: () => box.close("") }, text);
    }));
    form.append(...(title ? [el("h2", {}, title)] : []), ...content, row);
    box.addEventListener("click", (event) => event.target === box && box.close(""));
    box.addEventListener("close", () => {
      resolve(box.returnValue);
      box.remove();
    });
    document.body.append(box);
    box.showModal();
    box.querySelector("input:not([type=checkbox]), textarea, .primary")?.focus();
  });
}

/** A bot's alert stays until it has been read. */
export function alertDialog(text) {
  const buttons = [{ label: "好的", value: "ok", kind: "primary" }];
  return dialog({ label: "提示", content: [el("p.alert-text", {}, text)], buttons, testid: "alert" });
}

/** What went wrong is told in one line. */
export function failure(error) {
  if (!(error instanceof Refused)) console.error(error);
  if (error instanceof TypeError) toast("连不上模拟器，请稍后再试");
  else toast(Object.entries(REASONS).find(([said]) => error.message.includes(said))?.[1] || `没有成功：${error.message}`);
}

/** `text` is in the clipboard and the person knows. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
  toast("已复制");
}

function copyBySelection(text) {
  const field = el("textarea.offscreen", { value: text });
  document.body.append(field);
  field.select();
  document.execCommand("copy"); // the clipboard interface is missing on plain http outside localhost
  field.remove();
}

/** Short words to the person: toasts that pass, dialogs that wait. */

import { el } from "./element.js";

const TOAST_MS = 2_600;

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
    box.querySelector("input, textarea, .primary")?.focus();
  });
}

/** A bot's alert stays until it has been read. */
export function alertDialog(text) {
  const buttons = [{ label: "好的", value: "ok", kind: "primary" }];
  return dialog({ label: "提示", content: [el("p.alert-text", {}, text)], buttons, testid: "alert" });
}

/** What went wrong is told in one line. */
export function failure(error) {
  toast(error instanceof TypeError ? "连不上模拟器，请稍后再试" : `没有成功：${error.message}`);
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

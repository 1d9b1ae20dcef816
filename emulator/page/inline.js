/** The buttons under a message. */

import { el, icon } from "./element.js";

const LONG_WAIT_MS = 15_000;

function mark(button) {
  if (button.url || button.login_url || button.web_app) return icon("link");
  if (button.copy_text) return icon("copy");
  return null;
}

async function spin(node, work) {
  if (node.classList.contains("waiting")) return;
  node.classList.add("waiting");
  node.setAttribute("aria-busy", "true");
  const limit = new Promise((resolve) => setTimeout(resolve, LONG_WAIT_MS));
  await Promise.race([work(), limit]);
  node.classList.remove("waiting");
  node.removeAttribute("aria-busy");
}

function touch(message, button, node, actions) {
  if (button.callback_data !== undefined) return spin(node, () => actions.press(message, button.callback_data));
  if (button.copy_text) return actions.copy(button.copy_text.text);
  if (button.url) return actions.openLink(button.url);
  return actions.unsupported();
}

/** The inline keyboard of `message`; a pressed button turns until its answer has come. */
export function inlineKeyboard(message, actions) {
  const rows = message.reply_markup.inline_keyboard.map((row) => el("div.inline-row", {}, row.map((button) => {
    const label = el("span.inline-text", {}, button.text);
    const node = el("button.inline-button", { "data-testid": "inline-button" }, label, mark(button));
    node.addEventListener("click", () => touch(message, button, node, actions));
    return node;
  })));
  return el("div.inline-keyboard", { role: "group", "aria-label": "按钮" }, rows);
}

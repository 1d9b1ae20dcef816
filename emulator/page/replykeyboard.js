/** The keyboard a bot puts in place of the letters. */

import { el } from "./element.js";

/** The reply keyboard in force after `messages` (oldest first): {keyboard, …}, {force_reply, …} or null. */
export function inForce(messages, user, isGroup) {
  let current = null;
  for (const message of messages) {
    const markup = message.reply_keyboard;
    const forMe = !markup?.selective || !isGroup || message.reply_to_message?.from?.id === user
      || (message.entities || []).some((entity) => entity.user?.id === user);
    if (markup && forMe) current = markup.remove_keyboard ? null : { ...markup, message };
    else if (message.outgoing && current?.one_time_keyboard) current = { ...current, used: true };
    else if (message.outgoing && current?.force_reply) current = null;
  }
  return current;
}

/** The keys of `markup`; `press(button)` hears each. */
export function keys(markup, press) {
  const rows = markup.keyboard.map((row) => el("div.key-row", {}, row.map((button) => {
    const key = typeof button === "string" ? { text: button } : button;
    return el("button.key", { onclick: () => press(key) }, key.text);
  })));
  return el("div.keys", { role: "group", "aria-label": "快捷键盘", "data-testid": "reply-keyboard" }, rows);
}

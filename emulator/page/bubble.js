/** One message, or one album, as a row of the conversation. */

import { dayKey, timeLabel } from "./dates.js";
import { avatar, el, icon, iconButton } from "./element.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./inline.js";
import { attachments, kind } from "./media.js";
import { nameOf, snippet } from "./service.js";

const SWIPE_PX = 56;
const HOLD_MS = 480;

function quote(message, actions) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  const jump = () => actions.jump(original.message_id);
  return el("button.quote", { "aria-label": `回复：${snippet(original)}`, onclick: jump },
    el("span.quote-name", {}, nameOf(original.from)), el("span.quote-text", {}, snippet(original)));
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const source = origin.sender_user_name || nameOf(origin.sender_user || origin.sender_chat || origin.chat);
  return el("div.forwarded", {}, `转发自 ${source}`);
}

function meta(message) {
  const label = timeLabel(message.date * 1000);
  return el("span.meta", {}, message.edit_date ? el("span.edited", {}, "已编辑 ") : null,
    el("time", { datetime: dayKey(message.date * 1000) }, label), message.outgoing ? icon("check") : null);
}

function body(messages, actions) {
  const captioned = messages.find((message) => message.text || message.caption);
  if (!captioned) return null;
  const nodes = captioned.text
    ? richText(captioned.text, captioned.entities, actions)
    : richText(captioned.caption, captioned.caption_entities, actions);
  return el("div.text", { "data-testid": "message-text" }, nodes);
}

/** Swiping left, holding or the right mouse button on `row` reach the message's actions. */
function gestures(row, bubble, message, actions) {
  let from = null;
  let moved = 0;
  let hold = 0;
  const settle = () => {
    clearTimeout(hold);
    bubble.style.transform = "";
    from = null;
  };
  row.addEventListener("touchstart", (event) => {
    from = event.touches[0];
    moved = 0;
    hold = setTimeout(() => actions.menu(message, from.clientX, from.clientY), HOLD_MS);
  }, { passive: true });
  row.addEventListener("touchmove", (event) => {
    if (!from) return;
    const across = event.touches[0].clientX - from.clientX;
    const down = Math.abs(event.touches[0].clientY - from.clientY);
    if (Math.abs(across) > 6 || down > 6) clearTimeout(hold);
    moved = down > 24 ? 0 : Math.max(-SWIPE_PX * 1.3, Math.min(0, across));
    bubble.style.transform = moved < -8 ? `translateX(${moved}px)` : "";
  }, { passive: true });
  row.addEventListener("touchend", () => {
    if (moved <= -SWIPE_PX) actions.reply(message);
    settle();
  });
  row.addEventListener("touchcancel", settle);
  row.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    actions.menu(message, event.clientX, event.clientY);
  });
  row.addEventListener("dblclick", (event) => event.target === row && actions.reply(message));
}

function sender(from) {
  return el("div.sender", { style: { color: `hsl(${(from.id * 47) % 360} var(--name-tone))` } }, nameOf(from));
}

function shell(messages, run, actions) {
  const [message] = messages;
  const text = body(messages, actions);
  const carried = attachments(messages);
  const pictures = messages.some((one) => one.photo);
  const bare = pictures && !text && !message.reply_to_message && !message.forward_origin;
  const named = run.first && run.group && !message.outgoing;
  const last = messages.at(-1);
  return el(`div.bubble${bare ? ".bare" : ""}${pictures ? ".with-picture" : ""}`, {},
    named ? sender(message.from) : null,
    forwarded(message), quote(message, actions), ...carried, text, meta({ ...last, outgoing: message.outgoing }));
}

function hoverActions(message, actions) {
  const style = { class: "icon-button row-action" };
  const menu = ({ clientX, clientY }) => actions.menu(message, clientX, clientY);
  return el("div.row-actions", {}, iconButton("reply", "回复", () => actions.reply(message), style),
    iconButton("more", "更多操作", menu, style));
}

function faceOf(from) {
  return avatar(from.id, nameOf(from), from.is_bot ? "bot" : "person");
}

/**
 * The row for `messages` (one, or the parts of an album).
 * `run` says where it stands among messages of one sender: {first, last, group}.
 */
export function bubbleRow(messages, run, actions) {
  const [message] = messages;
  const bubble = shell(messages, run, actions);
  const keyed = Boolean(message.reply_markup?.inline_keyboard?.length);
  const column = el(`div.column${keyed ? ".keyed" : ""}`, {}, el("div.bubble-line", {}, bubble, hoverActions(message, actions)),
    keyed ? inlineKeyboard(message, actions) : null);
  const face = run.group && !message.outgoing ? el("span.face", {}, run.last ? faceOf(message.from) : null) : null;
  const row = el(`div.row${message.outgoing ? ".own" : ""}${run.first ? ".first" : ""}${run.last ? ".last" : ""}`, {
    "data-testid": "message", "data-message-id": message.message_id, "data-outgoing": String(Boolean(message.outgoing)),
    role: "article", "aria-label": `${message.outgoing ? "我" : nameOf(message.from)}：${kind(message) || "消息"}`,
  }, face, column);
  gestures(row, bubble, message, actions);
  return row;
}

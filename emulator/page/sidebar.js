/** The list of people to be and the list of that person's chats. */

import { dayKey, listLabel } from "./dates.js";
import { avatar, el, icon, iconButton, reconcile } from "./element.js";
import { dialog } from "./notice.js";

/** Asks for a new person's name; null when dismissed. */
export async function askPerson() {
  const name = el("input", {
    name: "name", required: true, maxlength: "64", placeholder: "例如：赵六", autocomplete: "off", "aria-label": "名字",
  });
  const answer = await dialog({
    title: "新增一个人", label: "新增一个人",
    content: [el("p.hint", {}, "一个还没进团队的人，可以用来打开邀请链接。"), name],
    buttons: [{ label: "取消" }, { label: "新增", value: "ok", kind: "primary" }],
  });
  return answer === "ok" && name.value.trim() ? name.value.trim() : null;
}

const roleOf = (person) => person.description || "还没有加入团队";

function personButton(person, chosen, unread, choose) {
  return el("button.person", {
    "data-testid": "person", "data-user-id": person.user_id, "aria-pressed": String(person.user_id === chosen),
    onclick: () => choose(person.user_id),
  }, avatar(person.user_id, person.name),
  el("span.item-text", {}, el("span.item-title", {}, person.name), el("span.item-sub", {}, roleOf(person))),
  unread ? badge(unread) : null);
}

function badge(count) {
  const label = { "aria-label": `${count} 条未读`, "data-testid": "unread" };
  return el("span.badge", label, count > 99 ? "99+" : String(count));
}

const STEPS = [
  "选一个身份，进入和机器人的聊天", "像发微信一样，把客户的情况发给它",
  "点消息下面的按钮，卡片就地更新", "点右上角的时钟拨到明早 8 点，看晨报到来",
];

/** The people are drawn in `section`; `unread` maps user ids to numbers of unread messages. */
export function drawPeople(section, { people, chosen, unread, choose, add, clockPill }) {
  if (!changed(section, [people, chosen, [...unread]])) return;
  const waiting = (person) => (person.user_id === chosen ? 0 : unread.get(person.user_id));
  const buttons = people.map((person) => personButton(person, chosen, waiting(person), choose));
  const list = el("div.people-list", { role: "group", "aria-label": "身份" }, buttons);
  const mark = el("img.brand-mark", { src: "icon.svg", alt: "", width: "34", height: "34" });
  const names = el("div", {}, el("h1", {}, "销售助手"), el("p.hint", {}, "演示 · 数据只在这台电脑上"));
  section.replaceChildren(
    el("header.side-header", {}, mark, names, clockPill),
    el("p.lead", {}, "先选一个身份，再像用手机一样和机器人聊天。"),
    list,
    el("button.add-person", { onclick: add }, icon("plus"), "新增一个人"),
    el("ol.steps", {}, STEPS.map((step) => el("li", {}, step))));
}

/** Whether `view` differs from what `section` shows; a redraw would take the focus away. */
function changed(section, view) {
  const signature = JSON.stringify(view);
  if (section.dataset.signature === signature) return false;
  section.dataset.signature = signature;
  return true;
}

function kindOf(chat) {
  if (chat.type === "private") return "机器人";
  return chat.is_forum ? "话题群" : "群";
}

function chatTitle(chat, bot) {
  return chat.type === "private" ? bot.name : chat.title;
}

function chatButton(chat, { open, bot, now, choose }) {
  const title = chatTitle(chat, bot);
  const time = chat.last_date ? el("time.item-time", {}, listLabel(chat.last_date * 1000, now)) : null;
  const text = el("span.item-sub", {}, chat.last_text || (chat.last_date ? "［图片、文件或通知］" : "还没有消息"));
  const unread = chat.unread && open !== chat.chat_id ? badge(chat.unread) : null;
  const isBot = chat.type === "private";
  return el("button.chat-item", {
    "data-testid": "chat", "data-chat-id": chat.chat_id, "aria-current": open === chat.chat_id ? "true" : null,
    onclick: () => choose(chat.chat_id),
  }, avatar(chat.chat_id, title, isBot ? "bot" : "group"),
  el("span.item-text", {},
    el("span.item-line", {}, el("span.item-title", {}, title, el("span.tag", {}, kindOf(chat))), time),
    el("span.item-line", {}, text, unread)));
}

/** The chats of `person` are drawn in `section`. */
export function drawChats(section, view) {
  const { person, chats, back, clockPill, open, now } = view;
  if (!changed(section, [person, chats, open, view.bot, dayKey(now)])) return;
  const turn = iconButton("back", "换一个身份", back, { class: "icon-button only-phone" });
  const names = el("div", {}, el("h1", {}, person.name), el("p.hint", {}, roleOf(person)));
  const header = el("header.side-header", {}, turn, avatar(person.user_id, person.name), names, clockPill);
  const buttons = chats.map((chat) => chatButton(chat, view));
  const list = el("div.chat-list", { role: "group", "aria-label": "会话" }, buttons);
  reconcile(section, [header, chats.length ? list : el("p.lead", {}, "还没有会话")]);
}

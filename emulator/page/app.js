/** The page: who one is, which chat is open, and the wires between the parts. The address holds its state: Back works. */

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { acceptDrops } from "./drop.js";
import { avatar, el, iconButton } from "./element.js";
import { deepLink, safeUrl } from "./entities.js";
import { failure } from "./notice.js";
import { askPerson, drawChats, drawPeople } from "./sidebar.js";
import { listen } from "./socket.js";
import { Timeline } from "./timeline.js";
import { drawGuide, emptyGroup, emptyPrivate } from "./welcome.js";

const at = (name) => document.getElementById(name);
const LIST_PAUSE_MS = 150;
const UNREAD_MS = 5_000;
const wide = matchMedia("(min-width: 900px)");
const state = {
  people: [], bot: { name: "销售助手", username: "" }, chats: [], user: null, chat: null, thread: null, unread: new Map(),
};
let hangUp = () => {};
let opening = 0;

const clock = new Clock(at("clock-panel"), () => {
  timeline.relabel();
  drawSide();
});
const composer = new Composer(at("composer"), {
  send: (message) => talk.send(message), edit: (message, text) => talk.edit(message, text),
  files: (files, choice) => talk.files(files, choice),
  contact: (card) => talk.contact(card), key: (button) => talk.key(button), editLast: () => talk.editLast(),
});
const gestures = new Proxy({}, { get: (_, name) => (...given) => talk[name](...given) });
const timeline = new Timeline({
  log: at("log"), toBottom: at("to-bottom"), pinned: at("pinned"), actions: gestures, now: clock.now,
});
const talk = new Conversation({ place, timeline, composer, status: showStatus, openLink });
const pills = { people: clock.pill(toggleClock), chats: clock.pill(toggleClock), chat: clock.pill(toggleClock) };

const say = (text) => talk.send({ text });

function person() {
  return state.people.find((one) => one.user_id === state.user);
}

function chat() {
  return state.chats.find((one) => one.chat_id === state.chat);
}

function place() {
  const { user, chat: open, thread, bot } = state;
  return { user, person: person(), chat: open, thread, isGroup: chat()?.type !== "private", bot };
}

function toggleClock() {
  const open = at("app").classList.toggle("clock-open");
  at("shade").hidden = !open;
}

/** The address names the person, chat and topic; the page follows. */
function go(target, replace = false) {
  const query = new URLSearchParams(api.given(target));
  history[replace ? "replaceState" : "pushState"](null, "", `/?${query}`);
  return follow();
}

function number(query, name) {
  return query.has(name) && query.get(name) !== "" ? Number(query.get(name)) : null;
}

async function follow() {
  const query = new URLSearchParams(location.search);
  const [user, wanted, thread] = ["user", "chat", "thread"].map((name) => number(query, name));
  const known = state.people.some((one) => one.user_id === user) ? user : null;
  if (known !== state.user) await become(known);
  if (known && query.has("start")) return begin(known, query.get("start"));
  const target = wanted ?? (wide.matches ? state.chats[0]?.chat_id : null) ?? null;
  return openChat(state.chats.some((one) => one.chat_id === target) ? target : null, thread);
}

async function begin(user, payload) {
  try {
    await api.start(user, payload);
  } catch (error) {
    failure(error);
  }
  await loadChats();
  return go({ user, chat: user }, true); // a reload must not start again
}

async function become(user) {
  hangUp();
  Object.assign(state, { user, chat: null, thread: null, chats: [] });
  if (!user) return;
  hangUp = listen(user, hear, connection);
  await loadChats();
}

function connection(connected, again) {
  at("connection").hidden = connected;
  if (connected && again) catchUp();
}

async function catchUp() {
  try {
    await Promise.all([clock.load(), loadChats()]);
    if (state.chat) timeline.refresh(await api.messages(state.user, state.chat, state.thread));
    talk.followKeyboard();
  } catch (error) {
    failure(error);
  }
}

async function loadChats() {
  const { user } = state;
  const chats = await api.chats(user).catch(() => state.chats);
  if (user !== state.user) return;
  state.chats = chats;
  drawSide();
}

async function openChat(chatId, thread) {
  const turn = ++opening;
  const changed = chatId !== state.chat || thread !== state.thread;
  Object.assign(state, { chat: chatId, thread });
  drawFrame();
  if (!chatId) refreshList();
  if (!chatId || !changed) return;
  composer.open({ key: `${state.user}/${chatId}/${thread}`, isGroup: place().isGroup, bot: state.bot });
  try {
    const { user } = state;
    const [messages, commands] = await Promise.all([api.messages(user, chatId, thread), api.commands(user, chatId)]);
    if (turn !== opening) return;
    timeline.open(messages, { group: place().isGroup, empty: welcome() });
    composer.setCommands(commands);
    talk.followKeyboard();
    markRead();
  } catch (error) {
    failure(error);
  }
  if (wide.matches) composer.field.focus();
}

function markRead() {
  const open = chat();
  if (open) open.unread = 0;
  drawSide();
}

function welcome() {
  return place().isGroup ? emptyGroup(state.bot) : emptyPrivate(state.bot, say);
}

async function hear(event) {
  if (event.type === "clock") clock.set(event);
  else if (event.type === "commands" && state.chat) composer.setCommands(await api.commands(state.user, state.chat));
  else if (event.type === "chats") await chatsChanged();
  if (event.chat_id === undefined) return;
  if (event.type === "message") await noteMessage(event);
  if (event.chat_id === state.chat && inThread(event.message)) talk.hear(event);
}

function inThread(message) {
  if (!message || state.thread === null) return true;
  return (message.message_thread_id ?? 0) === state.thread;
}

async function noteMessage({ chat_id: chatId, message }) {
  const listed = state.chats.find((one) => one.chat_id === chatId);
  if (!listed) return loadChats();
  if (message.migrate_to_chat_id && chatId === state.chat) return migrate(message.migrate_to_chat_id);
  const seen = chatId === state.chat && !document.hidden;
  if (seen) api.messages(state.user, chatId, null, message.message_id).catch(() => {}); // fetching makes it read
  return refreshList();
}

async function migrate(chatId) {
  await loadChats();
  return go({ user: state.user, chat: chatId }, true);
}

let listTimer = 0;
/** The list is fetched once for a burst of messages. */
function refreshList() {
  clearTimeout(listTimer);
  listTimer = setTimeout(async () => {
    if (state.user) await loadChats();
    await countUnread();
  }, LIST_PAUSE_MS);
}

/** The badges beside the people: what waits for each of them. */
async function countUnread() {
  if (document.hidden) return;
  const counts = await Promise.all(state.people.map(async ({ user_id: user }) => {
    const chats = user === state.user ? state.chats : await api.chats(user).catch(() => []);
    const elsewhere = chats.filter((one) => user !== state.user || one.chat_id !== state.chat);
    return [user, elsewhere.reduce((sum, one) => sum + one.unread, 0)];
  }));
  state.unread = new Map(counts);
  drawSide();
}

async function chatsChanged() {
  await loadChats();
  if (state.chat && !chat()) go({ user: state.user }, true);
  else drawFrame();
}

/** Links to the bot are followed here, as the person one is; all others in a new tab. */
function openLink(url) {
  const href = safeUrl(url);
  if (!href) return undefined;
  const { username, payload } = deepLink(new URL(href));
  if (username !== state.bot.username.toLowerCase()) return window.open(href, "_blank", "noopener");
  return payload === null ? go({ user: state.user, chat: state.user }) : begin(state.user, payload);
}

function showStatus(text) {
  const line = at("chat-header").querySelector(".chat-status");
  if (!line) return;
  line.classList.toggle("busy", Boolean(text));
  line.textContent = text || line.dataset.idle;
}

async function addPerson() {
  const name = await askPerson();
  if (!name) return;
  const added = await api.addPerson({ name }).catch(failure);
  state.people = await api.people();
  if (added) go({ user: added.user_id });
}

function drawSide() {
  drawPeople(at("people"), {
    people: state.people, chosen: state.user, unread: state.unread, clockPill: pills.people,
    choose: (user) => go({ user }), add: addPerson,
  });
  if (!state.user) return undefined;
  return drawChats(at("chats"), {
    person: person(), chats: state.chats, open: state.chat, bot: state.bot, now: clock.now(), clockPill: pills.chats,
    back: () => go({}), choose: (chatId) => go({ user: state.user, chat: chatId }),
  });
}

function drawFrame() {
  const open = chat();
  at("app").dataset.screen = open ? "chat" : state.user ? "chats" : "people";
  at("phone").classList.toggle("vacant", !open);
  drawSide();
  drawGuide(at("guide"), state.chat && state.chat === state.user ? say : null);
  if (!open) return at("chat-header").replaceChildren();
  const isBot = open.type === "private";
  const title = isBot ? state.bot.name : open.title;
  const idle = isBot ? "机器人" : open.is_forum ? "话题群" : "群聊";
  document.title = `${title} · ${person().name}`;
  const back = iconButton("back", "返回会话列表", () => go({ user: state.user }), { class: "icon-button only-phone" });
  const names = el("div.chat-names", {}, el("h1", { "data-testid": "chat-title" }, title),
    el("p.chat-status", { "data-idle": idle, "data-testid": "chat-status" }, idle));
  at("chat-header").replaceChildren(back, avatar(open.chat_id, title, isBot ? "bot" : "group"), names, pills.chat);
  return drawTopics(open);
}

function drawTopics(open) {
  const topics = open.topics || [];
  at("topics").hidden = !open.is_forum;
  const general = topics.some((one) => !one.thread_id) ? [] : [{ thread_id: 0, name: "综合" }];
  const tabs = [{ thread_id: null, name: "全部" }, ...general, ...topics];
  at("topics").replaceChildren(...tabs.map(({ thread_id: id, name }) => el("button.topic", {
    "data-testid": "topic", "aria-current": id === state.thread ? "true" : null,
    onclick: () => go({ user: state.user, chat: state.chat, thread: id }),
  }, name)));
}

async function main() {
  acceptDrops(at("phone"), at("drop"), () => state.chat, (files) => composer.offerFiles(files));
  at("shade").addEventListener("click", toggleClock);
  addEventListener("popstate", follow);
  document.addEventListener("visibilitychange", () => document.hidden || (state.user && loadChats()));
  wide.addEventListener("change", follow);
  [state.people, state.bot] = await Promise.all([api.people(), api.bot(), clock.load()]);
  drawSide();
  await follow();
  setInterval(countUnread, UNREAD_MS); // the stream tells only of one person
  countUnread();
}

main().catch(failure);

/** The open chat: what the person does to its messages and what the bot does in it. */

import * as api from "./api.js";
import { askOwnPhone } from "./attachment.js";
import { el, icon } from "./element.js";
import { alertDialog, copy, failure, toast } from "./notice.js";
import { inForce } from "./replykeyboard.js";

const ACTION_MS = 5_000;
const ACTIONS = {
  typing: "正在输入", upload_photo: "正在发送图片", upload_document: "正在发送文件",
  find_location: "正在定位", choose_sticker: "正在选贴纸",
};

async function succeeds(work) {
  try {
    await work();
    return true;
  } catch (error) {
    failure(error);
    return false;
  }
}

/** The deeds of one person in one chat; `place()` is {user, person, chat, thread, isGroup, bot} at the moment. */
export class Conversation {
  constructor({ place, timeline, composer, status, openLink }) {
    Object.assign(this, { place, timeline, composer, status, openLink });
    this.actionTimer = 0;
  }

  where() {
    const { user, chat } = this.place();
    return { user, chat };
  }

  show(message) {
    if (message?.message_id && message.chat?.id === this.place().chat) this.timeline.put(message);
    this.followKeyboard();
  }

  followKeyboard() {
    const { user, isGroup } = this.place();
    const messages = [...this.timeline.messages.values()].sort((a, b) => a.message_id - b.message_id);
    this.composer.setKeyboard(inForce(messages, user, isGroup));
  }

  send({ text, reply_to = null }) {
    const { thread } = this.place();
    return succeeds(async () => this.show(await api.send({ ...this.where(), text, reply_to, thread })));
  }

  edit(message, text) {
    return succeeds(async () => this.show(await api.edit({ ...this.where(), message_id: message.message_id, text })));
  }

  files(files, { kind, caption, reply_to }) {
    const { thread } = this.place();
    return succeeds(async () => {
      for (const [position, file] of files.entries()) {
        const fields = { ...this.where(), kind, thread, reply_to, caption: position === 0 ? caption : null };
        this.show(await api.upload(fields, file));
      }
    });
  }

  contact(card) {
    return succeeds(async () => this.show(await api.contact({ ...this.where(), ...card })));
  }

  async key(button) {
    if (button.request_contact) {
      const card = await askOwnPhone(this.place().person);
      return card ? this.contact(card) : false;
    }
    if (button.request_location || button.request_poll || button.web_app) return this.unsupported();
    return this.send({ text: button.text });
  }

  press(message, data) {
    return succeeds(async () => {
      const answer = await api.press({ ...this.where(), message_id: message.message_id, data });
      if (answer.url) this.openLink(answer.url);
      if (!answer.text) return;
      if (answer.show_alert) alertDialog(answer.text);
      else toast(answer.text);
    });
  }

  unsupported = () => toast("演示页不支持这种按钮");
  copy = (text) => copy(text);
  command = (text) => this.send({ text });
  jump = (messageId) => this.timeline.jump(messageId);
  reply = (message) => this.composer.setContext({ kind: "reply", message });

  change(message) {
    this.composer.setContext({ kind: "edit", message });
  }

  editLast() {
    const mine = [...this.timeline.messages.values()].filter((message) => message.outgoing && message.text).at(-1);
    if (mine) this.change(mine);
  }

  /** The things one can do with `message` are listed at the point given. */
  menu = (message, x, y) => {
    const text = message.text || message.caption;
    const items = [
      ["reply", "回复", () => this.reply(message)],
      text ? ["copy", "复制文字", () => copy(text)] : null,
      message.outgoing && text && !message.forward_origin ? ["edit", "编辑", () => this.change(message)] : null,
      ["send", "转发给机器人", () => this.forward(message)],
    ].filter(Boolean);
    contextMenu(items, x, y);
  };

  forward(message) {
    const { user, chat } = this.place();
    return succeeds(async () => {
      const sent = await api.forward({ user, chat: user, from_chat: chat, message_id: message.message_id });
      if (chat === user) this.show(sent);
      else toast("已转发到和机器人的私聊");
    });
  }

  /** An event of the open chat takes effect on the screen. */
  hear(event) {
    if (event.type === "message" || event.type === "edited") {
      if (event.type === "message" && !event.message.outgoing) this.showAction(null);
      this.show(event.message);
    } else if (event.type === "deleted") {
      this.timeline.drop(event.message_id);
    } else if (event.type === "chat_action") {
      this.showAction(event.action);
    }
  }

  showAction(action) {
    clearTimeout(this.actionTimer);
    this.status(action ? ACTIONS[action] || "正在输入" : null);
    if (action) this.actionTimer = setTimeout(() => this.status(null), ACTION_MS);
  }
}

function contextMenu(items, x, y) {
  document.querySelector("dialog.menu")?.close(); // a long touch may arrive twice, as a hold and as a right click
  const box = el("dialog.menu", { "aria-label": "消息操作", "data-testid": "message-menu" });
  for (const [name, label, act] of items) {
    const choose = () => {
      box.close();
      act();
    };
    box.append(el("button.menu-item", { onclick: choose }, icon(name), label));
  }
  box.addEventListener("pointerdown", (event) => event.target === box && box.close()); // the lifted finger must not close it
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
}

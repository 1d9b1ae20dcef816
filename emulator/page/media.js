/** Pictures, albums, files and contacts inside a message, and the full-screen picture. */

import * as api from "./api.js";
import { avatar, el, icon, iconButton } from "./element.js";

const PICTURE_MAX = 320; // px: as wide as a bubble of text, so that a chart leaves no margin beside it
const PICTURE_TALLEST = 420; // px, as in chat.css

/** "1.4 MB" for a number of bytes. */
export function sizeLabel(bytes) {
  if (bytes === undefined || bytes === null) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A picture fills the screen until it is clicked or Escape is pressed. */
export function enlarge(url, caption) {
  const box = el("dialog.viewer", { "aria-label": "查看图片", "data-testid": "viewer" });
  const save = el("a.icon-button", { href: url, download: "picture", "aria-label": "下载图片" }, icon("download"));
  const bar = el("div.viewer-bar", {}, save, iconButton("close", "关闭", () => box.close()));
  box.append(bar, el("img", { src: url, alt: caption || "图片" }), ...(caption ? [el("p", {}, caption)] : []));
  box.addEventListener("click", (event) => event.target.closest(".viewer-bar") || box.close());
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

/** The picture of a message, with room kept for it while it loads; `tile` pictures fill a square of an album. */
export function picture(message, tile = false) {
  const largest = message.photo.reduce((best, size) => (size.width > best.width ? size : best));
  const url = api.fileUrl(largest.file_id);
  const scale = Math.min(1, PICTURE_MAX / largest.width, PICTURE_TALLEST / largest.height);
  const room = { width: `${Math.max(140, largest.width * scale)}px`, aspectRatio: `${largest.width} / ${largest.height}` };
  const image = el("img", { src: url, alt: message.caption || "图片", draggable: "false", style: tile ? {} : room });
  const open = () => enlarge(url, message.caption);
  return el("button.picture", { "aria-label": "查看大图", "data-testid": "picture", onclick: open }, image);
}

/** The pictures of an album in a grid. */
export function album(messages) {
  const tiles = messages.map((message) => picture(message, true));
  return el(`div.album.album-${Math.min(messages.length, 4)}`, { "data-testid": "album" }, tiles);
}

/** A file with its name, size and a way to keep it. */
export function document_(message) {
  const file = message.document;
  const name = file.file_name || "文件";
  const extension = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  const words = [el("span.file-name", {}, name), el("span.file-size", {}, `${sizeLabel(file.file_size)} · 下载`)];
  return el("a.file", {
    href: api.fileUrl(file.file_id), download: name, "data-testid": "file", "aria-label": `下载 ${name}`,
  }, el("span.file-kind", {}, extension ? extension.toUpperCase() : icon("file")), el("span.file-text", {}, words));
}

/** A shared phone contact. */
export function contact(message) {
  const { first_name: first, last_name: last, phone_number: phone, user_id: user } = message.contact;
  const name = last ? (/[\u4e00-\u9fff]/.test(last + first) ? `${last}${first}` : `${first} ${last}`) : first;
  return el("div.contact", { "data-testid": "contact" }, avatar(user || phone.slice(-2), name),
    el("span.file-text", {}, el("span.file-name", {}, name), el("span.file-size", {}, phone)));
}

const OTHER_KINDS = {
  sticker: "贴纸", voice: "语音消息", video: "视频",
  animation: "动图", audio: "音频", video_note: "视频消息", location: "位置", venue: "地点", poll: "投票", dice: "骰子",
};

/** What a message is besides text, in a word, or null. */
export function kind(message) {
  if (message.photo) return "图片";
  if (message.document) return message.document.file_name || "文件";
  if (message.contact) return "联系人";
  const other = Object.keys(OTHER_KINDS).find((name) => message[name]);
  return other ? OTHER_KINDS[other] : null;
}

/** The nodes for what a message carries besides text. */
export function attachments(messages) {
  const [message] = messages;
  if (messages.length > 1 && messages.every((one) => one.photo)) return [album(messages)];
  return messages.flatMap((one) => {
    if (one.photo) return [picture(one)];
    if (one.document) return [document_(one)];
    if (one.contact) return [contact(one)];
    return kind(message) ? [el("div.other-kind", {}, `［${kind(message)}］`)] : [];
  });
}

/** What a person sends besides text: pictures, files and phone contacts. */

import { el, icon } from "./element.js";
import { sizeLabel } from "./media.js";
import { dialog } from "./notice.js";

const isPicture = (file) => /^image\/(png|jpeg|webp|gif|bmp)$/.test(file.type);

function preview(file, urls) {
  if (!isPicture(file)) {
    const words = [el("span.file-name", {}, file.name), el("span.file-size", {}, sizeLabel(file.size))];
    return el("div.file", {}, el("span.file-kind", {}, icon("file")), el("span.file-text", {}, words));
  }
  const url = URL.createObjectURL(file);
  urls.push(url);
  return el("img.preview", { src: url, alt: file.name });
}

/**
 * Shows the files and asks for a caption.
 * @returns {Promise<{kind: string, caption: string}|null>} null when dismissed; `kind` is "photo" only for pictures.
 */
export async function confirmFiles(files) {
  const urls = [];
  const caption = el("input", {
    type: "text", placeholder: "添加说明…", "aria-label": "说明", maxlength: "1024", autocomplete: "off",
  });
  const asFile = el("input", { type: "checkbox" });
  const pictures = files.every(isPicture);
  const previews = el("div.previews", {}, files.map((file) => preview(file, urls)));
  const choice = el("label.check", {}, asFile, "作为文件发送（不压缩）");
  const what = pictures ? "图片" : "文件";
  const title = files.length > 1 ? `发送 ${files.length} 个${what}` : `发送${what}`;
  const answer = await dialog({
    title, testid: "send-files", content: [previews, ...(pictures ? [choice] : []), caption],
    buttons: [{ label: "取消" }, { label: "发送", value: "send", kind: "primary" }],
  });
  urls.forEach((url) => URL.revokeObjectURL(url));
  if (answer !== "send") return null;
  return { kind: pictures && !asFile.checked ? "photo" : "document", caption: caption.value.trim() || null };
}

function field(label, properties) {
  const input = el("input", { autocomplete: "off", ...properties });
  return { input, row: el("label.field", {}, label, input) };
}

/** Asks for a phone contact to send; null when dismissed. */
export async function askContact() {
  const phone = field("手机号", { type: "tel", name: "phone", required: true, placeholder: "13800138000" });
  const last = field("姓", { name: "last_name", placeholder: "王" });
  const first = field("名", { name: "first_name", required: true, placeholder: "建国" });
  const answer = await dialog({
    title: "发送联系人", testid: "send-contact", content: [phone.row, el("div.two", {}, last.row, first.row)],
    buttons: [{ label: "取消" }, { label: "发送", value: "send", kind: "primary" }],
  });
  if (answer !== "send") return null;
  const [number, given, family] = [phone, first, last].map(({ input }) => input.value.trim());
  return { phone: number, first_name: given, last_name: family || null };
}

/** Asks whether the person's own number may be shared; null when not. */
export async function askOwnPhone(person) {
  const phone = field("我的手机号", { type: "tel", name: "phone", required: true, value: "13900000001" });
  const answer = await dialog({
    title: "把你的手机号发给机器人？", testid: "share-phone", content: [phone.row],
    buttons: [{ label: "不发" }, { label: "发送", value: "send", kind: "primary" }],
  });
  return answer === "send" ? { phone: phone.input.value.trim(), first_name: person.name } : null;
}

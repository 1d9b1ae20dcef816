/** Where one writes: text, replies, edits, commands, attachments and the bot's keyboard. */

import { askContact, confirmFiles } from "./attachment.js";
import { commandRows, exampleChips, matching, spoken } from "./commands.js";
import { el, icon, iconButton } from "./element.js";
import { keys } from "./replykeyboard.js";
import { nameOf, snippet } from "./service.js";

const MAX_FIELD_PX = 180;

/**
 * The composer in `footer`. `on` carries out: send({text, reply_to}), edit(message, text),
 * files(files, {kind, caption, reply_to}), contact(card), key(button), editLast().
 * Each of the first three returns whether it succeeded; what failed stays in the field.
 */
export class Composer {
  constructor(footer, on) {
    Object.assign(this, { footer, on, drafts: new Map(), key: null, commands: [], markup: null, context: null, pick: -1 });
    this.field = el("textarea", {
      rows: "1", placeholder: "输入消息", "aria-label": "输入消息", "data-testid": "composer", enterkeyhint: "send",
    });
    this.banner = el("div.context", { hidden: true, "data-testid": "context" });
    this.options = el("div.command-list", {
      role: "listbox", "aria-label": "命令", hidden: true, "data-testid": "commands",
    });
    this.panel = el("div.keyboard-panel", { hidden: true });
    this.sendButton = iconButton("send", "发送", () => this.submit(), {
      "data-testid": "send", class: "icon-button send",
    });
    this.menuButton = iconButton("slash", "命令菜单", () => this.toggleMenu(), {
      "data-testid": "command-menu", class: "icon-button slash",
    });
    this.keyboardButton = iconButton("keyboard", "快捷键盘", () => this.toggleKeyboard(), { hidden: true });
    this.files = el("input", {
      type: "file", multiple: true, hidden: true, "data-testid": "file-input", "aria-label": "选择文件",
    });
    this.build();
  }

  build() {
    const clip = iconButton("clip", "附件", () => this.toggleAttach(), { "data-testid": "attach" });
    const item = (name, label, onclick) => el("button.attach-item", { role: "menuitem", onclick }, icon(name), label);
    this.attach = el("div.attach-menu", { role: "menu", hidden: true },
      item("image", "图片", () => this.chooseFiles("image/*")), item("file", "文件", () => this.chooseFiles("")),
      item("person", "联系人", () => this.chooseContact()));
    const box = el("div.field-box", {}, this.menuButton, this.field, this.keyboardButton);
    const line = el("div.compose-line", {}, clip, box, this.sendButton);
    this.footer.append(this.options, this.attach, this.banner, line, this.panel, this.files);
    this.files.addEventListener("change", () => this.offerFiles([...this.files.files]));
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.keydown(event));
    this.field.addEventListener("paste", (event) => {
      const pasted = [...event.clipboardData.files];
      if (pasted.length) {
        event.preventDefault();
        this.offerFiles(pasted);
      }
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#composer")) this.closeMenus();
    });
  }

  /** Another chat is being written to; its draft comes back. `place` is {key, isGroup, bot}. */
  open(place) {
    if (this.key) this.drafts.set(this.key, this.field.value);
    this.place = place;
    this.key = place.key;
    this.setContext(null);
    this.setText(this.drafts.get(place.key) || "");
    this.closeMenus();
    this.setKeyboard(null);
  }

  setText(text) {
    this.field.value = text;
    this.typed();
  }

  setCommands(commands) {
    this.commands = commands;
    this.menuButton.hidden = !commands.length;
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, MAX_FIELD_PX)}px`;
    this.sendButton.classList.toggle("ready", Boolean(this.field.value.trim()));
    this.showOptions(matching(this.commands, this.field.value));
  }

  showOptions(commands, withExamples = false) {
    const examples = withExamples && !this.place.isGroup
      ? [el("p.hint", {}, "也可以直接说："), exampleChips((text) => this.sendText(text))] : [];
    this.options.replaceChildren(...commandRows(commands, (command) => this.choose(command)), ...examples);
    this.options.hidden = !commands.length && !examples.length;
    this.pick = -1;
  }

  toggleMenu() {
    const open = this.options.hidden;
    this.closeMenus();
    if (open) this.showOptions(this.commands, true);
  }

  toggleAttach() {
    const open = this.attach.hidden;
    this.closeMenus();
    this.attach.hidden = !open;
  }

  closeMenus() {
    this.options.hidden = true;
    this.attach.hidden = true;
  }

  choose(command) {
    this.closeMenus();
    this.setText("");
    this.sendText(spoken(command, this.place.isGroup, this.place.bot));
  }

  movePick(step) {
    const rows = [...this.options.querySelectorAll(".command")];
    this.pick = (this.pick + step + rows.length) % rows.length;
    rows.forEach((row, position) => row.classList.toggle("picked", position === this.pick));
    rows[this.pick].scrollIntoView({ block: "nearest" });
    return rows[this.pick];
  }

  keydown(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter confirms a pinyin candidate
    const listed = !this.options.hidden && this.options.querySelector(".command");
    if (listed && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.movePick(event.key === "ArrowDown" ? 1 : -1);
    } else if (listed && event.key === "Tab") {
      event.preventDefault();
      this.setText(`${(this.options.querySelector(".picked") || this.movePick(1)).firstChild.textContent} `);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const picked = listed && this.options.querySelector(".picked");
      if (picked) picked.click();
      else this.submit();
    } else if (event.key === "Escape") {
      this.closeMenus();
      this.setContext(null);
    } else if (event.key === "ArrowUp" && !this.field.value && !this.context) {
      this.on.editLast();
    }
  }

  /** Writing answers `message` ("reply") or changes it ("edit"); null for neither. */
  setContext(context) {
    const leaving = this.context;
    this.context = context;
    this.banner.hidden = !context;
    if (leaving?.kind === "edit" && context?.kind !== "edit") this.setText(this.held || "");
    if (!context) return;
    const { kind, message } = context;
    const title = kind === "edit" ? "编辑消息" : `回复 ${nameOf(message.from)}`;
    const words = el("div.context-text", {}, el("b", {}, title), el("span", {}, snippet(message)));
    this.banner.replaceChildren(icon(kind), words,
      iconButton("close", "取消", () => this.setContext(null)));
    if (kind === "edit") {
      if (leaving?.kind !== "edit") this.held = this.field.value;
      this.setText(message.text || message.caption || "");
    }
    this.field.focus();
  }

  async submit() {
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    const { context, key } = this;
    if (context?.kind === "edit") {
      if (await this.on.edit(context.message, text)) this.setContext(null);
      return undefined;
    }
    this.setText("");
    this.closeMenus();
    this.setContext(null);
    if (await this.on.send({ text, reply_to: context?.message.message_id })) return undefined;
    if (this.key !== key) this.drafts.set(key, text);
    else if (!this.field.value) this.setText(text);
    return undefined;
  }

  sendText(text) {
    this.closeMenus();
    return this.on.send({ text });
  }

  chooseFiles(accept) {
    this.closeMenus();
    this.files.accept = accept;
    this.files.value = "";
    this.files.click();
  }

  /** The files are sent after the person has seen them and added a caption. */
  async offerFiles(files) {
    if (!files.length) return;
    const choice = await confirmFiles(files);
    if (!choice) return;
    const replyTo = this.context?.kind === "reply" ? this.context.message.message_id : null;
    this.setContext(null);
    await this.on.files(files, { ...choice, reply_to: replyTo });
  }

  async chooseContact() {
    this.closeMenus();
    const card = await askContact();
    if (card) await this.on.contact(card);
  }

  /** The bot's reply keyboard or demand for a reply is in force. */
  setKeyboard(markup) {
    const known = this.markup?.message.message_id === markup?.message.message_id && this.markup?.used === markup?.used;
    if (known) return;
    this.markup = markup;
    const hasKeys = Boolean(markup?.keyboard);
    this.keyboardButton.hidden = !hasKeys;
    this.field.placeholder = markup?.input_field_placeholder || "输入消息";
    this.panel.replaceChildren(...(hasKeys ? [keys(markup, (button) => this.on.key(button))] : []));
    this.panel.hidden = !hasKeys || Boolean(markup.used);
    if (markup?.force_reply) this.setContext({ kind: "reply", message: markup.message });
  }

  toggleKeyboard() {
    this.panel.hidden = !this.panel.hidden;
  }
}

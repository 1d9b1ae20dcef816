/** The command menu: what the bot offers this person in this chat, as a sheet and while typing. */

import { el } from "./element.js";

/** Messages worth trying first, in a private chat with the bot. */
export const EXAMPLES = [
  { label: "加一位客户", text: "王总 13800138000 上海美达 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访" },
  { label: "今天要做什么", text: "/today" },
  { label: "客户汇总", text: "/summary" },
];

/** The commands whose beginning is typed in `text`; none when it is not the beginning of a command. */
export function matching(commands, text) {
  const typed = /^\/([a-z0-9_]*)$/i.exec(text);
  return typed ? commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : [];
}

/** The text that gives `command` to the bot: groups need its name. */
export function spoken(command, isGroup, bot) {
  return isGroup && bot.username ? `/${command}@${bot.username}` : `/${command}`;
}

/** The rows of a command list. */
export function commandRows(commands, choose) {
  return commands.map(({ command, description }) =>
    el("button.command", { role: "option", "data-testid": "command", onclick: () => choose(command) },
      el("span.command-name", {}, `/${command}`), el("span.command-text", {}, description)));
}

/** The first words between a person and the bot, as chips. */
export function exampleChips(send) {
  const chips = EXAMPLES.map(({ label, text }) =>
    el("button.example", { onclick: () => send(text), title: text }, el("b", {}, label), el("span", {}, text)));
  return el("div.examples", { "data-testid": "examples" }, chips);
}

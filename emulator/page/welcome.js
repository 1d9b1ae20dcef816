/** The words that greet a newcomer: in an empty chat, and beside the phone on a desktop. */

import { exampleChips } from "./commands.js";
import { avatar, el } from "./element.js";

const STEPS = [
  "在左边选一个身份",
  "把客户的情况发给机器人",
  "点消息下面的按钮，卡片就地更新",
  "拨到明早 8 点，看晨报到来",
  "再开一个标签页，同时当另一个人",
];

/** What an empty group shows. */
export function emptyGroup(bot) {
  return el("div.welcome", {}, el("p", {}, "群里还没有消息。"),
    el("p.hint", {}, `在群里要叫机器人，请用 /命令@${bot.username}`));
}

/** What an empty chat with the bot shows; `send(text)` says the first word. */
export function emptyPrivate(bot, send) {
  return el("div.welcome", { "data-testid": "welcome" }, avatar(0, bot.name, "bot"), el("h2", {}, bot.name),
    el("p.hint", {}, "我记得住客户、跟进和生日。"),
    el("button.start", { onclick: () => send("/start") }, "开始"),
    el("p.hint", {}, "或者直接发一句试试"), exampleChips(send));
}

/** The guide beside the phone; `send` is null where nothing can be said to the bot. */
export function drawGuide(section, send) {
  section.replaceChildren(el("h2", {}, "试一试"), el("ol", {}, STEPS.map((step) => el("li", {}, step))),
    ...(send ? [exampleChips(send)] : []));
}

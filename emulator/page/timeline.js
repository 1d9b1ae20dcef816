/** The conversation on the screen: messages in order, under their days, with the place one was reading kept. */

import { dayKey, dayLabel } from "./dates.js";
import { el, icon, reconcile } from "./element.js";
import { bubbleRow } from "./bubble.js";
import { sentence, snippet } from "./service.js";

const NEAR_BOTTOM_PX = 120;
const RUN_SECONDS = 600;

/** The messages of one chat, shown in `log`; `now()` is the business time in milliseconds. */
export class Timeline {
  constructor({ log, toBottom, pinned, actions, now }) {
    Object.assign(this, { log, toBottom, pinned, actions, now });
    this.messages = new Map();
    this.nodes = new Map();
    this.missed = 0;
    this.group = false;
    this.empty = null;
    this.sticky = true;
    toBottom.append(icon("down"), el("span.count", {}, ""));
    toBottom.addEventListener("click", () => this.scrollToEnd(true));
    log.addEventListener("scroll", () => this.noteScroll());
    new ResizeObserver(() => this.sticky && this.scrollToEnd()).observe(log);
    log.addEventListener("load", () => this.sticky && this.scrollToEnd(), true);
  }

  /** Another conversation is shown, from its end. `empty` is the node to show when nothing has been said. */
  open(messages, { group, empty }) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.nodes.clear();
    Object.assign(this, { group, empty, missed: 0 });
    this.log.replaceChildren();
    this.layout();
    this.scrollToEnd();
  }

  /** Messages missed during a break are shown too, and what vanished is gone. */
  refresh(messages) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.keepPlace(() => this.layout());
  }

  /** A new or changed message is shown. */
  put(message) {
    const isNew = !this.messages.has(message.message_id);
    const follow = message.outgoing && isNew;
    this.messages.set(message.message_id, message);
    const unseen = isNew && !follow && !this.atEnd();
    this.keepPlace(() => this.layout(), follow);
    if (unseen) this.missed += 1;
    this.showButton();
  }

  /** A deleted message is gone. */
  drop(messageId) {
    this.messages.delete(messageId);
    this.keepPlace(() => this.layout());
  }

  /** Labels follow the clock. */
  relabel() {
    this.keepPlace(() => this.layout());
  }

  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_BOTTOM_PX;
  }

  keepPlace(change, follow = false) {
    const stay = this.sticky || follow;
    change();
    if (stay) this.scrollToEnd();
    this.showButton();
  }

  scrollToEnd(smooth = false) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.sticky = true;
    this.missed = 0;
    this.showButton();
  }

  /** Only the person's own scrolling leaves the end, not a screen that turned or a picture that loaded. */
  noteScroll() {
    const size = [this.log.clientWidth, this.log.clientHeight, this.log.scrollHeight].join();
    const grown = size !== this.size;
    this.size = size;
    if (grown && this.sticky) return this.scrollToEnd();
    this.sticky = this.atEnd();
    if (this.sticky) this.missed = 0;
    return this.showButton();
  }

  showButton() {
    this.toBottom.hidden = this.sticky || this.atEnd();
    this.toBottom.querySelector(".count").textContent = this.missed ? String(this.missed) : "";
  }

  /** The message is in view and blinks once. */
  jump(messageId) {
    const row = this.log.querySelector(`[data-message-id="${Number(messageId)}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.remove("flash");
    requestAnimationFrame(() => row.classList.add("flash"));
  }

  layout() {
    const items = this.items();
    const kept = new Map();
    const nodes = items.map(({ key, signature, build }) => {
      const known = this.nodes.get(key);
      const entry = known?.signature === signature ? known : { signature, node: build() };
      kept.set(key, entry);
      return entry.node;
    });
    this.nodes = kept;
    reconcile(this.log, items.length || !this.empty ? nodes : [this.empty]);
    this.showPinned();
  }

  items() {
    const ordered = [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
    const parts = collect(ordered);
    const items = [];
    let day = null;
    parts.forEach((part, position) => {
      const [message] = part;
      const today = dayKey(message.date * 1000);
      if (today !== day) items.push(this.dayItem(today, message.date * 1000));
      day = today;
      items.push(this.item(part, parts[position - 1], parts[position + 1]));
    });
    return items;
  }

  dayItem(key, instant) {
    const label = dayLabel(instant, this.now());
    const build = () => el("div.day", { role: "separator", "data-testid": "day" }, el("span", {}, label));
    return { key: `day ${key}`, signature: label, build };
  }

  item(part, before, after) {
    const [message] = part;
    const key = `message ${message.message_id}`;
    const said = sentence(message);
    const about = { "data-testid": "service", "data-message-id": message.message_id };
    if (said) return { key, signature: said, build: () => el("div.service", about, el("span", {}, said)) };
    const run = { first: !sameRun(before, part), last: !sameRun(part, after), group: this.group };
    return { key, signature: JSON.stringify([part, run]), build: () => bubbleRow(part, run, this.actions) };
  }

  showPinned() {
    const last = [...this.messages.values()].filter((message) => message.pinned_message).at(-1);
    const original = last && (this.messages.get(last.pinned_message.message_id) || last.pinned_message);
    this.pinned.hidden = !original;
    if (!original) return;
    const words = el("span.pinned-text", {}, el("b", {}, "置顶消息"), el("span", {}, snippet(original)));
    this.pinned.replaceChildren(icon("pin"), words);
    this.pinned.onclick = () => this.jump(original.message_id);
  }
}

/** Albums together, every other message alone. */
function collect(messages) {
  const parts = [];
  for (const message of messages) {
    const previous = parts.at(-1);
    if (message.media_group_id && previous?.[0].media_group_id === message.media_group_id) previous.push(message);
    else parts.push([message]);
  }
  return parts;
}

function sameRun(before, after) {
  if (!before || !after || sentence(before[0]) || sentence(after[0])) return false;
  const [one, two] = [before.at(-1), after[0]];
  const together = two.date - one.date < RUN_SECONDS && dayKey(one.date * 1000) === dayKey(two.date * 1000);
  return one.from?.id === two.from?.id && together;
}

/** The business clock: shown in the header, moved from a panel. */

import * as api from "./api.js";
import { clockLabel, fieldValue, isoFromField, longDay, timeLabel } from "./dates.js";
import { el, icon } from "./element.js";
import { failure, toast } from "./notice.js";

const REDRAW_MS = 1_000;
const MOVES = [
  { label: "+1 小时", move: { advance_seconds: 3_600 } },
  { label: "明早 8 点", move: { to: "tomorrow_morning" } },
  { label: "明天此时", move: { advance_seconds: 86_400 } },
  { label: "+7 天", move: { advance_seconds: 604_800 } },
];

/** The emulator's time, as this page knows it; `onMove()` is called when it jumps. */
export class Clock {
  constructor(panel, onMove) {
    Object.assign(this, { panel, onMove, base: Date.now(), since: performance.now(), frozen: false, pills: new Set() });
    this.day = el("div.clock-day", { "data-testid": "clock-day" });
    this.face = el("div.clock-face", { "data-testid": "clock-face" });
    this.field = el("input", { type: "datetime-local", "aria-label": "日期和时间", required: true });
    this.field.addEventListener("input", () => this.touched = true);
    this.build();
    setInterval(() => this.draw(), REDRAW_MS);
  }

  /** The business time in milliseconds. */
  now = () => this.base + (this.frozen ? 0 : performance.now() - this.since);

  build() {
    const buttons = MOVES.map(({ label, move }) =>
      el("button.chip", { onclick: (event) => this.move(move, event.currentTarget) }, label));
    const form = el("form.clock-form", {}, this.field, el("button.chip.primary", { type: "submit" }, "拨到这个时间"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.touched = false;
      this.move({ now: isoFromField(this.field.value) }, form.querySelector("button"));
    });
    this.panel.append(el("h2", {}, icon("clock"), "业务时钟"), this.face, this.day,
      el("p.hint", {}, "把时间往前拨，晨报、生日和到期提醒就会按时到来。"), el("div.clock-moves", {}, buttons), form);
  }

  /** A button that shows the time and opens the panel. */
  pill(open) {
    const face = el("span", {}, el("span.pill-day", {}), el("span.pill-time", {}));
    const node = el("button.clock-pill", {
      "aria-label": "业务时钟", title: "业务时钟，点开可以拨动", "data-testid": "clock", onclick: open,
    }, icon("clock"), face);
    this.pills.add(node);
    this.draw();
    return node;
  }

  async load() {
    this.set(await api.clock());
  }

  /** The clock stands as the emulator says. */
  set({ now, version, frozen }) {
    this.base = Date.parse(now);
    this.since = performance.now();
    this.frozen = Boolean(frozen);
    const moved = version !== this.version;
    this.version = version;
    this.draw();
    if (moved) this.onMove();
  }

  async move(move, button) {
    button.disabled = true;
    try {
      this.set(await api.moveClock(move));
      toast(`现在是 ${clockLabel(this.now())}`);
    } catch (error) {
      failure(error);
    } finally {
      button.disabled = false;
    }
  }

  draw() {
    const now = this.now();
    const label = clockLabel(now);
    if (label === this.shown && this.pills.size === this.drawnPills) return;
    const dayChanged = this.shown && this.shown.split(" ")[0] !== label.split(" ")[0];
    this.shown = label;
    this.face.textContent = timeLabel(now);
    this.day.textContent = longDay(now);
    for (const pill of this.pills) {
      pill.querySelector(".pill-day").textContent = label.slice(0, -6);
      pill.querySelector(".pill-time").textContent = timeLabel(now);
    }
    this.drawnPills = this.pills.size;
    if (!this.touched && document.activeElement !== this.field) this.field.value = fieldValue(now);
    if (dayChanged) this.onMove();
  }
}

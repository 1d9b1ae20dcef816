/** Dates and times as a person in China writes them, in the business zone, whatever zone the browser is in. */

const ZONE = "Asia/Shanghai";
const OFFSET = "+08:00"; // that zone has had no summer time since 1991
const DAY_MS = 86_400_000;

const FORMAT = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE, hourCycle: "h23", weekday: "short",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** The calendar fields (strings, zero-padded) of an instant in milliseconds. */
function fields(instant) {
  return Object.fromEntries(FORMAT.formatToParts(instant).map((part) => [part.type, part.value]));
}

/** "2026-11-28" for an instant in milliseconds. */
export function dayKey(instant) {
  const { year, month, day } = fields(instant);
  return `${year}-${month}-${day}`;
}

/** "08:05" for an instant in milliseconds. */
export function timeLabel(instant) {
  const { hour, minute } = fields(instant);
  return `${hour}:${minute}`;
}

/** 今天, 昨天, 明天 or the date, seen from `now`; both in milliseconds. */
export function dayLabel(instant, now) {
  const distance = Math.round((Date.parse(dayKey(instant)) - Date.parse(dayKey(now))) / DAY_MS);
  const near = { 0: "今天", "-1": "昨天", 1: "明天" }[distance];
  if (near) return near;
  const { year, month, day, weekday } = fields(instant);
  const date = `${Number(month)}月${Number(day)}日`;
  return year === fields(now).year ? `${date} ${weekday}` : `${year}年${date}`;
}

/** The short date of a chat list: the time today, else 昨天 or the date. */
export function listLabel(instant, now) {
  const label = dayLabel(instant, now);
  return label === "今天" ? timeLabel(instant) : label.split(" ")[0];
}

/** "11月28日 周六 08:05", the face of the clock. */
export function clockLabel(instant) {
  const { month, day, weekday } = fields(instant);
  return `${Number(month)}月${Number(day)}日 ${weekday} ${timeLabel(instant)}`;
}

/** "2026年11月28日 周六". */
export function longDay(instant) {
  const { year, month, day, weekday } = fields(instant);
  return `${year}年${Number(month)}月${Number(day)}日 ${weekday}`;
}

/** The value of a date-and-time field for an instant in milliseconds. */
export function fieldValue(instant) {
  return `${dayKey(instant)}T${timeLabel(instant)}`;
}

/** The instant, as ISO text with offset, that a date-and-time field means in the business zone. */
export function isoFromField(value) {
  return `${value.slice(0, 16)}:00${OFFSET}`;
}

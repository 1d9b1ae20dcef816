/** A message's text with its entities as DOM nodes. Offsets are UTF-16 units, which is how JavaScript counts. */

import { el } from "./element.js";

const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/** The address if a click on it is harmless, else null. */
export function safeUrl(url) {
  try {
    const address = new URL(/^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`);
    return SAFE_SCHEMES.has(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** The bot's name (lower case) and the /start payload a link carries, each null when it carries none. */
export function deepLink(address) {
  const query = address.searchParams;
  const telegram = /^(t\.me|telegram\.me)$/.test(address.host) ? address.pathname.slice(1) : null;
  const username = address.protocol === "tg:" ? query.get("domain") : telegram;
  return { username: username?.toLowerCase() ?? null, payload: query.get("start") };
}

function link(url, children, actions) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, children);
  const follow = (event) => {
    event.preventDefault();
    actions.openLink(href);
  };
  return el("a.link", { href, target: "_blank", rel: "noopener noreferrer", onclick: follow }, children);
}

function command(text, children, actions) {
  return el("button.inline-link", { onclick: () => actions.command(text) }, children);
}

function listing(language, children) {
  return el("pre", {}, language ? el("span.language", {}, language) : null, el("code", {}, children));
}

function spoiler(children) {
  const hidden = { role: "button", tabindex: "0", "aria-label": "隐藏的内容，点击显示" };
  const node = el("span.spoiler", hidden, el("span", {}, children));
  const open = (event) => {
    if (node.classList.contains("open") || (event.key && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.add("open");
    ["role", "tabindex", "aria-label"].forEach((name) => node.removeAttribute(name));
  };
  node.addEventListener("click", open, true); // a link inside must not be followed unseen
  node.addEventListener("keydown", open);
  return node;
}

function wrap(entity, text, children, actions) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return el(tag, {}, children);
  switch (entity.type) {
    case "pre": return listing(entity.language, children);
    case "blockquote":
    case "expandable_blockquote": return el("blockquote", {}, children);
    case "spoiler": return spoiler(children);
    case "text_link": return link(entity.url, children, actions);
    case "url": return link(text, children, actions);
    case "email": return link(`mailto:${text}`, children, actions);
    case "phone_number": return link(`tel:${text.replace(/[^+\d]/g, "")}`, children, actions);
    case "bot_command": return command(text, children, actions);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag": return el("span.mention", {}, children);
    default: return el("span", {}, children);
  }
}

function span(text, from, to, entities, actions) {
  const nodes = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < end);
    rest = others.filter((other) => other.offset >= end);
    if (end <= begin) continue;
    if (begin > at) nodes.push(text.slice(at, begin));
    nodes.push(wrap(entity, text.slice(begin, end), span(text, begin, end, inside, actions), actions));
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end; // a block ends its line by itself
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

/** The nodes that show `text`; `actions` has `openLink(url)` and `command(text)`. */
export function richText(text, entities, actions) {
  const ordered = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, ordered, actions);
}

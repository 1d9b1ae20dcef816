/** The only place that makes DOM nodes: text always enters as text, so that nothing in a message can become markup. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-5 16-4-6-7-2z",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4",
  slash: "M9 20L15 4",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7",
  edit: "M4 20l1-5L16 4l4 4L9 19z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "M6 9l6 6 6-6",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5l3.5 2",
  more: "M12 5h.01M12 12h.01M12 19h.01",
  download: "M12 4v11M7 10l5 5 5-5M5 20h14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
  person: "M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v6",
  plus: "M12 5v14M5 12h14",
  link: "M8 16l8-8M9 8h7v7",
  check: "M5 13l4 4 10-10",
};

/**
 * A DOM element with the class names, properties and children given.
 * `spec` is "tag.class.class"; `on…` properties are listeners, `style` an object, the others attributes.
 * Properties and children that are null or false are left out.
 */
export function el(spec, properties = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  if (tag === "button" && !properties.type) node.type = "button";
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line icon that takes the colour of its surroundings. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and is named for screen readers by `label`. */
export function iconButton(name, label, onclick, properties = {}) {
  return el("button.icon-button", { "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

const HUES = [[210, 200], [150, 168], [28, 40], [265, 280], [345, 356], [188, 198], [320, 335]];

/** A round picture for a person or chat: the first character of the name on a colour that belongs to the number. */
export function avatar(number, name, kind = "person") {
  const [from, to] = HUES[Math.abs(Number(number)) % HUES.length];
  const initial = kind === "bot" ? "助" : [...(name || "?").trim()][0] || "?";
  const background = kind === "bot" ? null : `linear-gradient(180deg, hsl(${from} 62% 56%), hsl(${to} 64% 42%))`;
  return el(`span.avatar.avatar-${kind}`, { "aria-hidden": "true", style: background ? { background } : {} }, initial);
}

/** `children` are the only children; those already there stay in place, so that focus and scroll survive. */
export function reconcile(parent, children) {
  children.forEach((child, position) => {
    const present = parent.childNodes[position];
    if (present !== child) parent.insertBefore(child, present ?? null);
  });
  while (parent.childNodes.length > children.length) parent.lastChild.remove();
}

/** The requests of the phone page, each a call to the emulator it was served by. */

/** The emulator refused; `message` is what it said. */
export class Refused extends Error {}

/** The fields that have a value. */
export function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || body.description || `服务器回答 ${response.status}`);
  return body;
}

async function get(path, query = {}) {
  return answer(await fetch(`${path}?${new URLSearchParams(given(query))}`));
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(given(body)) }));
}

export const people = () => get("/phone/people");
export const addPerson = (person) => post("/phone/people", person);
export const chats = (user) => get("/phone/chats", { user });
export const bot = () => get("/phone/bot");
export const commands = (user, chat) => get("/phone/commands", { user, chat });
export const messages = (user, chat, thread, after) => get("/phone/messages", { user, chat, thread, after });
export const send = (message) => post("/phone/send", message);
export const edit = (change) => post("/phone/edit", change);
export const press = (touch) => post("/phone/press", touch);
export const forward = (message) => post("/phone/forward", message);
export const contact = (card) => post("/phone/contact", card);
export const start = (user, payload) => post("/phone/start", { user, payload });
export const clock = () => get("/phone/clock");
export const moveClock = (move) => post("/phone/clock", move);

/** The address of a stored file. */
export const fileUrl = (fileId) => `/phone/file?${new URLSearchParams({ file_id: fileId })}`;

/** A photo or file has been sent; `fields` are the form's texts beside `file`. */
export async function upload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(given(fields))) form.append(name, value);
  form.append("file", file, file.name);
  return answer(await fetch("/phone/upload", { method: "POST", body: form }));
}

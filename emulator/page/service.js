/** The sentences of service messages: who joined, what was pinned, where a group went. */

import { kind } from "./media.js";

/** The full name of a Bot API user or chat. */
export function nameOf(sender) {
  if (!sender) return "";
  return sender.title || [sender.first_name, sender.last_name].filter(Boolean).join(" ") || sender.username || "";
}

/** The first line of what a message says, for quotes and lists. */
export function snippet(message) {
  const said = message.text || message.caption;
  const carried = kind(message);
  if (said) return `${carried && !message.text ? `［${carried}］` : ""}${said.replace(/\s+/g, " ").slice(0, 120)}`;
  return carried ? `［${carried}］` : sentence(message) || "消息";
}

const SENTENCES = {
  new_chat_members: (message, who) => {
    const joined = message.new_chat_members.map(nameOf).join("、");
    return joined === who ? `${who} 加入了群组` : `${who} 邀请 ${joined} 加入了群组`;
  },
  left_chat_member: (message, who) => {
    const left = nameOf(message.left_chat_member);
    return left === who ? `${who} 离开了群组` : `${who} 把 ${left} 移出了群组`;
  },
  group_chat_created: (message, who) => `${who} 创建了群组「${nameOf(message.chat)}」`,
  supergroup_chat_created: () => "超级群组已创建",
  migrate_to_chat_id: () => "群组已升级为超级群组",
  migrate_from_chat_id: () => "这里接着原来的群组：已升级为超级群组",
  new_chat_title: (message, who) => `${who} 把群名改为「${message.new_chat_title}」`,
  pinned_message: (message, who) => `${who} 置顶了「${snippet(message.pinned_message).slice(0, 30)}」`,
  forum_topic_created: (message) => `话题「${message.forum_topic_created.name}」已创建`,
  forum_topic_edited: () => "话题已修改",
  forum_topic_closed: () => "话题已关闭",
  forum_topic_reopened: () => "话题已重新打开",
};

/** The sentence of a service message; null for an ordinary message. */
export function sentence(message) {
  const found = Object.keys(SENTENCES).find((name) => message[name] !== undefined);
  return found ? SENTENCES[found](message, nameOf(message.from)) : null;
}

"""The user side over HTTP: what the web page and other processes use to be a person with a phone.

All bodies and answers are JSON (upload is multipart), without authentication, on 127.0.0.1 only. `user` is a person's id, `chat` a chat id
as that person sees it: the private chat with the bot has the person's own id, groups have negative ids. A refusal answers 400
`{"error": "…"}`.

    GET  /phone/people                        [{user_id, name, username, description}]
    POST /phone/people                        {name, description?, user_id?} -> the person
    GET  /phone/chats?user=                   [{chat_id, type, title, is_forum, topics: [{thread_id, name}], last_text, last_date, unread}]
                                              private chat with the bot first, then groups; fetching messages makes them read
    GET  /phone/messages?user=&chat=&thread=&after=
                                              [message] oldest first, the last 200; thread: absent = all, 0 = the general topic;
                                              after = a message_id, only later ones
    POST /phone/send                          {user, chat, text, reply_to?, thread?} -> message
    POST /phone/edit                          {user, chat, message_id, text} -> message
    POST /phone/press                         {user, chat, message_id, data} -> {text?, show_alert?}; waits up to 10 s for the bot's answer
    POST /phone/contact                       {user, chat, phone, first_name, last_name?, vcard?} -> message
    POST /phone/upload                        multipart: user, chat, kind = photo | document, caption?, reply_to?, thread?, file -> message
    POST /phone/start                         {user, payload?} -> message ("/start payload" in the private chat)
    POST /phone/forward                       {user, chat, message_id, from_chat?} -> message
    POST /phone/block, /phone/unblock         {user} -> {}
    GET  /phone/file?file_id=                 the bytes, with their Content-Type
    GET  /phone/commands?user=&chat=          [{command, description}]: the menu as the scopes resolve for this person in this chat
    GET  /phone/clock                         {now: ISO 8601 with offset, version, frozen}
    POST /phone/clock                         {now: ISO} or {advance_seconds: n} or {to: "tomorrow_morning"} (08:00 next day, Asia/Shanghai)
    GET  /phone/bot                           {user_id, username, name}: the bot these chats are with
    WS   /phone/events?user=                  one JSON object per event, see below

A message is a Bot API Message object (from, chat, date, text, entities, caption, photo, document, contact, reply_markup with
inline_keyboard, reply_to_message, edit_date, message_thread_id, pinned_message, new_chat_members, migrate_to_chat_id, …) with two additions:
`outgoing`: true when this user sent it, and `reply_keyboard`: the ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply object sent
with it, if any (Telegram echoes only inline keyboards). Offsets and lengths of entities count UTF-16 units, which are JavaScript's.

Events:
    {"type": "message", "chat_id", "message"}         a new message, the user's own included
    {"type": "edited", "chat_id", "message"}          the whole message after the edit
    {"type": "deleted", "chat_id", "message_id"}
    {"type": "callback_answer", "chat_id", "message_id", "text", "show_alert"}
    {"type": "chat_action", "chat_id", "action"}      "typing", "upload_document", …
    {"type": "commands"}                              the command menu changed: fetch it again
    {"type": "clock", "now", "version", "frozen"}
    {"type": "chats"}                                 the list of chats changed: fetch it again
"""

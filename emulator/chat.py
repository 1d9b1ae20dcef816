"""A chat: who is in it, what was said, and whether it still exists under its id."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from emulator.message import Json, Message
from emulator.moments import Moment


class Standing(StrEnum):
    """What somebody is in a chat, in the Bot API's words."""

    OWNER = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = (Standing.OWNER, Standing.ADMINISTRATOR, Standing.MEMBER)
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


@dataclass(eq=False)
class Chat:
    """A private chat, group or supergroup; `face` is its Chat object."""

    chat_id: int
    face: Json
    members: dict[int, Standing] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    from_bots: list[Message] = field(default_factory=list)
    changed: Moment = field(default_factory=Moment)
    pinned: Message | None = None
    migrated_to: int | None = None
    started: bool = False
    last_message_id: int = 0
    read_up_to: dict[int, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.face["type"])

    @property
    def private(self) -> bool:
        return self.kind == "private"

    @property
    def title(self) -> str:
        return str(self.face.get("title") or self.face.get("first_name"))

    @property
    def is_forum(self) -> bool:
        return bool(self.face.get("is_forum"))

    def has(self, user_id: int) -> bool:
        """Whether this person or bot is in the chat now."""
        return self.members.get(user_id) in PRESENT

    def standing(self, user_id: int) -> Standing:
        return self.members.get(user_id, Standing.LEFT)

    def present(self) -> list[int]:
        """The ids of everyone in the chat, the owner first."""
        return [user_id for user_id, standing in self.members.items() if standing in PRESENT]

    def last_messages(self, count: int, after: int = 0, thread: int | None = None) -> list[Message]:
        """The last `count` messages, oldest first; thread 0 is the general topic, None means all."""
        chosen: Iterable[Message] = (m for m in reversed(self.messages.values()) if m.message_id > after)
        if thread is not None:
            chosen = (m for m in chosen if m.get("message_thread_id", 0) == thread)
        last = [message for message, _ in zip(chosen, range(count), strict=False)]
        return last[::-1]


def member_json(user: Json, standing: Standing) -> dict[str, Any]:
    """The ChatMember object of `user` with this standing."""
    member: dict[str, Any] = {"status": standing.value, "user": user}
    if standing is Standing.OWNER:
        member["is_anonymous"] = False
    elif standing is Standing.ADMINISTRATOR:
        member |= dict.fromkeys(_RIGHTS, True) | {"is_anonymous": False, "can_be_edited": False}
    elif standing is Standing.KICKED:
        member["until_date"] = 0
    return member

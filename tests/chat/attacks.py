"""Texts that try to be more than text, and what a phone must show of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulator import html
from emulator.message import Message

MARKER = "㊙"
AUTOMATIC = (
    "url",
    "email",
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "phone_number",
)  # Telegram finds them itself
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Attack:
    """What is typed: the marker, wherever it is shown, has `left` before it and lies in no mark of the text's own."""

    left: str
    right: str

    @property
    def text(self) -> str:
        return f"{self.left}{MARKER}{self.right}"

    def faults(self, message: Message) -> list[str]:
        """What is wrong with a message that shows it."""
        shown = UNSEEN.sub("", self.left)
        found = [f"unseen sign in {message.text!r}"] if UNSEEN.search(message.text) else []
        labels = [label for row in message.buttons for label in row]
        for words in (message.text, *labels):
            ends = [match.start() for match in re.finditer(MARKER, words)]
            found += [f"damaged: {words!r}" for end in ends if not _stands(words[:end], shown)]
        found += [f"unseen sign on a button: {label!r}" for label in labels if UNSEEN.search(label)]
        return found + self._marks(message)

    def _marks(self, message: Message) -> list[str]:
        """Every mark that touches the text holds the whole of it, and none is a link."""
        found = []
        left, right = UNSEEN.sub("", self.left), UNSEEN.sub("", self.right)
        for match in re.finditer(MARKER, message.text):
            is_whole = message.text[: match.start()].endswith(left) and message.text[match.end() :].startswith(right)
            end = html.utf16(message.text[: match.end()])
            begin, end = (end - 1 - html.utf16(left), end + html.utf16(right)) if is_whole else (end - 1, end)
            for entity in (*message.get("entities", ()), *message.get("caption_entities", ())):
                first, last = entity["offset"], entity["offset"] + entity["length"]
                touches = entity["type"] not in AUTOMATIC and first < end and last > begin
                if touches and (entity["type"] == "text_link" or first > begin or last < end):
                    found.append(f"{entity} in {message.text!r}")
        return found


def _stands(before: str, left: str) -> bool:
    """It ends with what was typed; what was read as an order may have lost a sum, a mark or a name, but no tag."""
    return before.endswith(left) or all(before.count(sign) >= left.count(sign) for sign in "<>&")


ATTACKS = {
    "tags": Attack('<b><a href="tg://user?id=1">&lt;i&gt;&#60;<i', "></a></b>"),
    "marks": Attack("*_~`||[{称呼}{0.__class__}%s%(x)s$\\frac{", "}^$](http://evil.example)"),
    "signs": Attack("a\u202e\u2066b\u200b\u2060\ufeffc\x00\x07\x1b[31m👩🏽\u200d🚀🇨", "🏽\u20e3\u2069\u200d\x7f"),
    "orders": Attack("[撤销]../../../etc/passwd'; DROP TABLE note; --\\\"", "-+=@1"),
    "long": Attack("长" * 5_000, ""),
}
# One that has a bit of most, for the quick form.
MIXED = Attack('=1+<b>&amp;<a href="x">*_[{0}\u202e\x07$\\frac{', "}$](http://evil.example)</a>")

"""parse_mode HTML: text and entities, refused in Telegram's words.

Source: the rules of the Bot API's "HTML style" section and the behaviour of the server's own parser (offsets in
errors count UTF-8 bytes, offsets of entities UTF-16 units; an unknown entity like `&nbsp;` stays as it is typed).
"""

import re
from dataclasses import dataclass
from typing import Any

ENTITY_OF_TAG = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_BLANKS = " \\t\\r\\n\\0\\x0b"
_MARK = re.compile("[<&]")
_BLANK = re.compile(f"[{_BLANKS}]*")
_TAG_NAME = re.compile(f"[^{_BLANKS}>]*")
_NAME = re.compile(f"[^{_BLANKS}=]*")
_QUOTE_NAME = re.compile(f"[^{_BLANKS}=>]*")
_BARE_VALUE = re.compile("[A-Za-z0-9.-]*")
_BARE_VALUE_END = re.compile(f"[{_BLANKS}>]|$")
_REFERENCE = re.compile("&(?:#x([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_CUSTOM_EMOJI = re.compile(r"-?[1-9]\d*")
_LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class HtmlError(ValueError):
    """The text is no HTML that Telegram accepts; the words are Telegram's."""


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    pieces: int


def utf16(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities, sorted as Telegram sorts them.

    Raises: HtmlError in Telegram's words.

    >>> parse("<b>A &amp; B</b>")
    ('A & B', [{'type': 'bold', 'offset': 0, 'length': 5}])
    """
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    """Goes through the source once, from mark to mark."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while mark := _MARK.search(self.source, self.at):
            self._take(self.source[self.at : mark.start()])
            self.at = mark.start()
            if mark[0] == "&":
                self._reference()
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        self._take(self.source[self.at :])
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), self.entities

    def _take(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.length += utf16(piece)

    def _peek(self, ahead: int = 0) -> str:
        return self.source[self.at + ahead : self.at + ahead + 1]

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> None:
        letter, end = _dereference(self.source, self.at)
        self._take(letter)
        self.at = end

    def _start_tag(self) -> None:
        offset = self._bytes(self.at)
        self.at += 1
        tag = self._match(_TAG_NAME).lower()
        if not self._peek():
            raise HtmlError(f"Unclosed start tag at byte offset {offset}")
        if tag not in ENTITY_OF_TAG:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {offset}')
        attributes: dict[str, str] = {}
        while self._peek() != ">":
            self._match(_BLANK)
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, offset)
            attributes[name] = value
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self.at += 1
        self.open.append(_Open(tag, attributes, self.length, len(self.pieces)))

    def _attribute(self, tag: str, offset: int) -> tuple[str, str]:
        name = self._match(_QUOTE_NAME if tag == "blockquote" else _NAME).lower()
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
        self._match(_BLANK)
        if tag == "blockquote" and name == "expandable" and self._peek() != "=":
            return name, ""
        if self._peek() != "=":
            words = f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}'
            raise HtmlError(words)
        self.at += 1
        self._match(_BLANK)
        if not self._peek():
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {offset}')
        value = self._quoted_value() if self._peek() in "'\"" else self._bare_value()
        if not self._peek():
            raise HtmlError(f"Unclosed start tag at byte offset {offset}")
        return name, value

    def _quoted_value(self) -> str:
        end = self.source.find(self._peek(), self.at + 1)
        if end < 0:
            self.at = len(self.source)
            return ""
        value, self.at = self.source[self.at + 1 : end], end + 1
        return _dereferenced(value)

    def _bare_value(self) -> str:
        start = self.at
        value = self._match(_BARE_VALUE).lower()
        if not _BARE_VALUE_END.match(self.source, self.at):
            raise HtmlError(f"Unexpected end of name token at byte offset {self._bytes(start)}")
        return value

    def _end_tag(self) -> None:
        offset = self._bytes(self.at)
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {offset}")
        self.at += 2
        tag = self._match(_TAG_NAME).lower()
        self._match(_BLANK)
        if self._peek() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {offset}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise HtmlError(f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.length > opened.offset:
            self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": ENTITY_OF_TAG[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        attributes = opened.attributes
        if opened.tag == "a":
            entity["url"] = attributes.get("href") or "".join(self.pieces[opened.pieces :])
        elif opened.tag == "tg-emoji":
            if not _CUSTOM_EMOJI.fullmatch(attributes.get("emoji-id", "")):
                raise HtmlError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = attributes["emoji-id"]
        elif opened.tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code":
            self._code_language(opened, entity)
        elif opened.tag == "pre" and self._is_block_already(entity):
            return
        self.entities.append(entity)

    def _code_language(self, opened: _Open, entity: dict[str, Any]) -> None:
        """The language of `<pre><code class="language-x">` is one of the block; without a block it is dropped."""
        outer = self.open[-1] if self.open else None
        name = opened.attributes.get("class", "")
        if name.startswith("language-") and outer is not None and outer.tag == "pre" and outer.offset == opened.offset:
            entity["type"] = "pre"
            entity["language"] = name.removeprefix("language-")

    def _is_block_already(self, entity: dict[str, Any]) -> bool:
        last = self.entities[-1] if self.entities else {}
        return all(last.get(key) == entity[key] for key in ("type", "offset", "length"))


def _dereference(source: str, at: int) -> tuple[str, int]:
    """The character that the reference at `at` means and where it ends; a bare '&' means itself."""
    found = _REFERENCE.match(source, at)
    if found is None:
        return "&", at + 1
    if found[3]:
        return _LETTERS[found[3]], found.end()
    code = int(found[1], 16) if found[1] else int(found[2])
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else ("&", at + 1)


def _dereferenced(value: str) -> str:
    pieces, at = [], 0
    while (mark := value.find("&", at)) >= 0:
        pieces.append(value[at:mark])
        letter, at = _dereference(value, mark)
        pieces.append(letter)
    pieces.append(value[at:])
    return "".join(pieces)

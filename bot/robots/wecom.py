"""Group robots of WeCom (企业微信): no signature, markdown of 4,096 bytes. Source: push_formats.py, WeCom's manual."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.robots import markup
from bot.robots.markup import Line
from crm.robot_posts import Verdict

TEXT_BYTES, MARKDOWN_BYTES, IMAGE_BYTES = 2048, 4096, 2 << 20
LIMIT = MARKDOWN_BYTES
ADDRESS = (93000, 93008)
TOO_FAST = (45009, 45033)
BUSY = (-1,)
CONTENT = (40008, 40009, 40033, 40035, 40058, 44004, 45002, 301019)


class PictureTooLarge(ValueError):
    """WeCom takes pictures of 2 MB."""


def size(lines: Sequence[Line]) -> int:
    """The bytes that WeCom counts."""
    return len(_content(lines).encode())


def body(lines: Sequence[Line]) -> dict[str, Any]:
    """The post."""
    return {"msgtype": "markdown", "markdown": {"content": _content(lines)}}


def picture(content: bytes) -> dict[str, Any]:
    """The post of a picture.

    Raises: PictureTooLarge
    """
    if len(content) > IMAGE_BYTES:
        raise PictureTooLarge(len(content))
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return {"msgtype": "image", "image": {"base64": base64.b64encode(content).decode(), "md5": digest}}


def verdict(code: int, words: str) -> Verdict:
    """What an answer with this code means."""
    if code == 0:
        return Verdict("sent")
    if code in ADDRESS:
        return Verdict("dead", "address", words)
    if code in TOO_FAST:
        return Verdict("wait", "rate", words, timedelta(minutes=1))
    if code in BUSY:
        return Verdict("wait", "busy", words, timedelta(seconds=30))
    return Verdict("refused", "content" if code in CONTENT else "unknown", words)


def _content(lines: Sequence[Line]) -> str:
    return "\n".join(markup.markdown(line) for line in lines)

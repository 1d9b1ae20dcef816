"""Group robots of Feishu (飞书): signed in the body, 20 KB. Source: push_formats.py and Feishu's manual."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from bot.robots import markup
from bot.robots.markup import Line
from crm.robot_posts import Fault, Verdict

LIMIT = 20 * 1024 - 128  # the signature is added when it is sent
DEAD: dict[int, Fault] = {19001: "address", 19007: "off", 19021: "signature", 19022: "ip", 19024: "keyword"}
TOO_FAST = (11232, 230020)
BUSY = (2200,)
CONTENT = (9499, 11246, 19002)


def size(lines: Sequence[Line]) -> int:
    """The bytes that Feishu counts."""
    return len(orjson.dumps(body(lines)))


def body(lines: Sequence[Line]) -> dict[str, Any]:
    """The post: a title and paragraphs, in which no text is read as a mark."""
    title = markup.title(lines)
    rest = list(lines[1:]) if lines and markup.plain(lines[0]).strip() == title else list(lines)
    content = [[{"tag": "text", "text": markup.plain(line)}] for line in rest]
    return {"msg_type": "post", "content": {"post": {"zh_cn": {"title": title, "content": content}}}}


def signed(post: dict[str, Any], secret: str, now: datetime) -> dict[str, Any]:
    """The post with the time in seconds and its signature: time and secret are the key, the message is empty."""
    stamp = str(int(now.timestamp()))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode(), **post}


def verdict(code: int, words: str) -> Verdict:
    """What an answer with this code means."""
    if code == 0:
        return Verdict("sent")
    if code in DEAD:
        return Verdict("dead", DEAD[code], words)
    if code in TOO_FAST:
        return Verdict("wait", "rate", words, timedelta(minutes=1))
    if code in BUSY:
        return Verdict("wait", "busy", words, timedelta(seconds=30))
    return Verdict("refused", "content" if code in CONTENT else "unknown", words)

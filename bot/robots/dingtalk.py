"""Group robots of DingTalk (钉钉): signed in the address, 20 KB. Source: push_formats.py and DingTalk's manual."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import orjson

from bot.robots import markup
from bot.robots.markup import Line
from crm.robot_posts import Fault, Verdict

LIMIT = 20_000
SECURITY = 310000
ADDRESS = (300001, 300005, 400013, 400101, 400106)
OFF = (400102,)
TOO_FAST = (130101, 410100, 90018, 90030)
BUSY = (-1,)
CONTENT = (40035, 400105, 430101, 430102, 430103, 430104)
# What a refusal for reasons of security says → which of its three ways it was. The order matters: the newer words
# about a signature speak of its time, too.
SAID: tuple[tuple[tuple[str, ...], Fault], ...] = (
    (("keyword", "关键词"), "keyword"),
    (("invalid timestamp",), "clock"),
    (("sign", "签名"), "signature"),
    (("whitelist", "白名单", "not in white", " ip "), "ip"),
)


def size(lines: Sequence[Line]) -> int:
    """The bytes that DingTalk counts."""
    return len(orjson.dumps(body(lines)))


def body(lines: Sequence[Line]) -> dict[str, Any]:
    """The post. A single line break is none in DingTalk's markdown."""
    text = "\n\n".join(markup.markdown(line) for line in lines if line)
    return {"msgtype": "markdown", "markdown": {"title": markup.title(lines), "text": text}}


def signed(address: str, secret: str, now: datetime) -> str:
    """The address with the time in milliseconds and its signature."""
    stamp = str(round(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"{address}&timestamp={stamp}&sign={quote(base64.b64encode(digest), safe='')}"


def verdict(code: int, words: str) -> Verdict:
    """What an answer with this code means. Who is too fast is shut out for ten minutes."""
    if code == 0:
        return Verdict("sent")
    if code == SECURITY:
        said = words.lower()
        faults: list[Fault] = [fault for parts, fault in SAID if any(part in said for part in parts)]
        return Verdict("dead", faults[0] if faults else "unknown", words)
    if code in ADDRESS or code in OFF:
        return Verdict("dead", "off" if code in OFF else "address", words)
    if code in TOO_FAST:
        return Verdict("wait", "rate", words, timedelta(minutes=10))
    if code in BUSY:
        return Verdict("wait", "busy", words, timedelta(seconds=30))
    return Verdict("refused", "content" if code in CONTENT else "unknown", words)

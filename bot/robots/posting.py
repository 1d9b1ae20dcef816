"""One post to a group robot: put together, signed, sent, and its answer read. No redirect is followed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any

import aiohttp
import orjson
from yarl import URL

from bot.robots import dingtalk, feishu, fitting, wecom
from bot.robots.markup import Line, Run
from crm import robot_addresses
from crm.robot_posts import Verdict
from crm.tables import Robot

SERVICES: dict[str, ModuleType] = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}
CONNECT_SECONDS = 5.0
LARGEST_ANSWER = 1 << 16
NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
# What the services add to their words for their own support: a number for tracing, links, our address.
ASIDES = re.compile(
    r",?\s*(?:hint:|from ip:|more(?: info at)?:?)\s*\[?[^\],;]*\]?|;?link:.*$|\s*log ?id.*$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A robot as it was when the post was put together."""

    robot_id: int
    service: str
    address: str
    secret: str | None
    keyword: str | None

    def __repr__(self) -> str:
        """Without address and secret: it may reach a log."""
        return f"Recipient({self.robot_id})"


def recipient(robot: Robot) -> Recipient:
    """The robot's row, kept after its transaction."""
    return Recipient(robot.robot_id, robot.service, robot.address, robot.secret, robot.keyword)


def put_together(to: Recipient, messages: Sequence[Sequence[Line]]) -> tuple[dict[str, Any], int]:
    """The body of one post, and how many of the messages are in it: as many as fit whole, a single one cut to fit."""
    service = SERVICES[to.service]

    def measure(lines: Sequence[Line]) -> int:
        return int(service.size(_with_keyword(to, lines)))

    count = fitting.how_many(messages, measure, service.LIMIT)
    lines = fitting.cut(fitting.merged(messages[:count]), measure, service.LIMIT)
    post: dict[str, Any] = service.body(_with_keyword(to, lines))
    return post, count


def _with_keyword(to: Recipient, lines: Sequence[Line]) -> Sequence[Line]:
    if not to.keyword or any(to.keyword in run.text for line in lines for run in line):
        return lines
    return [*lines, (Run(f"（{to.keyword}）"),)]


async def send(
    session: aiohttp.ClientSession, to: Recipient, post: dict[str, Any], now: datetime, *, seconds: float, local: bool
) -> Verdict:
    """What became of the post after at most `seconds` and the time to connect."""
    try:
        robot_addresses.check(to.address, local=local)
    except robot_addresses.AddressRefused:
        return Verdict("dead", "address")
    url = to.address
    if to.secret and to.service == "dingtalk":
        url = dingtalk.signed(url, to.secret, now)
    if to.secret and to.service == "feishu":
        post = feishu.signed(post, to.secret, now)
    timeout = aiohttp.ClientTimeout(total=seconds + CONNECT_SECONDS, connect=CONNECT_SECONDS, sock_read=seconds)
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        async with session.post(
            URL(url, encoded=True), data=orjson.dumps(post), headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            return _read(to, answer.status, await _beginning(answer))
    except NOT_REACHED as error:
        return Verdict("wait", "unreachable", type(error).__name__, timedelta(seconds=30))
    except TimeoutError:
        return Verdict("lost", "slow")
    except (aiohttp.ClientError, OSError) as error:
        return Verdict("lost", "cut", type(error).__name__)


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    """The body, or as much of it as an answer may have."""
    read = bytearray()
    async for piece in answer.content.iter_chunked(1 << 14):
        read += piece
        if len(read) > LARGEST_ANSWER:
            break
    return bytes(read)


def _read(to: Recipient, status: int, content: bytes) -> Verdict:
    """What the answer means. What nobody understood may have been taken or not."""
    if 300 <= status < 400:
        return Verdict("dead", "redirect", f"HTTP {status}")
    if status == 429:
        return Verdict("wait", "rate", "HTTP 429", timedelta(minutes=1))
    if status == 503:
        return Verdict("wait", "busy", "HTTP 503", timedelta(seconds=30))
    code, words = _code(content)
    if code is not None and status < 500:
        verdict: Verdict = SERVICES[to.service].verdict(code, f"{code} {_told(to, words)}")
        return verdict
    if 400 <= status < 500:
        return Verdict("dead", "address", f"HTTP {status}")
    return Verdict("lost", "server" if status >= 500 else "html", f"HTTP {status}")


def _code(content: bytes) -> tuple[int | None, str]:
    try:
        said = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None, ""
    if not isinstance(said, dict):
        return None, ""
    code = next((said[name] for name in ("errcode", "code", "StatusCode") if name in said), None)
    words = next((said[name] for name in ("errmsg", "msg", "StatusMessage") if name in said), "")
    return (code, str(words)) if isinstance(code, int) else (None, "")


def _told(to: Recipient, words: str) -> str:
    """The service's own words on one line, without what is secret."""
    for secret in (to.address, to.address.rpartition("=")[2], to.address.rpartition("/")[2], to.secret):
        words = words.replace(secret, "…") if secret else words
    return " ".join(ASIDES.sub("", words).split())

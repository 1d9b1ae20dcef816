"""Robots of WeCom, DingTalk and Feishu on this machine: they verify what the services document, and refuse as they do.

Sources: ../shared/tools/push_formats.py and the services' manuals. `faults` go wrong first, one a post, in their order.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "0123456789abcdef0123456789abcdef"
SECRET = {"dingtalk": "SEC0123456789abcdef0123456789abcdef", "feishu": "Qx7Lm2Kp9Rt4Vw8Yb3Nc6Z"}
AN_HOUR = 3600.0
LONG_SECONDS = 30.0


@dataclass(slots=True)
class Robots:
    """What the three robots ask of a post, what goes wrong, and what they have taken: (service, what people read)."""

    secret: str | None = None
    keyword: str | None = None
    allows_us: bool = True
    faults: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)  # to which robots what was taken went
    asked: list[tuple[float, str]] = field(default_factory=list)  # when, and to which robot, a post came
    seen: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0
    pause: asyncio.Event = field(default_factory=asyncio.Event)

    def address(self, service: str, token: str = TOKEN) -> str:
        """The address that a person would copy. Tokens that begin like TOKEN are known."""
        path = {
            "wecom": f"/cgi-bin/webhook/send?key={token}",
            "dingtalk": f"/robot/send?access_token={token}",
            "feishu": f"/open-apis/bot/v2/hook/{token}",
        }[service]
        return f"http://127.0.0.1:{self.port}{path}"

    def texts(self) -> list[str]:
        """What people have read, in order."""
        return [text for _, text in self.taken]

    def take(self, service: str, token: str, text: str) -> None:
        """People read it."""
        self.taken.append((service, text))
        self.tokens.append(token)

    def is_too_fast(self, service: str, token: str) -> bool:
        """This post is one more than the service takes from a robot."""
        now = time.monotonic()
        times = [at for at, asked in self.asked if asked == token]
        self.asked.append((now, token))
        in_minute, in_second = sum(now - at < 60 for at in times), sum(now - at < 1 for at in times)
        return in_minute >= 100 or in_second >= 5 if service == "feishu" else in_minute >= 20


@asynccontextmanager
async def running() -> AsyncIterator[Robots]:
    """The robots listen."""
    robots = Robots()
    app = web.Application()
    for path, answer in (
        ("/cgi-bin/webhook/send", _wecom),
        ("/robot/send", _dingtalk),
        ("/open-apis/bot/v2/hook/{token}", _feishu),
    ):
        app.router.add_post(path, _guarded(robots, answer))
    app.router.add_route("*", "/elsewhere", _guarded(robots, _elsewhere))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    robots.port = runner.addresses[0][1]
    try:
        yield robots
    finally:
        robots.pause.set()
        await runner.cleanup()


def _guarded(robots: Robots, answer: Any) -> Any:
    async def handle(request: web.Request) -> web.StreamResponse:
        fault = robots.faults.pop(0) if robots.faults else ""
        if fault in FAULTS:
            broken: web.StreamResponse = FAULTS[fault]()
            return broken
        response: web.StreamResponse = await answer(robots, request)
        if fault == "slow":
            await asyncio.wait({asyncio.ensure_future(robots.pause.wait())}, timeout=LONG_SECONDS)
        if fault == "cut" and request.transport is not None:
            request.transport.close()
        return response

    return handle


def _moved() -> web.Response:
    return web.Response(status=302, headers={"Location": "/elsewhere"})


FAULTS: dict[str, Any] = {
    "html": lambda: web.Response(text="<html><body>升级中</body></html>", content_type="text/html"),
    "redirect": _moved,
    "429": lambda: web.Response(status=429),
    "500": lambda: web.Response(status=500, text="oops"),
    "404": lambda: web.Response(status=404, text="not found"),
    "45009": lambda: web.json_response({"errcode": 45009, "errmsg": "api freq out of limit, hint: [1]"}),
    "40058": lambda: web.json_response({"errcode": 40058, "errmsg": "invalid Request Parameter"}),
}


def _is_known(token: str) -> bool:
    return token.startswith(TOKEN[:16])


async def _elsewhere(robots: Robots, request: web.Request) -> web.Response:
    robots.take("elsewhere", "", await request.text())
    return web.json_response({"errcode": 0, "errmsg": "ok"})


def _no(code: int, words: str, name: str = "errcode") -> web.Response:
    return web.json_response({name: code, "msg" if name == "code" else "errmsg": words})


async def _wecom(robots: Robots, request: web.Request) -> web.Response:
    body = await request.json()
    robots.seen.append(body)
    token = request.query.get("key", "")
    if not _is_known(token):
        return _no(
            93000, "invalid webhook url, hint: [17], from ip: 1.2.3.4, more info at https://open.work.weixin.qq.com"
        )
    content = str(body[body["msgtype"]]["content"])
    largest = {"text": 2048, "markdown": 4096}[body["msgtype"]]
    if len(content.encode()) > largest:
        return _no(40058, f"{body['msgtype']}.content exceed max length {largest}")
    if robots.is_too_fast("wecom", token):
        return _no(45009, "api freq out of limit")
    robots.take("wecom", token, content)
    return _no(0, "ok")


async def _dingtalk(robots: Robots, request: web.Request) -> web.Response:
    body = await request.json()
    robots.seen.append(body)
    token = request.query.get("access_token", "")
    if not _is_known(token):
        return _no(300001, "token is not exist")
    if robots.secret is not None and not _is_signed_dingtalk(request, robots.secret):
        return _no(310000, "sign not match, more: [https://ding-doc.dingtalk.com/doc]")
    said = body["markdown"]["title"] + body["markdown"]["text"]
    if robots.keyword and robots.keyword not in said:
        return _no(310000, "keywords not in content, more: [https://ding-doc.dingtalk.com/doc]")
    if not robots.allows_us:
        return _no(310000, "ip 1.2.3.4 not in whitelist, more: [https://ding-doc.dingtalk.com/doc]")
    if len(await request.read()) > 20_000:
        return _no(40035, "size limit 20000")
    if robots.is_too_fast("dingtalk", token):
        return _no(130101, "send too fast, exceed 20 times per minute")
    robots.take("dingtalk", token, str(body["markdown"]["text"]))
    return _no(0, "ok")


def _is_signed_dingtalk(request: web.Request, secret: str) -> bool:
    stamp = request.query.get("timestamp", "0")
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    is_fresh = abs(time.time() * 1000 - int(stamp)) < AN_HOUR * 1000
    return is_fresh and request.query.get("sign") == base64.b64encode(digest).decode()


async def _feishu(robots: Robots, request: web.Request) -> web.Response:
    body = await request.json()
    robots.seen.append(body)
    token = request.match_info["token"]
    if not _is_known(token):
        return _no(19001, "param invalid: incoming webhook access token invalid", "code")
    if robots.secret is not None and not _is_signed_feishu(body, robots.secret):
        return _no(19021, "sign match fail or timestamp is not within one hour from current time", "code")
    post = body["content"]["post"]["zh_cn"]
    text = "\n".join([post["title"], *("".join(piece["text"] for piece in line) for line in post["content"])])
    if robots.keyword and robots.keyword not in text:
        return _no(19024, "Key Words Not Found", "code")
    if not robots.allows_us:
        return _no(19022, "Ip Not Allowed", "code")
    if len(await request.read()) > 20 * 1024:
        return _no(9499, "Bad Request", "code")
    if robots.is_too_fast("feishu", token):
        return _no(11232, "frequency limited psm", "code")
    robots.take("feishu", token, text)
    return web.json_response({"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"})


def _is_signed_feishu(body: dict[str, Any], secret: str) -> bool:
    stamp = str(body.get("timestamp", "0"))
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    is_fresh = stamp.isdigit() and len(stamp) == 10 and abs(time.time() - int(stamp)) < AN_HOUR
    return is_fresh and body.get("sign") == base64.b64encode(digest).decode()

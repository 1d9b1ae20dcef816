"""What is pasted about a group robot: its address, which names the service, and its secret or keyword.

Only the three services' own addresses are taken, https and nothing but what they hand out; the address is put together
anew from its parts, so that nothing else that was pasted is ever called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from nlp import lazy

Service = Literal["wecom", "dingtalk", "feishu"]
Reason = Literal["none", "http", "host", "path", "secret", "keyword"]

LONGEST_NAME = 20
LONGEST_KEYWORD = 20
LOCAL = ("127.0.0.1", "localhost")
URL = lazy.regex(r"https?://[^\s<>“”\"，。；、）)]+", re.IGNORECASE)
# Where a robot's address is seen in a text, so that it is never taken for a note.
SEEN = (
    r"(?i)qyapi\.weixin\.qq\.com/cgi-bin/webhook|oapi\.dingtalk\.com/robot|open\.feishu\.cn/open-apis/bot"
    r"|/(?:cgi-bin/webhook/send|robot/send)\?|/bot/v2/hook/"
    r"|^\s*(?:/robots|机器人)[\s:：]*https?://"
)
NONE = ("没有", "无", "都没有", "不用", "没设", "none", "no")
PREFIX = lazy.regex(r"^(?:(密钥|签名|加签|secret)|(关键词|关键字|keyword))\s*[:：是为]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a service spells its addresses. Source: ../shared/tools/push_formats.py and the services' manuals."""

    host: str
    path: str
    parameter: str | None  # None: the token is the last part of the path
    secret: re.Pattern[str] | None  # what a secret looks like that is pasted without a word before it


FORMS: dict[Service, _Form] = {
    "wecom": _Form("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", None),
    "dingtalk": _Form("oapi.dingtalk.com", "/robot/send", "access_token", lazy.regex(r"SEC[0-9A-Za-z]{16,}")),
    "feishu": _Form("open.feishu.cn", "/open-apis/bot/v2/hook/", None, lazy.regex(r"[0-9A-Za-z_-]{16,}")),
}
TOKEN = lazy.regex(r"[0-9A-Za-z_-]{16,128}")


class AddressRefused(ValueError):
    """What was pasted is no robot's address, or no secret or keyword of one; `reason` says why, never what it was."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """A robot's address, and the name that was written beside it."""

    service: Service
    address: str
    name: str = ""

    def __repr__(self) -> str:
        """Without the address: it must not reach a log."""
        return f"Found({self.service})"


@dataclass(frozen=True, slots=True)
class Security:
    """What the robot asks of each message: to be signed, or to hold a word, or nothing."""

    secret: str | None = None
    keyword: str | None = None

    def __repr__(self) -> str:
        """Without the secret."""
        return "Security()"


def is_seen_in(text: str) -> bool:
    """The text holds what looks like a robot's address, whole or not."""
    return re.search(SEEN, text) is not None


def find(text: str, *, local: bool = False) -> Found:
    """The address in the text. `local`: robots on this machine are taken, too, for tests.

    >>> find("销售群 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4").name
    '销售群'

    Raises: AddressRefused
    """
    typed = re.sub(rf"(?<![/\w.])(?=(?:{'|'.join(re.escape(f.host) for f in FORMS.values())})/)", "https://", text)
    found = URL.search(typed)
    if found is None:
        raise AddressRefused("none")
    service, address = _checked(found[0], local)
    name = " ".join((typed[: found.start()] + " " + typed[found.end() :]).split()).strip("：:，, ")
    return Found(service, address, "" if name.startswith("/") else name[:LONGEST_NAME])


def check(address: str, *, local: bool = False) -> Service:
    """Whose address it is; asked again before each call.

    Raises: AddressRefused
    """
    service, spelled = _checked(address, local)
    if spelled != address:
        raise AddressRefused("path")
    return service


def _checked(url: str, local: bool) -> tuple[Service, str]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise AddressRefused("host") from error
    is_local = local and host in LOCAL
    by_host = next((s for s, f in FORMS.items() if f.host == host), None)
    service = _by_path(parts.path) if is_local else by_host
    if service is None or parts.username is not None:
        raise AddressRefused("path" if is_local else "host")
    if not is_local and parts.scheme.lower() != "https":
        raise AddressRefused("http")
    if not is_local and port not in (None, 443):
        raise AddressRefused("host")
    start = f"{parts.scheme}://{parts.netloc}" if is_local else f"https://{host}"
    return service, start + _tail(service, parts.path, parts.query)


def _by_path(path: str) -> Service | None:
    return next((s for s, form in FORMS.items() if path.startswith(form.path)), None)


def _tail(service: Service, path: str, query: str) -> str:
    """The path and token as the service spells them.

    Raises: AddressRefused
    """
    form = FORMS[service]
    if form.parameter is None:
        token = path.removeprefix(form.path).rstrip("/") if path.startswith(form.path) else ""
        spelled = f"{form.path}{token}"
    else:
        token = (parse_qs(query).get(form.parameter) or [""])[0] if path.rstrip("/") == form.path else ""
        spelled = f"{form.path}?{form.parameter}={token}"
    if not TOKEN.fullmatch(token):
        raise AddressRefused("path")
    return spelled


def read_security(service: str, text: str) -> Security:
    """The secret or keyword in the text.

    >>> read_security("dingtalk", "关键词：日报").keyword, read_security("feishu", "没有").keyword
    ('日报', None)

    Raises: AddressRefused 'secret' or 'keyword' when it can be neither.
    """
    typed = " ".join(text.split())
    if typed.lower() in NONE or not typed:
        return Security()
    said = PREFIX.match(typed)
    value = typed[said.end() :].strip("「」“”\"' ") if said else typed
    form = {str(name): form.secret for name, form in FORMS.items()}[service]
    if said and said[1]:
        if form is None or not form.fullmatch(value):
            raise AddressRefused("secret")
        return Security(secret=value)
    if not said and form is not None and form.fullmatch(value):
        return Security(secret=value)
    if not 0 < len(value) <= LONGEST_KEYWORD:
        raise AddressRefused("keyword")
    return Security(keyword=value)

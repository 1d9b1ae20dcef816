"""One call of the Bot API with raw parameters, and what its failure means: sent, not sent, or unknown."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from bot import arrivals

NOT_REACHED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)  # the way to Telegram was not open, so that nothing can have been said


class CallFailed(RuntimeError):
    """Base of the ways in which a call fails."""


class NotSent(CallFailed):
    """No connection was made: Telegram has not seen the call."""


class AnswerLost(CallFailed):
    """The call left, its answer did not arrive: it may have taken effect."""


class Refused(CallFailed):
    """Telegram answered no, with its own code and description, and what it says to do instead."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after: float | None = parameters.get("retry_after")
        self.migrate_to_chat_id: int | None = parameters.get("migrate_to_chat_id")


class TelegramApi:
    """Calls of one bot over a shared session."""

    def __init__(
        self, session: aiohttp.ClientSession, base_url: str, file_url: str, token: str, answer_seconds: float = 30.0
    ) -> None:
        self._session = session
        self._answer_seconds = answer_seconds
        self._prefix = f"{base_url}{token}/"
        self._files = f"{file_url}{token}/"

    async def call(
        self,
        method: str,
        payload: dict[str, Any],
        files: dict[str, tuple[str, bytes]] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """The `result` of the answer, which has so many seconds to come, else those that were set.

        Raises: NotSent, AnswerLost, Refused
        """
        timeout = aiohttp.ClientTimeout(total=seconds or self._answer_seconds, sock_connect=10)
        body: dict[str, Any] = {"data": _form(payload, files)} if files else {"json": payload}
        try:
            async with self._session.post(self._prefix + method, timeout=timeout, **body) as answer:
                return _result(answer.status, await answer.read())
        except NOT_REACHED as error:
            raise NotSent(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AnswerLost(type(error).__name__) from error

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file that somebody sent.

        Raises: NotSent, AnswerLost, Refused (a file over 20 MB: 400 'file is too big')
        """
        found = await self.call("getFile", {"file_id": file_id})
        try:
            async with self._session.get(self._files + found["file_path"]) as answer:
                content = await answer.read()
        except (TimeoutError, aiohttp.ClientError, OSError, ProxyError) as error:
            raise AnswerLost(type(error).__name__) from error
        if answer.status != 200:
            raise Refused(answer.status, "file link expired", {})
        return content


def _form(payload: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # else a Chinese file name arrives percent-encoded
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, (filename, content) in files.items():
        form.add_field(name, content, filename=filename, content_type="application/octet-stream")
    return form


def _result(status: int, body: bytes) -> Any:
    try:
        answer = arrivals.read(body)
    except ValueError:
        answer = {}
    if status == 200 and answer.get("ok"):
        return answer["result"]
    if status >= 500 or not answer:
        raise AnswerLost(f"HTTP {status}")
    raise Refused(status, str(answer.get("description", "")), answer.get("parameters") or {})

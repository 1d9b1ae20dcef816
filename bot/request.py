"""A `BaseRequest` for python-telegram-bot on aiohttp.

The library's default client scans its whole connection pool for each request: three times slower, and worse the more
requests run at once (BASELINES.md, section 1; `make bench` measures it again).
"""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson
from aiohttp_socks import ProxyConnector, ProxyError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0


def open_session(proxy: str | None = None, connections: int = 256) -> aiohttp.ClientSession:
    """A session for the Bot API; `proxy` is an http://, socks4:// or socks5:// URL. Call it inside the event loop."""
    is_socks = bool(proxy and proxy.startswith("socks"))
    connector: aiohttp.BaseConnector = (
        ProxyConnector.from_url(proxy or "", limit=connections) if is_socks else aiohttp.TCPConnector(limit=connections)
    )
    return aiohttp.ClientSession(
        connector=connector,
        proxy=None if is_socks else proxy,
        timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS, sock_connect=CONNECT_SECONDS),
        json_serialize=lambda value: orjson.dumps(value).decode(),
    )


class AiohttpRequest(BaseRequest):
    """Requests of one bot over one session, which the caller opens and closes, or over its own."""

    def __init__(self, session: aiohttp.ClientSession | None = None, proxy: str | None = None) -> None:
        self._given = session
        self._proxy = proxy
        self._own: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """A session is open."""
        if self._given is None and self._own is None:
            self._own = open_session(self._proxy)

    async def shutdown(self) -> None:
        """Its own session is closed; a given one stays open."""
        if self._own is not None:
            await self._own.close()
            self._own = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of the answer.

        Raises: TimedOut, NetworkError
        """
        session = self._given or self._own
        if session is None:
            raise RuntimeError("AiohttpRequest is not initialized")
        seconds = ANSWER_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        timeout = aiohttp.ClientTimeout(total=seconds and seconds + CONNECT_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with session.request(method, url, timeout=timeout, **_body(request_data)) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError, ProxyError) as error:
            raise NetworkError(f"{type(error).__name__}") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer as Python values; as the base class but with a faster reader."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}

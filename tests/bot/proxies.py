"""Two small proxies on this machine, as companies have them: HTTP (absolute form and CONNECT) and SOCKS5."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class Proxy:
    """`asked`: where each connection wanted to go. `refuses`: says no to everybody."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    refuses: bool = False
    open: set[asyncio.Task[object]] = field(default_factory=set)

    def cut(self) -> None:
        """Every open connection breaks."""
        for task in tuple(self.open):
            task.cancel()


@asynccontextmanager
async def http() -> AsyncIterator[Proxy]:
    """A running HTTP proxy."""
    async with _running(_serve_http) as proxy:
        yield proxy


@asynccontextmanager
async def socks5() -> AsyncIterator[Proxy]:
    """A running SOCKS5 proxy without passwords. Source: RFC 1928."""
    async with _running(_serve_socks) as proxy:
        yield proxy


@asynccontextmanager
async def _running(serve: Callable[[Proxy, Streams], Awaitable[None]]) -> AsyncIterator[Proxy]:
    proxy = Proxy()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        proxy.open.add(task)
        try:
            await serve(proxy, (reader, writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side has gone, or the test is over
        finally:
            writer.close()
            proxy.open.discard(task)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        proxy.cut()
        await asyncio.gather(*proxy.open, return_exceptions=True)


async def _serve_http(proxy: Proxy, client: Streams) -> None:
    head = (await client[0].readuntil(b"\r\n\r\n")).decode("latin-1")
    first, _, rest = head.partition("\r\n")
    method, target, version = first.split(" ")
    proxy.asked.append(f"{method} {target.rsplit('/', 1)[-1]}")
    if proxy.refuses:
        client[1].write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await client[1].drain()
        return
    if method == "CONNECT":
        host, _, port = target.rpartition(":")
        server = await asyncio.open_connection(host, int(port))
        client[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    else:
        parts = urlsplit(target)
        server = await asyncio.open_connection(parts.hostname, parts.port)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        lines = [line for line in rest.split("\r\n") if not line.lower().startswith(("proxy-", "connection:"))]
        # One request a connection, so that each is seen.
        server[1].write(f"{method} {path} {version}\r\nConnection: close\r\n".encode() + "\r\n".join(lines).encode())
    await _pump_both(client, server)


async def _serve_socks(proxy: Proxy, client: Streams) -> None:
    reader, writer = client
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _, _, _, kind = await reader.readexactly(4)
    if kind == 1:
        host = ".".join(str(part) for part in await reader.readexactly(4))
    else:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    proxy.asked.append(f"{host}:{port}")
    if proxy.refuses:
        writer.write(b"\x05\x02\x00\x01" + bytes(6))  # 'connection not allowed by ruleset'
        await writer.drain()
        return
    server = await asyncio.open_connection(host, port)
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    await _pump_both(client, server)


async def _pump_both(one: Streams, other: Streams) -> None:
    try:
        await asyncio.gather(_pump(one[0], other[1]), _pump(other[0], one[1]))
    finally:
        other[1].close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(1 << 16):
        writer.write(chunk)
        await writer.drain()
    writer.close()

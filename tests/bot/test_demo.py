"""The demo begins whatever else runs on this machine."""

from __future__ import annotations

import socket

from bot import demo


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = taken.getsockname()[1]
        assert wanted < demo.free_port(wanted) <= wanted + demo.PORTS_TRIED

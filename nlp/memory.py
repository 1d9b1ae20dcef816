"""Memory that is free inside the process and could be the machine's."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """What was freed is the machine's again, where the C library can do that (glibc); elsewhere nothing happens.

    Loading makes and frees large arrays; what lies between small ones that stay would else be held for ever: 50 MB
    after jieba's dictionary was read.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # other C libraries; Windows takes no None
        return
    trim(0)

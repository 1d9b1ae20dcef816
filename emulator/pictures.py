"""The size of a picture, read from its header.

Source: PNG (third edition) 11.2.2 IHDR; ITU-T T.81 B.2.2 frame header; GIF89a logical screen; WebP container
VP8/VP8L/VP8X.
"""

import struct

_NO_FRAME = (0xC4, 0xC8, 0xCC)


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None if this is no PNG, JPEG, GIF or WebP picture."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return int(width), int(height)
    if content[:2] == b"\xff\xd8":
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp(content)
    return None


def mime(content: bytes) -> str:
    """The media type of a picture; image/jpeg for what is none."""
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if content[:4] == b"GIF8":
        return "image/gif"
    return "image/webp" if content[8:12] == b"WEBP" else "image/jpeg"


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[12:16] == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if content[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return int(width) & 0x3FFF, int(height) & 0x3FFF
    return None

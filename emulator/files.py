"""Uploaded files: their ids, their sizes, and the paths under which they can be downloaded for a while.

Source: Bot API, getFile: files up to 20 MB, the link is valid for at least one hour. Here it is valid for exactly
one hour.
"""

import mimetypes
import secrets
from dataclasses import dataclass

from emulator.clock import Clock
from emulator.message import Json
from emulator.numbers import Numbers
from emulator.refusals import Refusal, bad_request

DOWNLOAD_LIMIT = 20 << 20
UPLOAD_LIMIT = 50 << 20
PHOTO_LIMIT = 10 << 20
LINK_SECONDS = 3600


@dataclass(slots=True)
class Upload:
    """A file as it came in a request."""

    name: str
    content: bytes
    mime: str = ""


@dataclass(slots=True)
class StoredFile:
    """A file the server keeps; `kind` is photo, document, sticker or voice."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    content: bytes
    mime: str
    width: int = 0
    height: int = 0

    def as_json(self) -> Json:
        """What every file object carries."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}


class Files:
    """All files of the server."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_id: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[str, int]] = {}
        self._numbers = Numbers(1)

    def add(self, kind: str, upload: Upload, width: int = 0, height: int = 0) -> StoredFile:
        """The file has an id."""
        mime = upload.mime if upload.mime not in ("", "application/octet-stream") else _mime(upload.name)
        unique = secrets.token_urlsafe(9)
        prefix = {"photo": "AgACAgUAAx", "document": "BQACAgUAAx", "voice": "AwACAgUAAx"}.get(kind, "CAACAgUAAx")
        stored = StoredFile(f"{prefix}{unique}AB", unique, kind, upload.name, upload.content, mime, width, height)
        self._by_id[stored.file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def get(self, file_id: str) -> StoredFile:
        """The file of this id. Raises: Refusal 400."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        return stored

    def link(self, file_id: str) -> Json:
        """The File object, with a path that can be downloaded for an hour. Raises: Refusal 400 over 20 MB."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        suffix = stored.name.rpartition(".")[2] if "." in stored.name else "bin"
        path = f"{stored.kind}s/file_{next(self._numbers)}.{suffix if suffix.isalnum() else 'bin'}"
        self._links[path] = (file_id, self._clock.unix() + LINK_SECONDS)
        return {**stored.as_json(), "file_path": path}

    def download(self, path: str) -> StoredFile:
        """The file behind a path. Raises: Refusal 404 for an unknown or expired one."""
        file_id, until = self._links.get(path, ("", 0))
        if not file_id or self._clock.unix() >= until:
            raise Refusal(404, "Not Found")
        return self._by_id[file_id]


def _mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"

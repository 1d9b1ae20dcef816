"""The files of the web page."""

import mimetypes
from pathlib import Path

from aiohttp import web

from emulator.refusals import Refusal

FOLDER = Path(__file__).parent / "page"


def serve_page(path: str) -> web.Response:
    """The page for "/", else the file of this path under the page's folder. Raises: Refusal 404."""
    file = (FOLDER / (path.strip("/") or "index.html")).resolve()
    if not file.is_relative_to(FOLDER) or not file.is_file():
        raise Refusal(404, "Not Found")
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")) else None
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=file.read_bytes(), content_type=kind, charset=charset, headers=headers)

"""Reading parameters and files from a request, in each of the forms Telegram takes: query, form, multipart, JSON."""

from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import BodyPartReader, web

from emulator.files import Upload
from emulator.refusals import Refusal, bad_request

LARGEST_BODY = 60 << 20
NO_FILES: dict[str, Upload] = {}


async def read(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters as they came and the uploaded files by field. Raises: Refusal 400, 413."""
    kind = request.headers.get("Content-Type", "")
    given: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return given, NO_FILES
    try:
        if kind.startswith("multipart/form-data"):
            return await _multipart(request, given)
        body = await request.read()
        if kind.startswith("application/json"):
            given |= _json(body)
        elif body:
            given |= parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    return given, NO_FILES


def _json(body: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(body) if body else {}
    except orjson.JSONDecodeError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(given, dict):
        raise bad_request("can't parse request body as JSON: expected an Object")
    return {name: value for name, value in given.items() if value is not None}


async def _multipart(request: web.BaseRequest, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    files: dict[str, Upload] = {}
    total = 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse multipart body")
        content = bytearray()
        while chunk := await part.read_chunk(1 << 18):
            content += chunk
            total += len(chunk)
            if total > LARGEST_BODY:
                raise Refusal(413, "Request Entity Too Large")
        if part.filename is None:
            given[part.name] = content.decode()
        else:
            files[part.name] = Upload(part.filename, bytes(content), part.headers.get("Content-Type", ""))
    return given, files

"""Pictures, files and albums; and getting files back."""

from collections.abc import Callable

from emulator import content, parameters, pictures
from emulator.call import Call
from emulator.chat import Chat
from emulator.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile, Upload
from emulator.message import Json, Message
from emulator.parameters import Method, Shape
from emulator.refusals import Refusal, bad_request

LARGEST_SIDES = 10_000
LARGEST_RATIO = 20
FILE_NAME_BYTES = 255

_input_media = Shape(
    "input media",
    {
        "type": parameters.string,
        "media": parameters.string,
        "thumbnail": parameters.string,
        **content.CAPTION,
        "has_spoiler": parameters.boolean,
        "disable_content_type_detection": parameters.boolean,
    },
    ("type", "media"),
)


def photo_content(stored: StoredFile) -> Json:
    """The photo field of a message."""
    return {"photo": [{**stored.as_json(), "width": stored.width, "height": stored.height}]}


def document_content(stored: StoredFile) -> Json:
    """The document field of a message."""
    return {"document": {**stored.as_json(), "file_name": stored.name, "mime_type": stored.mime}}


def store_photo(call: Call, upload: Upload) -> StoredFile:
    """The picture is kept. Raises: Refusal 400 for what is no picture, or one too large."""
    measured = pictures.size(upload.content)
    if len(upload.content) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    if measured is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = measured
    if width + height > LARGEST_SIDES or max(measured) > LARGEST_RATIO * min(measured):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return call.world.files.add(
        "photo", Upload("photo.jpg", upload.content, pictures.mime(upload.content)), width, height
    )


def store_document(call: Call, upload: Upload) -> StoredFile:
    """The file is kept. Raises: Refusal 413 over 50 MB."""
    if len(upload.content) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    return call.world.files.add("document", upload)


_KINDS: dict[str, tuple[Callable[[Call, Upload], StoredFile], Callable[[StoredFile], Json]]] = {
    "photo": (store_photo, photo_content),
    "document": (store_document, document_content),
}


def _found(call: Call, kind: str, given: str | None, field: str) -> Json:
    """The file that a parameter uploads, attaches or names by its id, as a field of a message."""
    store, shown = _KINDS[kind]
    upload = call.files.get(field)
    if given is not None and given.startswith("attach://"):
        upload = call.files.get(given.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"can't find file by name {given.removeprefix('attach://')}")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return shown(store(call, upload))
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = call.world.files.get(given)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return shown(stored)


def _send(call: Call, kind: str) -> Message:
    chat = call.chat()
    written = _found(call, kind, call.args.get(kind), kind) | content.caption(call, call.args)
    written |= _picture_flags(call.args) | content.place(call, chat)
    inline, keyboard = content.keyboards(call.args)
    call.rates.spend(chat.chat_id)
    return call.world.post(chat, call.bot.user, written | inline, keyboard)


def _picture_flags(args: Json) -> Json:
    flags: Json = {}
    if args.get("has_spoiler"):
        flags["has_media_spoiler"] = True
    if args.get("show_caption_above_media"):
        flags["show_caption_above_media"] = True
    return flags


def send_photo(call: Call) -> Message:
    """The picture stands in the chat."""
    return _send(call, "photo")


def send_document(call: Call) -> Message:
    """The file stands in the chat."""
    return _send(call, "document")


def media_content(call: Call, media: Json) -> Json:
    """An InputMedia object as fields of a message. Raises: Refusal 400."""
    if media["type"] not in _KINDS:
        raise bad_request(f'can\'t parse input media: type "{media["type"]}" is not supported by this emulator')
    return _found(call, media["type"], media["media"], "") | content.caption(call, media) | _picture_flags(media)


def send_media_group(call: Call) -> list[Message]:
    """The album stands in the chat, one message for each of its 2-10 items, which are all of one kind."""
    chat: Chat = call.chat()
    album = call.args["media"]
    if not 2 <= len(album) <= 10:
        raise bad_request("wrong number of messages, an album must have 2-10 of them" if album else "media is empty")
    if len({media["type"] for media in album}) > 1:
        raise bad_request("can't mix photos and documents in an album")
    place = content.place(call, chat) | {"media_group_id": str(next(call.world.album_ids))}
    written = [media_content(call, media) for media in album]
    call.rates.spend(chat.chat_id, len(album))
    return [call.world.post(chat, call.bot.user, item | place) for item in written]


def get_file(call: Call) -> Json:
    """A path to download the file from, valid for an hour."""
    return call.world.files.link(call.args["file_id"])


METHODS = {
    "sendPhoto": Method(
        send_photo,
        {**content.SENDING, **content.CAPTION, "photo": parameters.string, "has_spoiler": parameters.boolean},
        ("chat_id", "photo"),
        uploads=("photo",),
        attaches=True,
    ),
    "sendDocument": Method(
        send_document,
        {
            **content.SENDING,
            **{name: check for name, check in content.CAPTION.items() if name != "show_caption_above_media"},
            "document": parameters.string,
            "thumbnail": parameters.string,
            "disable_content_type_detection": parameters.boolean,
        },
        ("chat_id", "document"),
        uploads=("document", "thumbnail"),
        attaches=True,
    ),
    "sendMediaGroup": Method(
        send_media_group,
        {
            **{
                name: check
                for name, check in content.SENDING.items()
                if name not in ("reply_markup", "suggested_post_parameters")
            },
            "media": parameters.array_of(_input_media),
        },
        ("chat_id", "media"),
        attaches=True,
    ),
    "getFile": Method(get_file, {"file_id": parameters.string}, ("file_id",)),
}
INPUT_MEDIA = _input_media

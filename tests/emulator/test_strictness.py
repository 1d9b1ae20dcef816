"""Each mistake is refused with Telegram's code and words, and all the official checker calls wrong is too."""

import itertools
from typing import Any

import aiohttp
import pytest

from emulator import server
from emulator.methods import METHODS
from emulator.person import Person
from tests import spec_traffic
from tests.emulator.conftest import RawClient

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def keyboard(**action: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "按", **action}]]}


def message(text: Any = "好", **more: Any) -> dict[str, Any]:
    return {"chat_id": 1001, "text": text, **more}


# method, parameters, the words after "Bad Request: "
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "好"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 0, "text": "好"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "小李", "text": "好"}, "chat not found"),
    ("sendMessage", {"chat_id": 77, "text": "好"}, "chat not found"),
    ("sendMessage", {"chat_id": -77, "text": "好"}, "chat not found"),
    ("sendMessage", {"chat_id": True, "text": "好"}, 'Field "chat_id" must be of type Number'),
    ("sendMessage", {"chat_id": 1001}, "message text is empty"),
    ("sendMessage", message(""), "message text is empty"),
    ("sendMessage", message(" \n\t"), "message text is empty"),
    ("sendMessage", message("<b></b>", parse_mode="HTML"), "message text is empty"),
    ("sendMessage", message("好" * 4097), "message is too long"),
    ("sendMessage", message("<b>" + "x" * 4097 + "</b>", parse_mode="HTML"), "message is too long"),
    ("sendMessage", message(5), 'Field "text" must be of type String'),
    ("sendMessage", message(texts="好"), 'unknown parameter "texts" specified'),
    ("sendMessage", message(message_thread_id="abc"), 'Field "message_thread_id" must be of type Number'),
    ("sendMessage", message(message_thread_id=99), "message thread not found"),
    ("sendMessage", message(disable_notification="maybe"), 'Field "disable_notification" must be of type Boolean'),
    ("sendMessage", message(parse_mode="RTF"), "unsupported parse_mode"),
    (
        "sendMessage",
        message("<b>张", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "sendMessage",
        message("张 <p>x</p>", parse_mode="HTML"),
        'can\'t parse entities: Unsupported start tag "p" at byte offset 4',
    ),
    (
        "sendMessage",
        message("a < b", parse_mode="HTML"),
        'can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    (
        "sendMessage",
        message("<b><i>x</b></i>", parse_mode="HTML"),
        'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    ("sendMessage", message(reply_parameters={"message_id": 999}), "message to be replied not found"),
    ("sendMessage", message(reply_parameters={}), "can't parse reply parameters: Can't find field \"message_id\""),
    ("sendMessage", message(reply_markup="{'a':1}"), "can't parse reply keyboard markup JSON object"),
    ("sendMessage", message(reply_markup=[1]), "object expected as reply markup"),
    ("sendMessage", message(reply_markup={"keys": []}), "object expected as reply markup"),
    ("sendMessage", message(reply_markup=keyboard(callback_data="张" * 22)), "BUTTON_DATA_INVALID"),
    ("sendMessage", message(reply_markup=keyboard(callback_data="")), "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        message(reply_markup=keyboard()),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ("sendMessage", message(reply_markup=keyboard(callback_data="a", url="https://a.b")), "BUTTON_TYPE_INVALID"),
    (
        "sendMessage",
        message(reply_markup=keyboard(url="http://localhost/x")),
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", message(reply_markup=keyboard(copy_text={"text": "x" * 257})), "BUTTON_COPY_TEXT_INVALID"),
    (
        "sendMessage",
        message(reply_markup=keyboard(callback="a")),
        'can\'t parse inline keyboard button: Field "callback" is unknown',
    ),
    (
        "sendMessage",
        message(reply_markup=keyboard(callback_data=5)),
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    (
        "sendMessage",
        message(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": str(i)}] for i in range(101)]}),
        "REPLY_MARKUP_TOO_LONG",
    ),
    (
        "sendMessage",
        message("ab", entities=[{"type": "bold", "offset": 1, "length": 5}]),
        "can't parse entities: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 6",
    ),
    ("editMessageText", message(message_id=999), "message to edit not found"),
    ("editMessageText", message(), "message identifier is not specified"),
    ("editMessageText", message("卡片", message_id=1), NOT_MODIFIED),
    ("editMessageText", message("新", message_id=2), "message can't be edited"),
    ("editMessageReplyMarkup", {"chat_id": 1001, "message_id": 1}, NOT_MODIFIED),
    (
        "editMessageCaption",
        {"chat_id": 1001, "message_id": 1, "caption": "x"},
        "there is no caption in the message to edit",
    ),
    ("editMessageMedia", {"chat_id": 1001, "message_id": 1}, "object expected as a media"),
    ("deleteMessage", {"chat_id": 1001, "message_id": 999}, "message to delete not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
    ("sendDocument", {"chat_id": 1001}, "there is no document in the request"),
    ("sendDocument", {"chat_id": 1001, "document": "attach://f1"}, "can't find file by name f1"),
    ("sendChatAction", {"chat_id": 1001, "action": "sleeping"}, "wrong parameter action in request"),
    ("setMyCommands", {"commands": [{"command": "Today", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setWebhook", {"url": "http://bot.example.org/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ("setWebhook", {"url": "https://x.y", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ("getChatMember", {"chat_id": 1001, "user_id": 5}, "invalid user_id specified"),
    ("pinChatMessage", {"chat_id": 1001, "message_id": 999}, "message to pin not found"),
    ("getChatAdministrators", {"chat_id": 1001}, "there are no administrators in the private chat"),
]


@pytest.mark.parametrize(("method", "params", "words"), REFUSED, ids=lambda value: str(value)[:50])
async def test_mistakes_are_refused_in_telegrams_words(
    loose_em: server.Emulator, raw: RawClient, anna: Person, method: str, params: dict[str, Any], words: str
) -> None:
    assert (await raw.post("sendMessage", chat_id=1001, text="卡片"))["ok"]
    await anna.send("我的话")
    before = len(anna.messages())
    answer = await raw.post(method, **params)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert len(anna.messages()) == before


async def test_limits_themselves_are_allowed(loose_em: server.Emulator, raw: RawClient, anna: Person) -> None:
    assert (await raw.post("sendMessage", **message("好" * 4096)))["ok"]
    assert (await raw.post("sendMessage", **message("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")))["ok"]
    assert (await raw.post("sendMessage", **message(reply_markup=keyboard(callback_data="张" * 21 + "a"))))["ok"]
    assert (await raw.post("sendMessage", **message(reply_markup=keyboard(copy_text={"text": "x" * 256}))))["ok"]
    for action in ({"url": "https://a.b"}, {"web_app": {"url": "https://a.b"}}, {"switch_inline_query": ""}):
        assert (await raw.post("sendMessage", **message(reply_markup=keyboard(**action))))["ok"]
    assert spec_traffic.findings(loose_em.traffic) == []


async def test_all_three_forms_of_a_body_say_the_same(loose_em: server.Emulator, raw: RawClient, anna: Person) -> None:
    form = {
        "chat_id": "1001",
        "text": "你好 & <再见>",
        "reply_markup": '{"inline_keyboard":[[{"text":"按","callback_data":"a"}]]}',
    }
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in form.items():
        multipart.add_field(name, value)
    json = {**form, "chat_id": 1001, "reply_markup": keyboard(callback_data="a")}
    url = raw.root + "sendMessage"
    for sent in ({"data": form}, {"data": multipart}, {"json": json}, {"params": form}):
        async with raw.session.post(url, **sent) as answer:
            assert (await answer.json())["ok"]
        got = await anna.next_message()
        assert (got.text, got.buttons) == ("你好 & <再见>", [["按"]])


async def test_broken_utf8_and_broken_json_are_refused(loose_em: server.Emulator, raw: RawClient, anna: Person) -> None:
    url = raw.root + "sendMessage"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with raw.session.post(url, data=b"chat_id=1001&text=%ff%fe", headers=form) as answer:
        assert (await answer.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
    async with raw.session.post(url, data=b"{", headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == 400


async def test_wrong_tokens_and_methods_are_refused(loose_em: server.Emulator, raw: RawClient) -> None:
    async with raw.session.get(f"{loose_em.base_url}123:wrong/getMe") as answer:
        assert await answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    async with raw.session.get(f"{loose_em.base_url}nonsense/getMe") as answer:
        assert (await answer.json())["error_code"] == 404
    assert (await raw.post("sendMesage"))["description"] == "Not Found: method not found"
    assert (await raw.post("SENDMESSAGE", chat_id=5, text="x"))["description"] == "Bad Request: chat not found"


async def test_pictures_must_be_pictures(loose_em: server.Emulator, raw: RawClient, anna: Person) -> None:
    for content, words in ((b"no picture", "IMAGE_PROCESS_FAILED"), (b"", "file must be non-empty")):
        form = aiohttp.FormData({"chat_id": "1001"})
        form.add_field("photo", content, filename="a.png")
        async with raw.session.post(raw.root + "sendPhoto", data=form) as answer:
            assert (await answer.json())["description"] == f"Bad Request: {words}"


CHATS: list[Any] = [1001, "1001", 0, "nobody", None]
TEXTS: list[Any] = ["好", "", "<b>好</b>", "<b>好", "a < b", "<p>", "好" * 4096, "<i>" + "好" * 4097 + "</i>", 5, None]
MARKUPS: list[Any] = [
    None,
    {},
    "[",
    keyboard(callback_data="a"),
    keyboard(callback_data="a" * 65),
    keyboard(callback_data="a", url="https://a.b"),
    keyboard(),
    keyboard(copy_text={"text": "x" * 257}),
    keyboard(url="nonsense"),
    {"inline_keyboard": None},
    {"keyboard": [["今天", {"text": "电话", "request_contact": True}]]},
    {"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]},
    {"remove_keyboard": True, "more": 1},
    {"force_reply": True},
]


async def test_whatever_the_official_checker_calls_wrong_is_refused(
    loose_em: server.Emulator, raw: RawClient, anna: Person
) -> None:
    module = spec_traffic.require()
    wrong = 0
    modes = (None, "HTML", "RTF")
    for chat_id, text, parse_mode, markup in itertools.product(CHATS, TEXTS, modes, MARKUPS):
        given = {"chat_id": chat_id, "text": text, "parse_mode": parse_mode, "reply_markup": markup}
        params = {name: value for name, value in given.items() if value is not None}
        issues = [issue for issue in module.check_request("sendMessage", params) if issue.level == "error"]
        answer = await raw.post("sendMessage", **params)
        assert not (issues and answer["ok"]), (params, issues)
        wrong += bool(issues)
    assert wrong > 1_000


def test_methods_take_what_the_official_description_says() -> None:
    described = spec_traffic.require().spec().mfields
    unsupported = {"rich_message"}
    for name, method in METHODS.values():
        assert set(method.takes) == set(described[name]) - unsupported, name
        required = {field for field, entry in described[name].items() if entry["required"]}
        assert required <= set(method.required) | {"url"}, name

"""What is posted to a robot fits, says what it leaves out, and lets nobody's words be more than words."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.robots import dingtalk, feishu, fitting, markup, posting, wecom
from bot.robots.posting import Recipient
from crm import robot_addresses, robots
from crm.robot_addresses import AddressRefused
from handlers.say import esc

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
SERVICES = ("wecom", "dingtalk", "feishu")
LIMITS = {"wecom": 4096, "dingtalk": 20_000, "feishu": 20 * 1024}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)


def to(service: str, keyword: str | None = None, secret: str | None = None) -> Recipient:
    """A robot of the service."""
    return Recipient(1, service, "https://example.org", secret, keyword)


def size_of(service: str, body: dict[str, Any]) -> int:
    """The bytes that the service counts, counted anew."""
    if service == "wecom":
        return len(body["markdown"]["content"].encode())
    return len(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


def text_of(service: str, body: dict[str, Any]) -> str:
    """What people read."""
    if service == "feishu":
        post = body["content"]["post"]["zh_cn"]
        return "\n".join([post["title"], *(line[0]["text"] for line in post["content"])])
    return str(body["markdown"]["content" if service == "wecom" else "text"])


@pytest.mark.parametrize("service", SERVICES)
@given(texts=st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=1, max_size=4), times=st.integers(1, 60))
def test_whatever_is_said_fits(service: str, texts: list[list[str]], times: int) -> None:
    messages = [markup.lines("\n".join(f"<b>{esc(word)}</b>{esc(word) * times}" for word in text)) for text in texts]
    body, count = posting.put_together(to(service, keyword="日报"), messages)
    assert 1 <= count <= len(messages)
    assert size_of(service, feishu.signed(body, "x" * 22, NOW) if service == "feishu" else body) <= LIMITS[service]
    assert "日报" in json.dumps(body, ensure_ascii=False)


@pytest.mark.parametrize("service", SERVICES)
def test_a_long_message_is_cut_between_lines_and_says_how_many_are_left_out(service: str) -> None:
    html = "<b>日报</b>\n" + "\n".join(
        f"· 第{n}件事：给客户回电话并寄样品，约下周见面，{'。' * 20}" for n in range(500)
    )
    body, count = posting.put_together(to(service), [markup.lines(html)])
    lines = [line for line in text_of(service, body).split("\n") if line]
    assert count == 1
    assert lines[-1] == f"…还有 {500 - (len(lines) - 2)} 条"
    assert all(line.endswith("。" * 20) for line in lines[1:-1])
    assert size_of(service, body) > LIMITS[service] * 0.95


@pytest.mark.parametrize("service", SERVICES)
def test_a_single_line_that_is_too_long_is_begun(service: str) -> None:
    body, _ = posting.put_together(to(service), [markup.lines("客" * 30_000)])
    text = text_of(service, body)
    assert text.endswith("…")
    assert len(text) > 1000
    assert "\ufffd" not in text


def test_messages_that_fit_are_merged_and_the_others_wait() -> None:
    small, large = markup.lines("<b>一</b>\n二"), markup.lines("大" * 1360)
    body, count = posting.put_together(to("wecom"), [small, small, large])
    assert count == 2
    assert body["markdown"]["content"] == "**一**\n二\n————\n**一**\n二"


@pytest.mark.parametrize("service", SERVICES)
def test_what_people_typed_stays_text(service: str) -> None:
    typed = '<at user_id="all">所有人</at> <@all> **粗** [点我](http://a.b) `x` # 题 _斜_ \u202e反\u200b'
    body, _ = posting.put_together(to(service), [markup.lines(f"<b>日报</b>\n{esc(typed)}")])
    said = json.dumps(body, ensure_ascii=False)
    assert not set("<>[]`_#\u202e\u200b") & set(text_of(service, body))
    assert said.count("**") == (0 if service == "feishu" else 2), "only our own bold"


def test_dingtalk_is_signed_in_the_address_in_milliseconds() -> None:
    query = parse_qs(urlsplit(dingtalk.signed("https://x/robot/send?access_token=t", "SECx", NOW)).query)
    stamp = str(int(NOW.timestamp() * 1000))
    expected = base64.b64encode(hmac.new(b"SECx", f"{stamp}\nSECx".encode(), hashlib.sha256).digest()).decode()
    assert query == {"access_token": ["t"], "timestamp": [stamp], "sign": [expected]}


def test_feishu_is_signed_in_the_body_in_seconds_with_an_empty_message() -> None:
    body = feishu.signed({"msg_type": "post"}, "fs", NOW)
    stamp = str(int(NOW.timestamp()))
    expected = base64.b64encode(hmac.new(f"{stamp}\nfs".encode(), digestmod=hashlib.sha256).digest()).decode()
    assert (body["timestamp"], body["sign"]) == (stamp, expected)


def test_wecom_takes_pictures_of_two_megabytes() -> None:
    image = wecom.picture(b"\x89PNG")["image"]
    assert hashlib.md5(base64.b64decode(image["base64"]), usedforsecurity=False).hexdigest() == image["md5"]
    with pytest.raises(wecom.PictureTooLarge):
        wecom.picture(b"0" * ((2 << 20) + 1))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("keywords not in content, more: [https://ding-doc.dingtalk.com]", "keyword"),
        ("description:关键词不匹配;solution:请联系群管理员查看此机器人的关键词", "keyword"),
        ("sign not match, more: [https://ding-doc.dingtalk.com]", "signature"),
        ("description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中", "signature"),
        ("ip 1.2.3.4 not in whitelist", "ip"),
        ("invalid timestamp, more: [https://ding-doc.dingtalk.com]", "clock"),
        ("something new", "unknown"),
    ],
)
def test_dingtalk_says_one_number_for_all_refusals_of_security(words: str, fault: str) -> None:
    verdict = dingtalk.verdict(310000, words)
    assert (verdict.end, verdict.fault) == ("dead", fault)


@pytest.mark.parametrize(
    ("service", "code", "end"),
    [
        (wecom, 0, "sent"), (wecom, 93000, "dead"), (wecom, 45009, "wait"), (wecom, -1, "wait"),
        (wecom, 40058, "refused"),
        (dingtalk, 0, "sent"), (dingtalk, 300001, "dead"), (dingtalk, 130101, "wait"), (dingtalk, 410100, "wait"),
        (dingtalk, 400102, "dead"), (dingtalk, 430104, "refused"), (dingtalk, 7, "refused"),
        (feishu, 0, "sent"), (feishu, 19001, "dead"), (feishu, 19021, "dead"), (feishu, 19022, "dead"),
        (feishu, 19024, "dead"), (feishu, 11232, "wait"), (feishu, 9499, "refused"),
    ],
)  # fmt: skip
def test_answers_are_read(service: Any, code: int, end: str) -> None:
    assert service.verdict(code, "").end == end


@given(lines=st.lists(WORDS, min_size=1, max_size=20), limit=st.integers(200, 2000))
def test_what_is_left_out_is_counted(lines: list[str], limit: int) -> None:
    all_lines = [(markup.Run(line),) if line else () for line in lines]
    kept = fitting.cut(all_lines, lambda some: sum(len(markup.plain(line).encode()) + 1 for line in some), limit)
    note = markup.plain(kept[-1])
    if kept != all_lines and note.startswith("…还有 "):
        left = int(note.split()[1])
        assert left == sum(bool(line) for line in all_lines[len(kept) - 1 :])


@given(robot_id=st.integers(1, 10**9), hour=st.integers(0, 23), minute=st.sampled_from((0, 30)))
def test_digests_leave_off_the_full_and_the_half_hour(robot_id: int, hour: int, minute: int) -> None:
    at = NOW.replace(hour=hour, minute=minute, second=0)
    late = (robots.off_the_hour(robot_id, at) - at).total_seconds()
    assert 60 < late < 600


PIECES = st.sampled_from(
    ("https://", "http://", "oapi.dingtalk.com", "open.feishu.cn", "/robot/send?access_token=", "@", ":", "/", "a" * 20)
)


@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=8))
def test_any_text_is_an_address_or_a_named_error(pieces: list[str]) -> None:
    found = None
    with contextlib.suppress(AddressRefused):
        found = robot_addresses.find("".join(pieces))
    if found is not None:
        assert robot_addresses.check(found.address) == found.service


def test_addresses_and_secrets_are_in_no_representation() -> None:
    found = robot_addresses.find(f"一群 https://open.feishu.cn/open-apis/bot/v2/hook/{'a' * 36}?x=1")
    assert found.address == f"https://open.feishu.cn/open-apis/bot/v2/hook/{'a' * 36}"
    shown = f"{found!r} {robot_addresses.Security('s3cret')!r} {to('feishu', secret='s3cret')!r}"
    assert "aaaa" not in shown
    assert "s3cret" not in shown

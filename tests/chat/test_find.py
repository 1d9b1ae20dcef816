"""/c and /find: the whole card, choices, the nearest names, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, press_foreign, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

FULL = (
    "加客户 张伟 13911112222 上海宏达科技 采购总监 微信zhangwei88 zw@hd.com 农历八月十五生日 展会认识 "
    "交期太慢要投诉 下周三回访"
)
OTHERS = ("加客户 李娜 13911113333 杭州云栖网络", "加客户 李娜 13911114444 宁波海天贸易")


async def test_the_card_shows_everything_known_and_leaves_out_the_rest(office: Office) -> None:
    await said(office.rep, FULL)
    await said(office.rep, "/order 张伟 12000 M8螺栓")
    card = await said(office.rep, "/c 张伟")
    for part in (
        "139 1111 2222",
        "上海宏达科技 · 采购总监",
        "微信 zhangwei88",
        "zw@hd.com",
        "展会",
        "农历八月十五，下次 9月25日",
        "1 单，共 ¥12,000",
        "M8螺栓",
        "回访：下周三（3月25日）",
        "交期太慢",
        "首选联系方式",
        "成交",
    ):
        assert part in card.text
    for absent in ("None", "负责人", "不要联系"):
        assert absent not in card.text
    assert card.buttons[0] == ["记一笔", "提醒", "下单"]
    bare = await said(office.rep, OTHERS[0]) and await said(office.rep, "/c 李娜")
    for absent in ("🎂", "💬", "✉️", "⏰", "⚠️", "📝", "None"):
        assert absent not in bare.text
    assert "负责人：小李" in (await said(office.manager, "查 张伟")).text


@pytest.mark.parametrize(
    "query",
    [
        "查 张伟",
        "/find zw",
        "/find zhangwei",
        "/c 2222",
        "找 13911112222",
        "搜 宏达",
        "/find 上海宏达科技",
        "张伟",
        "尾号2222的是谁",
    ],
)
async def test_every_way_to_find(office: Office, query: str) -> None:
    await said(office.rep, FULL)
    await said(office.rep, OTHERS[0])
    assert "139 1111 2222" in (await said(office.rep, query)).text


async def test_several_hits_are_buttons_and_the_chosen_one_is_shown(office: Office) -> None:
    for line in OTHERS:
        await said(office.rep, line)
    hits = await said(office.rep, "查 李娜")
    assert sorted(labels(hits)) == ["李娜 宁波海天贸易", "李娜 杭州云栖网络"]
    card = await pressed(office.rep, hits, "李娜 宁波海天贸易")
    assert "139 1111 4444" in card.text


async def test_many_hits_come_in_pages(office: Office) -> None:
    for number in range(9):
        await said(office.rep, f"加客户 陈晨 1391111{number:04d} 上海宏达{'一二三四五六七八九'[number]}厂")
    hits = await said(office.rep, "查 陈晨")
    assert len(hits.buttons) == 8
    rest = await pressed(office.rep, hits, "更多")
    assert len(rest.buttons) == 2


async def test_nobody_found_offers_the_nearest(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13911113333")
    nearest = await said(office.rep, "查 王建中")
    assert "没找到" in nearest.text
    assert labels(nearest) == ["王建国"]
    assert "换个说法" in (await said(office.rep, "查 qqqq")).text
    assert "想查谁" in (await said(office.rep2, "/c")).text


@pytest.mark.parametrize(
    "query", ["查 <b>&", "查 😀", "查 138abc", "查 " + "长" * 300, "查 %", "/c 99999999999999999999"]
)
async def test_odd_queries_get_one_sentence(office: Office, query: str) -> None:
    await said(office.rep, FULL)
    assert "没找到" in (await said(office.rep, query)).text


async def test_foreign_customers_are_not_found(office: Office) -> None:
    card = await said(office.rep, FULL)
    for person in (office.rep2, office.outsider):
        for query in ("查 张伟", "/find 2222", "/find 13911112222", "/find zw"):
            answer = await said(person, query)
            assert "没找到" in answer.text
            assert answer.buttons == []
        own = await said(person, "加客户 孙丽 13711112222")
        refused = await press_foreign(person, own, "cs:1")
        assert "找不到这位客户" in refused.text
        assert "张伟" not in refused.text
    assert card.buttons


async def test_a_stranger_hears_one_sentence(office: Office) -> None:
    await said(office.rep, FULL)
    assert "只为受邀" in (await said(office.stranger, "查 张伟")).text


async def test_older_notes_and_the_way_back(office: Office) -> None:
    await said(office.rep, FULL)
    for number in range(8):
        await said(office.rep, f"记 张伟 第{number}次拜访")
    card = await said(office.rep, "/c 张伟")
    assert card.text.count("📝") == 3
    history = await pressed(office.rep, card, "更多")
    assert history.text.count("📝") == 6
    older = await pressed(office.rep, history, "更多")
    assert "交期太慢" in older.text
    assert "139 1111 2222" in (await pressed(office.rep, older, "返回")).text


async def test_a_note_from_the_card(office: Office) -> None:
    await said(office.rep, FULL)
    card = await said(office.rep, "/c 张伟")
    await office.rep.press(card, "记一笔")
    asked = await office.rep.next_message()
    assert "给 张伟 记什么" in asked.text
    assert "已记到 张伟" in (await said(office.rep, "李娜也在场")).text


async def test_a_group_sees_masked_data_only(office: Office) -> None:
    await said(office.rep, FULL)
    for line in OTHERS:
        await said(office.rep, line)
    await office.rep.send("/c@sales_helper_bot 张伟", chat=office.group)
    card = await office.rep.next_message(chat=office.group)
    assert "张*" in card.text
    assert "*******2222" in card.text
    for secret in ("张伟", "13911112222", "139 1111 2222", "zhangwei88", "zw@hd.com", "宏达", "交期"):
        assert secret not in card.text
    assert card.buttons == []
    await office.rep.send("/c@sales_helper_bot 李娜", chat=office.group)
    hits = await office.rep.next_message(chat=office.group)
    assert "李*" in hits.text
    assert "李娜" not in hits.text
    await office.rep2.send("/c@sales_helper_bot 张伟", chat=office.group)
    assert "没找到" in (await office.rep.next_message(chat=office.group)).text


DESCRIBED = (
    ("加客户 王强 13911115555 包头恒远矿业 采购经理", "王强"),
    ("加客户 陈晨 13911119999 东莞鹭岛服饰", "陈晨"),
    ("加客户 张伟 13911112222 上海宏达科技 采购总监 展会认识", "张伟"),
)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("包头那个搞矿的 电话多少", "王强"),
        ("/find 包头 矿", "王强"),
        ("查 采购 包头 矿业", "王强"),
        ("东莞那个卖衣服的", "陈晨"),
        ("/find 采购总监", "张伟"),
        ("/find 上海 采购", "张伟"),
        ("/find 展会", "张伟"),
    ],
)
async def test_who_is_described_by_town_trade_post_or_source_is_found(office: Office, query: str, name: str) -> None:
    for line, _ in DESCRIBED:
        await said(office.rep, line)
    assert name in (await said(office.rep, query)).text
    assert name in (await said(office.manager, query)).text
    assert "没找到" in (await said(office.rep2, query)).text


async def test_a_description_that_fits_several_offers_them_and_one_that_fits_nobody_none(office: Office) -> None:
    for line, _ in DESCRIBED:
        await said(office.rep, line)
    hits = await said(office.rep, "/find 采购")
    assert labels(hits) == ["张伟 上海宏达科技", "王强 包头恒远矿业"]
    card = await pressed(office.rep, hits, "王强 包头恒远矿业")
    assert "139 1111 5555" in card.text
    for query in ("/find 包头 服饰", "/find 包头 矿 总监", "/find 包头 矿 采购 经理", "/find 100% 矿"):
        assert "没找到" in (await said(office.rep, query)).text
    assert "没找到" in (await said(office.rep, "/order 包头 矿 5000")).text


async def test_many_who_are_described_come_in_pages(office: Office) -> None:
    for number in range(9):
        await said(office.rep, f"加客户 陈晨 1391111{number:04d} 包头{'金木水火土日月星辰'[number]}源矿业")
    hits = await said(office.rep, "/find 包头 矿")
    assert len([label for label in labels(hits) if "陈晨" in label]) == 7
    rest = await pressed(office.rep, hits, "更多")
    assert len([label for label in labels(rest) if "陈晨" in label]) == 2

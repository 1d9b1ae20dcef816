"""/audit, /erase and /held: who saw what, everything held of a customer, and its end."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import String, cast, delete, func, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from crm.database import Database
from crm.tables import AuditRow, Customer, StoredFile, Table
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import texts_of

NAME, PHONE, WECHAT = "欧阳密语", "13655556666", "mima_99"


async def known(office: Office) -> None:
    """All kinds of things that name him, some of them under way."""
    await talk.said(office.rep, f"加客户 {NAME} {PHONE} 上海密语 经理 微信 {WECHAT} 农历八月十五生日 展会认识")
    await talk.said(office.rep, f"记 {NAME} 投诉密室太小，很急，答应周五前寄样品")
    await talk.said(office.rep, f"订单 {NAME} 12000 螺栓")
    await talk.said(office.rep, f"提醒 明天上午9点 给{NAME}回电 {PHONE}")
    await talk.said(office.rep, f"欠款 {NAME} 5000 6月30日前")
    await office.rep.send(f"{NAME}的朋友说想买点东西，不知道是谁 13799990000")
    await office.rep.next_message()
    await talk.said(office.rep, "加客户 张三丰 13512345678")
    await office.at(office.now + timedelta(hours=1))


def mentions(database: Database, *words: str) -> dict[str, int]:
    """Table → rows in which any of the words stands, in any column."""

    def look(db: Session) -> dict[str, int]:
        found = {}
        for sheet in Table.metadata.sorted_tables:
            hits = sum(
                int(db.scalar(select(func.count()).where(cast(column, String).contains(word))) or 0)
                for column in sheet.columns
                for word in words
            )
            if hits:
                found[sheet.name] = hits
        return found

    return database.read_now(look)


async def test_erasing_leaves_nothing_anywhere_and_one_line_in_the_log(office: Office) -> None:
    await known(office)
    before = mentions(office.database, NAME, PHONE, WECHAT)
    assert {"customer", "customer_phone", "note", "task", "outbox", "inbox"} <= before.keys()
    refused = await talk.said(office.manager, f"抹除 {NAME}")
    assert "管理员" in refused.text
    assert "没找到" in (await talk.said(office.admin, "抹除 没这个人")).text
    page = await talk.said(office.admin, f"抹除 {NAME}")
    assert "不能恢复" in page.text
    assert "记录 1" in page.text
    assert "什么都没动" in (await talk.pressed(office.admin, page, "先不抹除")).text
    page = await talk.said(office.admin, f"/erase {NAME}")
    page = await talk.pressed(office.admin, page, "确认抹除")
    assert "已抹除" in page.text
    assert NAME not in page.text
    assert mentions(office.database, NAME, PHONE, WECHAT) == {}
    kept = office.database.read_now(lambda db: db.scalars(select(Customer.name)).all())
    assert kept == ["张三丰"]
    assert "管理员" in (await talk.said(office.rep, "/audit")).text
    await office.at(office.now + timedelta(days=1))
    assert not any(NAME in words for words in texts_of(office, office.rep)[-2:])
    log = await talk.said(office.admin, "操作记录")
    assert "抹除了客户：已抹除的客户" in log.text
    assert NAME not in log.text


async def test_what_is_held_is_one_file_and_the_asking_is_logged(office: Office) -> None:
    await known(office)
    await office.admin.send(f"持有数据 {NAME}")
    await office.idle()
    message = await office.admin.next_message()
    assert "的全部数据" in message["caption"]
    newest = select(StoredFile.content).order_by(StoredFile.file_id.desc()).limit(1)
    content = json.loads(office.database.read_now(lambda db: db.scalars(newest).one()))
    assert {"customer", "customer_phone", "note", "orders", "task", "account_entry"} <= content.keys()
    assert content["customer"][0]["wechat"] == WECHAT
    assert "管理员" in (await talk.said(office.rep, f"/held {NAME}")).text
    assert f"导出了持有的全部数据：{NAME}" in (await talk.said(office.admin, "/audit")).text
    assert "没找到" in (await talk.said(office.outsider, f"/held {NAME}")).text
    assert "✅" in (await talk.said(office.rep, f"{NAME}问我们持有数据多久")).text, "a note stays a note"


async def test_the_log_tells_who_looked_and_changed_and_is_never_changed_itself(office: Office) -> None:
    await known(office)
    await talk.said(office.rep, f"/c {NAME}")
    assert "看了" not in (await talk.said(office.admin, "操作记录")).text, "his own customer"
    for _ in range(3):
        await talk.said(office.manager, f"/c {NAME}")
    await talk.said(office.admin, "设置 早卡时间 9")
    await talk.said(office.admin, "/invite")
    page = await talk.said(office.admin, "审计")
    assert page.text.count("王主管 看了同事的客户：欧阳密语") == 1
    assert "赵姐 改了设置" in page.text
    for wrong in (update(AuditRow).values(detail="x"), delete(AuditRow)):
        with pytest.raises(DatabaseError, match="only added"):
            office.database.write_now(lambda db, wrong=wrong: db.execute(wrong))  # type: ignore[misc]  # bound here


async def test_two_of_one_name_and_firm_are_told_apart_before_one_is_erased(office: Office) -> None:
    for number in ("13800138001", "13800138002"):
        await talk.said(office.rep, f"加客户 张伟民 {number} 康美口腔")
    labels = " ".join(talk.labels(await talk.said(office.admin, "抹除 张伟民")))
    assert "尾号8001 小李" in labels
    assert "尾号8002 小李" in labels

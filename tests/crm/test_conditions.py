"""Customers by condition: sixty queries as people type them, each against the customers that a person would name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import conditions, customers, members, settings, teams
from crm.customers import Profile
from crm.database import Database
from crm.tables import Complaint, Customer, CustomerScore, CustomerSummary, Note, NoteTag, Order, Task
from nlp.conditions import NotUnderstood, looks_like, read, spoken
from scoring.tiers import Tier

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
TODAY = date(2026, 11, 28)
# name: industry, region, title, source, group, bought so many days ago, days with orders, total yuan, churn, noted so
# many days ago, made so many days ago, stage
PEOPLE = {
    "张伟": ("五金", "江苏苏州", "采购经理", "展会", "high_at_risk", 120, 12, 98000, 0.8, 40, 400, "won"),
    "李娜": ("塑料", "江苏无锡", "总经理", "老客户转介绍", "high_stable", 10, 30, 260000, 0.1, 2, 500, "won"),
    "王强": ("五金批发", "上海", "老板", "网络搜索", "low_at_risk", 200, 2, 3000, 0.7, 190, 300, "won"),
    "赵敏": ("餐饮", "江苏苏州", "店长", "扫楼", "low_stable", 20, 4, 8000, 0.2, 15, 200, "won"),
    "孙丽": ("机械", "浙江宁波", "采购", "展会", None, None, 0, 0, None, 5, 10, "interested"),
    "周杰": (None, None, None, None, None, None, 0, 0, None, None, 100, "lead"),
}
QUERIES = {
    "行业=五金": "张伟 王强",
    "行业：五金": "张伟 王强",
    "行业是五金": "张伟 王强",
    "行业＝五金": "张伟 王强",
    "行业 五金": "张伟 王强",
    "地区苏州": "张伟 赵敏",
    "江浙沪": "张伟 李娜 王强 赵敏 孙丽",
    "江浙沪的客户": "张伟 李娜 王强 赵敏 孙丽",
    "地区=浙江": "孙丽",
    "地区=浙江、上海": "王强 孙丽",
    "江苏 五金": "张伟",
    "华南或浙江": "孙丽",
    "江苏苏州": "张伟 赵敏",
    "姓王": "王强",
    "姓李的客户 高价值": "李娜",
    "姓张或姓赵": "张伟 赵敏",
    "价值高": "张伟 李娜",
    "行业=五金、塑料": "张伟 李娜 王强",
    "行业=五金或塑料": "张伟 李娜 王强",
    "行业=五金 价值=高": "张伟",
    "行业=五金,价值=高": "张伟",
    "行业=五金 且 价值=高": "张伟",
    "行业=五金 价值=高 90天未下单": "张伟",
    "行业=五金 价值=高 90天未下单 地区=苏州": "张伟",
    "行业!=五金": "李娜 赵敏 孙丽 周杰",
    "行业不是五金": "李娜 赵敏 孙丽 周杰",
    "不是 行业=五金": "李娜 赵敏 孙丽 周杰",
    "价值=高": "张伟 李娜",
    "高价值": "张伟 李娜",
    "高价值客户": "张伟 李娜",
    "低价值": "王强 赵敏",
    "高价值易流失": "张伟",
    "分组=高价值稳定": "李娜",
    "分组=易流失": "张伟 王强",
    "易流失的客户": "张伟 王强",
    "流失概率大于60%": "张伟 王强",
    "流失概率>=80%": "张伟",
    "高风险": "张伟 王强",
    "90天未下单": "张伟 王强",
    "90天没下单的": "张伟 王强",
    "三个月没下单": "张伟 王强",
    "半年没买东西": "王强",
    "超过150天没采购": "王强",
    "没下单超过90天": "张伟 王强",
    "近30天下过单": "李娜 赵敏",
    "最近一个月下单的客户": "李娜 赵敏",
    "没下过单": "孙丽 周杰",
    "下过单": "张伟 李娜 王强 赵敏",
    "老客户": "张伟 李娜 王强 赵敏",
    "30天没联系": "张伟 王强 周杰",
    "半年没跟进": "王强",
    "近7天有跟进": "李娜 孙丽",
    "新客户": "孙丽",
    "近15天新增": "孙丽",
    "消费5万以上": "张伟 李娜",
    "累计消费>=260000": "李娜",
    "消费1万以下 下过单": "王强 赵敏",
    "消费5000到10万": "张伟 赵敏",
    "下单3次以上": "张伟 李娜 赵敏",
    "下单次数>10": "张伟 李娜",
    "地区=苏州": "张伟 赵敏",
    "苏州的客户": "张伟 赵敏",
    "苏州的五金客户": "张伟",
    "地区=苏州、无锡 价值=高": "张伟 李娜",
    "地区是苏州或无锡": "张伟 李娜 赵敏",
    "职位=采购": "张伟 孙丽",
    "来源=展会": "张伟 孙丽",
    "来源=展会 没下过单": "孙丽",
    "阶段=意向": "孙丽",
    "线索": "周杰",
    "女客户": "李娜 赵敏",
    "本月生日": "张伟",
    "下月生日": "李娜",
    "未来7天生日": "张伟",
    "12月生日": "李娜",
    "有投诉": "赵敏",
    "无投诉 苏州": "张伟",
    "标签=价格": "王强",
    "买过=螺栓": "张伟",
    "有电话": "张伟",
    "没有电话 没微信 有行业": "李娜 王强 赵敏 孙丽",
    "没填行业": "周杰",
    "有欠款": "王强",
    "有待办": "孙丽",
    "不打扰": "周杰",
    "负责人=小李": "张伟 李娜 王强 赵敏 孙丽 周杰",
    "（行业=五金 或 行业=机械） 且 来源=展会": "张伟 孙丽",
    "行业=餐饮 或 价值=高": "张伟 李娜 赵敏",
    "找出苏州高价值的客户": "张伟",
    "帮我列一下90天没下单的高价值客户": "张伟",
}


def filled(database: Database) -> members.Actor:
    """A rep with the people above."""

    def fill(db: Session) -> members.Actor:
        admin = teams.found(db, 1, "赵姐", NOW)
        teams.join(db, admin.team_id, 2, "小李", "rep", NOW)
        rep = members.acting(db, 2, NOW)
        for name in PEOPLE:
            _add(db, rep, name)
        _more(db, rep)
        return rep

    return database.write_now(fill)


def _add(db: Session, rep: members.Actor, name: str) -> None:
    industry, region, title, source, group, bought, days, total, churn, noted, made, stage = PEOPLE[name]
    born = {"张伟": (Birthday("solar", 11, 30),), "李娜": (Birthday("lunar", 11, 11),)}.get(name, ())
    phones = ("13800138000",) if name == "张伟" else ()
    gender = {"李娜": "female", "赵敏": "female"}.get(name, "male")
    profile = Profile(
        name, phones, industry=industry, region=region, title=title, source=source, gender=gender, birthdays=born
    )
    row = customers.add(db, rep, profile, NOW - timedelta(days=made))
    row.stage, row.bad_payer, row.no_contact = stage, name == "王强", name == "周杰"
    values = {
        "value_group": group,
        "last_purchase_on": TODAY - timedelta(days=bought) if bought else None,
        "purchase_days": days,
        "total_fen": total * 100,
        "value_fen": total * 100,
        "churn_probability": churn,
        "last_note_at": NOW - timedelta(days=noted) if noted else None,
    }
    db.execute(update(CustomerSummary).where(CustomerSummary.customer_id == row.customer_id).values(values))


def _more(db: Session, rep: members.Actor) -> None:
    """A complaint, a tag, an order of a product, a task."""
    of = {row.name: row.customer_id for row in db.scalars(select(Customer))}
    told = [
        Note(team_id=rep.team_id, customer_id=of[name], author_id=rep.member_id, text="嫌贵", created_at=NOW)
        for name in ("赵敏", "王强")
    ]
    db.add_all(told)
    db.flush()
    mine = {"team_id": rep.team_id}
    db.add(Complaint(**mine, customer_id=of["赵敏"], note_id=told[0].note_id, opened_at=NOW))
    db.execute(update(CustomerSummary).where(CustomerSummary.customer_id == of["赵敏"]).values(open_complaints=1))
    tag = {"kind": "topic", "label": "price", "probability": 0.9, "created_at": NOW}
    db.add(NoteTag(**mine, note_id=told[1].note_id, customer_id=of["王强"], **tag))
    db.add(Order(**mine, customer_id=of["张伟"], ordered_on=TODAY, amount_fen=100, product="螺栓M8", created_at=NOW))
    who = {"assignee_id": rep.member_id, "created_by_id": rep.member_id}
    db.add(Task(**mine, customer_id=of["孙丽"], **who, kind="reminder", what="回访", due_at=NOW, created_at=NOW))


def named(database: Database, actor: members.Actor, typed: str) -> set[str]:
    found = database.read_now(lambda db: conditions.find(db, actor, read(typed), NOW, 50))
    assert found.total == len(found.customers)
    return {row.name for row in found.customers}


def test_sixty_queries_find_whom_a_person_would_name(any_database: Database) -> None:
    assert len(QUERIES) >= 60
    actor = filled(any_database)
    wrong = {}
    for typed, expected in QUERIES.items():
        found = named(any_database, actor, typed)
        if found != set(expected.split()):
            wrong[typed] = (spoken(read(typed)), found)
    assert wrong == {}


def test_tiers_are_the_teams_own(database: Database) -> None:
    actor = filled(database)

    def rank(db: Session) -> None:

        admin = members.acting(db, 1, NOW)
        settings.change(db, admin, "tiers", (Tier("铁杆"), Tier("银杆", 1, 1), Tier("金杆", 2, 2)))
        of = {row.name: row.customer_id for row in db.scalars(select(Customer))}
        for name, place in (("张伟", 2), ("李娜", 1), ("赵敏", 0)):
            db.add(CustomerScore(customer_id=of[name], team_id=actor.team_id, tier=place, made_at=NOW))

    database.write_now(rank)
    assert named(database, actor, "等级=金杆") == {"张伟"}
    assert named(database, actor, "会员 银杆、金杆") == {"张伟", "李娜"}
    assert named(database, actor, "级别=杆 且 性别=女") == {"李娜", "赵敏"}
    assert named(database, actor, "等级=钻石") == set()


def test_a_colleague_and_another_team_find_nobody(database: Database) -> None:
    filled(database)

    def others(db: Session) -> list[members.Actor]:
        teams.join(db, 1, 3, "小周", "rep", NOW)
        teams.found(db, 9, "老钱", NOW)
        return [members.acting(db, user_id, NOW) for user_id in (3, 9)]

    for actor in database.write_now(others):
        assert named(database, actor, "行业=五金") == set()


@pytest.mark.parametrize(
    ("typed", "word", "nearest"),
    [
        ("行叶=五金", "行叶=五金", "行业"),
        ("价值=超高", "超高", "高"),
        ("分组=高价值易流", "高价值易流", "高价值易流失"),
        ("90天未下单 有头诉", "有头诉", "有投诉"),
        ("阶段=报价单", "报价单", "报价"),
        ("没有微心", "没有微心", "没微信"),
        ("13月生日", "13月", "本月"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(typed: str, word: str, nearest: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        read(typed)
    assert error.value.word == word
    assert nearest in error.value.nearest


@pytest.mark.parametrize(
    "typed", ["", " ", "的", "（", "或", "且", "不是", "行业=", "=五金", "。。。", "（行业=五金", "x" * 5000, "9" * 300]
)
def test_what_is_no_condition_never_breaks(typed: str) -> None:
    try:
        assert spoken(read(typed))
    except NotUnderstood:
        assert looks_like(typed) in (True, False)


@pytest.mark.parametrize("typed", ["张伟", "王总", "zw", "8000", "上海美达", "李娜 采购"])
def test_names_are_no_conditions(typed: str) -> None:
    assert not looks_like(typed)

"""The customer shown last: what is typed next may mean him without naming him."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, mentioned, named, namesakes, sites
from crm.members import Actor
from crm.tables import Customer
from nlp import lazy, names, simplified
from nlp.reader import Known, questions, shop_remarks

SPOKEN = 4  # Chinese characters without which a text is no note of the customer shown last
_WOMAN = lazy.regex("[姐姨嫂婶妹]|女士|小姐|太太|老板娘")
_MAN = lazy.regex("[哥叔伯爷]|先生")
_COURTESIES = ("先生", "女士", "小姐", "太太", "哥", "姐")  # say nothing but the sex of who is entered so
_OF_ANY_TRADE = lazy.regex("老|[总哥姐]|先生|女士|小姐|太太|大哥|大姐|老板娘?|老师|叔|姨|阿姨")
_HAN = lazy.regex(r"[\u4e00-\u9fff]")
_OF_NOBODY = lazy.regex(
    r"\s*(?:今天|昨天|上午|下午|晚上)?\s*(?:散客|(?:美团|抖音|点评|团购|大众)[^，。\n]{0,8}?(?:来了|核销了?|卖了?)\s*[\d一二两三四五六七八九十几]+\s?[个位张单人])"
    "|[本这上]个?(?:周|星期|礼拜|月)总(?:收|支|销|额|数|量|计|成|回|业|利|毛|营|产|出|退|单)[一-鿿]?[。?？]?$"
)


def meant(db: Session, actor: Actor, text: str, touched: Collection[int]) -> Customer | None:
    """The customer shown last; None where the text is too short or names somebody else: the `touched` customers.

    What the shop took of many (美团团购来了6个 核销6张), and what is said of the shop itself, is not his, either.
    """
    if actor.current_customer_id is None or len(_HAN.findall(text)) < SPOKEN or _OF_NOBODY.match(text):
        return None
    if shop_remarks.is_told(text) or questions.is_of_anybody(text):
        return None
    if touched and actor.current_customer_id not in touched:
        return None  # it names others whom we know
    if not touched and mentioned.asks_of_colleague(db, actor, text):
        return None
    mine = (Customer.customer_id == actor.current_customer_id, customers.visible(actor))
    row = db.scalar(select(Customer).where(*mine))
    if row is None or sites.is_elsewhere(row, text):
        return None
    if (opening := _call_of(text, row.name)) is None:
        return None if named.another(text, row) else row
    return row if _may_be_called(row, opening) and _is_alone(db, actor, row, opening) else None


def beside(db: Session, actor: Actor, text: str) -> list[Customer]:
    """The customer shown last, where who the text opens with is named so loosely that it may mean him all the same."""
    shown_id = actor.current_customer_id
    return customers.find_many(db, actor, [shown_id]) if shown_id is not None and named.is_loosely(text) else []


def called(mine: Known, text: str) -> Known:
    """The customer whom the text may mean, known also by how it opens: 陈总 for 老陈."""
    opening = _call_of(text, mine.name)
    return replace(mine, nicknames=(*mine.nicknames, opening)) if opening else mine


def _call_of(text: str, name: str) -> str | None:
    """Who the text opens with; of that surname also what any words follow: 刘哥 of 刘哥交了定金."""
    head, family = text.lstrip(), namesakes.family_of(simplified.plain(name))
    calls = (head[:size] for size in (4, 3, 2)) if family else ()
    return named.opening(text) or next((call for call in calls if names.surname_addressed(call) == family), None)


def _may_be_called(row: Customer, call: str) -> bool:
    """Whether 陈总 may be the customer entered as 老陈, 刘哥 the one entered as 刘先生; 小陈 and 陈姐 are not.

    Whose full name is known is asked about once, and called so from then on (crm/nicknames.py).
    """
    family = names.surname_addressed(call)
    if family is None or call[0] in "小阿大":
        return False
    name = simplified.plain(row.name)
    is_courtesy = names.surname_addressed(name) == family and name.replace(family, "", 1) in _COURTESIES
    fits = is_courtesy and _OF_ANY_TRADE.fullmatch(call.replace(family, "", 1)) is not None
    if not (fits or name == f"老{family}"):
        return False
    told = "female" if _WOMAN.search(call) else "male" if _MAN.search(call) else None
    return told is None or told == (row.gender or "male")


def _is_alone(db: Session, actor: Actor, row: Customer, call: str) -> bool:
    return [one.customer_id for one in namesakes.of_surname(db, actor, call)] == [row.customer_id]

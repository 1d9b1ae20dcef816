"""Whom a sentence names, as far as that decides whose note it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from crm.tables import Customer
from nlp import channels, english_names, family_calls, firm_people, given_calls, lazy, names, opening_people, simplified
from nlp.customer_names import Named
from nlp.reader import firms, strangers

WHOLE = 3  # characters of a name that is hardly an ordinary word
_WITH = lazy.regex(
    "(?:[跟和给与同陪替帮请见找问约]|介绍了?|认识了?|拜访了?|联系了?|碰到了?|遇到了?|签[了的]|成交[了的]|[，。；,;]|[今昨]天)(?:(?:一下|过|了)(?=.))?"
)
_ENDING = ("刚", "来", "让", "在", "也")
_COMPLAINT = lazy.regex(r"\s*投诉[\s:：,，]+(?=\w)")
_APART = lazy.regex(r"\s*[一-鿿]{1,6}[\s,，]+(?P<who>[一-鿿]{2,4})[\s,，]")  # 群里面 何老师 美团券 4张
_PREDICATE = lazy.regex(
    "[^\u4e00-\u9fff]|今|昨|明天|后天|刚|上午|下午|早上|晚上"
    "|说|来|打|问|在|的|要|想|嫌|觉得|反映|投诉|抱怨|已|没|不|很|也|让"
)
_OF_FIRM = lazy.regex(
    "[一-鿿A-Za-z0-9]{2,10}(?:公司|集团|厂|模具|机械|五金|建材|商行|酒店|饭店|超市)的?(?P<who>[一-鿿]{2,4})"
)


def opening(text: str) -> str | None:
    """The person named at the very start of a sentence, or None.

    >>> opening("刘洋今天来电说想换供应商"), opening("今天下雨"), opening("Emma要3款样品")
    ('刘洋', None, 'Emma')
    >>> opening("小何让把合同发她邮箱"), opening("永兴机械厂老郑 要10个夹头")
    ('小何', '老郑')
    >>> opening("小天妈妈说老师很好"), opening("小天今天请假了"), opening("冯刚 13811110003 订了辆雅阁")
    ('小天妈妈', '小天', '冯刚')
    """
    if of_child := family_calls.named_in(text):
        return of_child
    complaint = _COMPLAINT.match(text)
    said = text[complaint.end() :] if complaint else text
    if (told := firm_people.told(said)) is not None:
        return told.person
    head = _PREDICATE.split(said.strip(), maxsplit=1)[0]
    if of_firm := _OF_FIRM.fullmatch(head):
        head = of_firm["who"]
    is_named = names.may_be_full_name(head) or names.is_address(head)
    if is_named:
        return head
    return _with_little_word(said.strip()) or given_calls.opening(said) or english_names.opening(said)


def newcomer(text: str) -> tuple[str | None, str | None]:
    """Who the sentence opens with and the firm that is told of him, both as typed; None each where none is.

    >>> newcomer("康泰牙科汤姐定了十盒蜡片"), newcomer("陳老師訂了十盒"), newcomer("订了十盒")
    (('汤姐', '康泰牙科'), ('陳老師', None), (None, None))
    """
    plain = simplified.plain(text)
    told, name = firm_people.told(plain), opening(plain) or strangers.named_in(plain)
    name = name if name and (names.looks_like_name(name) or given_calls.is_one(name)) else None
    firm = told.firm if told is not None and told.is_house else None
    return (simplified.as_typed(name, text) if name else None), (simplified.as_typed(firm, text) if firm else None)


def _with_little_word(said: str) -> str | None:
    """冯刚 and 许来 of 冯刚 138…, 许来说: the name ends in what else begins to tell."""
    sizes = (size for size in (3, 2) if said[size - 1 : size] in _ENDING and _PREDICATE.match(said[size:] or " "))
    return next((said[:size] for size in sizes if names.is_full_name(said[:size])), None)


def complains(text: str) -> bool:
    """True when the member says outright that it is a complaint: 投诉 王总 发货慢了三天."""
    return _COMPLAINT.match(text) is not None


def is_site_told(text: str) -> bool:
    """True where a site is told of, and nobody of it: 翠湖小区的标听说要延期. A hospital is a firm of its own."""
    told = firm_people.told(simplified.plain(text))
    return told is not None and told.person is None and firm_people.is_site(told.firm)


def is_loosely(text: str) -> bool:
    """True where the text opens with a house that buys or with a given name: the customer shown last may be meant.

    >>> is_loosely("三中食堂 大米50斤"), is_loosely("小美要糖浆 6瓶"), is_loosely("恒泰物业钱经理，门禁坏了")
    (True, True, False)
    """
    plain = simplified.plain(text)
    told = firm_people.told(plain)
    return told.buys if told is not None else given_calls.opening(plain) is not None


def another(text: str, current: Customer) -> bool:
    """Somebody is met, called or quoted who is not called as the customer shown last: 跟老孙吃饭, 他说要降价.

    So is who belongs to another firm, and that firm: 嘉禾卫生院的莫所长订了三箱, 人民医院口腔科说质量差.
    """
    text = simplified.plain(text)
    if (of_firm := firm_people.told(text)) is not None:
        return not _is_his_firm(of_firm, current)
    called = _forms(current.name, None, tuple(current.nicknames or ()), current.title or "")
    if (told := opening_people.told(text)) and told not in called:
        return True
    for after in _WITH.finditer(text):
        heads = [text[after.end() : after.end() + size] for size in (4, 3, 2)]
        words = [word for word in heads if names.is_address(word) or (len(word) > 2 and names.is_full_name(word))]
        if words and not any(word.lower() in called for word in words):
            return True
    if (teller := _SAID_SO.search(text)) and names.is_full_name(teller["who"]) and teller["who"] not in called:
        return True
    apart = _APART.match(text)
    return apart is not None and names.is_address(apart["who"]) and apart["who"] not in called


_SAID_SO = lazy.regex(r"\d[元块万]?[\s,，]+(?P<who>[一-鿿]{2,3})(?:说|讲|告诉我?)的[。！!]?\s*$")  # 恒达报3.8 丁洁说的


def _is_his_firm(told: firm_people.Told, customer: Customer) -> bool:
    """True for the customer himself or his firm; of who has no firm the name decides."""
    firm = simplified.plain(customer.company) if customer.company else None
    if firm is not None and not firms.same(told.firm, firm):
        return False
    called = _forms(customer.name, None, tuple(customer.nicknames or ()), customer.title or "")
    return told.person in called if told.person else firm is not None


def person_words(customer: Customer, text: str) -> str:
    """The longest words of the text that name the person, not the firm, or ''."""
    forms = _plain_forms(customer.name, None, tuple(customer.nicknames or ()), customer.title or "")
    return _longest_of((form for form in forms if len(form) > 1), text)


def firm_words(customer: Customer, text: str) -> str:
    """The longest words of the text that name the customer's firm, or ''; two characters alone may be any word."""
    forms = names.company_forms(customer.company) | {customer.company} if customer.company else set()
    longest = _longest(forms, text)
    return longest if len(longest) >= WHOLE or text.startswith(longest) else ""


def in_text(text: str, meant: Iterable[Customer], touched: Iterable[Customer] = ()) -> Named:
    """Whom a text names: of whom it is about, of others by their whole name, else of whom it opens with; and firms."""
    whose = list(meant)
    people = {person_words(customer, text) for customer in whose}
    people |= {_longest([customer.name], text) for customer in touched if len(customer.name) >= WHOLE}
    people.discard("")
    newcomer = opening(text) if not people else None
    firms = {firm_words(customer, text) for customer in whose} - {""}
    return Named(frozenset([newcomer] if newcomer else people) | channels.named_abroad(text), frozenset(firms))


def words_for(customer: Customer, text: str) -> str:
    """The longest words of the text that name the customer, or ''."""
    return _words(customer.name, customer.company, tuple(customer.nicknames or ()), customer.title or "", text)


@lru_cache(maxsize=256)  # several handlers of one message ask
def _words(name: str, company: str | None, nicknames: tuple[str, ...], title: str, text: str) -> str:
    return _longest_of(_plain_forms(name, company, nicknames, title), text)


def _longest(forms: Iterable[str], text: str) -> str:
    """The longest of the forms that the text holds, in either spelling, as it stands in the text; or ''."""
    return _longest_of(map(simplified.plain, forms), text)


def _longest_of(plain_forms: Iterable[str], text: str) -> str:
    """The same of forms in the plain spelling."""
    plain = simplified.plain(text)
    found = max((form for form in plain_forms if form in plain), key=len, default="")
    at = plain.find(found)
    return text[at : at + len(found)]


@lru_cache(maxsize=256)  # several handlers of one message ask
def _forms(name: str, company: str | None, nicknames: tuple[str, ...], title: str) -> frozenset[str]:
    name = simplified.plain(name)
    first = name.split()[0] if english_names.first_name(name) else name  # Mark, as it is typed
    return frozenset(names.name_keys(name, company, nicknames) | names.titled(name, title) | {name, first})


@lru_cache(maxsize=256)
def _plain_forms(name: str, company: str | None, nicknames: tuple[str, ...], title: str) -> tuple[str, ...]:
    return tuple(map(simplified.plain, _forms(name, company, nicknames, title)))

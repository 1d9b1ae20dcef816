"""Tasks for a colleague: 提醒小李明天联系程静, said by a manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, errands, members, tasks
from crm.customers import Origin
from crm.errands import Assignee, Request
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Member
from crm.tasks import Errand
from crm.understanding import Message, Understanding
from nlp import lazy, names, reader, when
from nlp.reader import Reading

_ORDER = "提醒|通知|叫|让|喊|派|安排|指派|吩咐|嘱咐|告诉|转告|交给|分给|催|@"
_OPENING = lazy.regex(rf"^(?:请|麻烦|劳烦|帮我|帮忙|给我|你|就|先|记得)*(?P<order>{_ORDER})?(?:一下)?[\s,，:：]*")
_GIVES = lazy.regex(  # 给小李小周各派一个任务 月底前把客户资料补齐
    "^(?:请|麻烦|帮我|你)*给(?P<who>[^,，。;；\\d]{2,20}?)(?:[一每两]个?人|各自?|分别|都)*"
    "(?:派|安排|布置|分配|交代|下|建|定|加)(?:一?[个件条项])?(?:任务|活儿?|待办|事儿?|工作)[,，:： ]+(?P<deed>.+)$"
)
_BID = "(?:请|麻烦|帮我|你|就|先)*"
_DEED = lazy.regex(  # what he is to do begins with it; 发的报价, 去年, 打折, 准备离职 and 处理得很及时 are news
    "(?:[去到](?!年|底|期|货)|给|联系|拜访|回访|走访|打电话|打个|打给|发(?![的了货])|催|回(?:复|电话?|个|一下)|整理(?!的)|处理(?!得)|送(?!的)"
    "|寄(?!的)|约|把|将|准备(?!离|跳|辞)|开会|参加|交)[^,，。;；!！?？]*$"
)
_HANDED_IN = lazy.regex(  # 海润的保养方案周一前给我看
    "[^,，。;；!！?？说讲问]{2,24}(?:给|[发交传拿](?:给|到)?)我(?:看看?|瞧瞧?|过目|审|一[下份]|这[里边])?[。!！]?"
)
_GAVE = (  # 派给小李 周四去常熟, 给小李安排：周五拜访, 跟小李说一声 明天去开会
    lazy.regex(rf"^{_BID}(?:派|安排|交代|布置|分配|分派|指派)给(?P<who>[^\s,，:：]{{2,12}})[\s,，:：]+(?P<deed>.+)$"),
    lazy.regex(
        rf"^{_BID}给(?P<who>[^\s,，:：]{{2,12}}?)(?:安排|布置|交代|派)(?:一?[个件条]|一下)?(?:任务|活儿?|事儿?|工作)?"
        r"[\s,，:：]+(?P<deed>.+)$"
    ),
    lazy.regex(rf"^{_BID}[跟和给向对](?P<who>[^\s,，:：]{{2,12}}?)[说讲]一?[声下][\s,，:：]*(?P<deed>.+)$"),
)
_CHASED = lazy.regex(  # 锡达8D催一下小李 明天给; 王强催一下小李 明天发货 is told of 王强
    r"^(?P<thing>[^\s,，。]{3,20}?)[催盯]一?下(?P<who>[^\s,，:：]{2,6})[\s,，]+"
    r"(?P<deed>[^,，。;；]{0,12}(?:给|发|回|交|寄|送)(?:一下|出来|过来|我|他|她)?)$"
)
_DEMAND = lazy.regex(  # 小李 沈丽报价怎么还没给我, 小李 把样品跟紧, 小李 报价今天必须回复: nothing else is told
    r"[^,，。;；!！]+(?:怎么还[没不][^,，。;；]{0,6}|(?<=.)必须(?:回复|回|给|发|交|办好|完成|处理|搞定)(?:出去|出来|给?我|他|她)?)"
    r"|把[^,，。;；]+(?:[跟盯]紧(?:一?点)?|[跟催]一?下|处理一?下|发给?我)"
)
_TOLD = lazy.regex(
    "了(?=$|[,，。;； !！?？])|过(?=$|[,，。;； ])|[到去来见开谈聊看做打送吃跑]过(?!来|去)|的(?=$|[。!！])"
    r"|得(?:不错|很|挺|还|可以|顺利|愉快)|说(?!一?[下声])|(?<![\s,，;；。去来再先])问(?!一?下)|反馈|表示|反映|没|[?？吗]"
)
_ANOTHER = lazy.regex("的|[总姐哥工董子]|老师|经理|主任|老板")  # 小周总 and 小李子 are other people
_MINE = lazy.regex("(?<![帮给替跟和陪等找发交传])我(?!们?的)|满意|高兴|被")  # 告诉小周我周五去, or what came of it
_NAMED_FIRST = lazy.regex(r"^@?[^\s,，:：]{2,8}[\s,，:：]")  # 小李 把样品跟紧
_MARKS = " \t,，:：、"


def read(db: Session, actor: Actor, message: Message, customer_id: int | None, now: datetime) -> Request:
    """The words after /remind, for the colleague whom they begin with, if they do.

    Raises: customers.CustomerNotFound
    """
    found = colleague(db, actor, message.text, now)
    if found is None:
        return errands.read(db, actor, message, customer_id, now)
    who, rest = found
    return _for(actor, who, errands.read(db, actor, replace(message, text=rest), customer_id, now))


def understood(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Request:
    """The free message that the reader took for a reminder."""
    found = colleague(db, actor, seen.text, now)
    if found is None:
        return errands.understood(actor, seen, now)
    who, rest = found
    return _for(actor, who, errands.read(db, actor, Message(rest, actor.user_id), None, now))


def given(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Understanding:
    """The understanding; 让小周周五去拜访李娜, which the reader takes for a note, is a reminder for the colleague."""
    if seen.action not in ("note", "unclear") or seen.question is not None or seen.line is not None:
        return seen
    local = actor.local(now)
    is_order = _is_order(as_order(seen.text, local), local)
    if not is_order and not (actor.sees_team and _is_demand(seen.text)):  # most notes: nobody is looked for
        return seen
    found = colleague(db, actor, seen.text, now)
    if found is None or (is_order and not _is_ordered(actor, found[1], now)):
        return seen
    parts = reader.tasks_in(seen.text, local)
    return replace(seen, reading=Reading("remind", note=seen.text, parts=parts), customer=None, candidates=[])


def _is_demand(text: str) -> bool:
    """小李 报价怎么还没给我: nothing but that follows the first word."""
    named = _NAMED_FIRST.match(text)
    return named is not None and _DEMAND.fullmatch(text[named.end() :].strip(_MARKS + "。!！?？")) is not None


def _is_ordered(actor: Actor, deed: str, now: datetime) -> bool:
    """The words behind the name are something to do: with a day, or, of a manager, plainly by their beginning."""
    if is_told_of(deed):
        return False
    local = actor.local(now)
    return (actor.sees_team and _is_plain(deed, local)) or reader.is_dated_deed(deed, local)


def _is_plain(deed: str, local: datetime) -> bool:
    """Behind its time, the words begin with something to do; or they are what is to be handed in to oneself."""
    return _DEED.match(_after_time(deed, local)[1]) is not None or _HANDED_IN.fullmatch(deed.strip()) is not None


def colleague(db: Session, actor: Actor, text: str, now: datetime) -> tuple[Assignee, str] | None:
    """The member named at the beginning and the words after the name; None for nobody, and where a customer is meant.

    A customer of exactly that name, and 小李的客户, are no colleague; oneself is named only by 叫小李 …, not by 小李 ….
    A time may stand before: 明天提醒小周 ….
    """
    local = actor.local(now)
    time, told = _after_time(as_order(text, local), local)
    opening = _OPENING.match(told)
    said = told[opening.end() :] if opening is not None else told
    is_order = opening is not None and opening["order"] is not None
    for member_id, name in members.who_begins(db, actor.team_id, said) if is_order or not time else ():
        rest = said.removeprefix(name).strip(_MARKS).removeprefix("你")
        is_meant = (member_id != actor.member_id or is_order) and _ANOTHER.match(rest) is None
        if is_meant and rest and not is_customer(db, actor, name):
            return Assignee(member_id, name), f"{time} {rest}".strip()
    return None


def as_order(text: str, local: datetime) -> str:
    """给小周派个任务 周五前交表 as 通知小周 周五前交表; any other text as it is.

    >>> now = datetime(2026, 3, 18, 10, 30)
    >>> as_order("给小李小周各派一个任务 月底前把资料补齐", now), as_order("给小周带了个礼物", now)
    ('通知小李小周 月底前把资料补齐', '给小周带了个礼物')
    >>> as_order("派给小李 周四去常熟", now), as_order("锡达8D催一下小李 明天给", now)
    ('通知小李 周四去常熟', '通知小李 锡达8D 明天给')
    >>> as_order("给小周安排 周五的酒店", now), as_order("王强催一下小李 明天给", now)
    ('给小周安排 周五的酒店', '王强催一下小李 明天给')
    """
    if found := _GIVES.match(text):
        return f"通知{found['who']} {found['deed']}"
    if found := next((match for pattern in _GAVE if (match := pattern.match(text))), None):
        return f"通知{found['who']} {found['deed']}" if _is_plain(found["deed"], local) else text
    found = _CHASED.match(text)
    if found is None or names.looks_like_name(found["thing"]):
        return text
    return f"通知{found['who']} {found['thing']} {found['deed']}"


def addressed(text: str, local: datetime) -> tuple[str, str, bool]:
    """The time with which the text begins, the words after that and after an order, and whether there is an order."""
    time, told = _after_time(text, local)
    opening = _OPENING.match(told)
    return time, told[opening.end() :] if opening is not None else told, _is_order(text, local)


def is_another(db: Session, actor: Actor, name: str, said: str) -> bool:
    """True where the words that begin with a member's name mean another: a customer called so, 小周总, 小李的客户."""
    rest = said.removeprefix(name).strip(_MARKS)
    return _ANOTHER.match(rest) is not None or is_customer(db, actor, name)


def is_told_of(words: str) -> bool:
    """True where the words behind a name tell what was done, or speak of oneself: nobody is given anything to do."""
    return _TOLD.search(words) is not None or _MINE.search(words) is not None


def _after_time(text: str, local: datetime) -> tuple[str, str]:
    """The time with which the text begins, '' without one, and the text behind it."""
    first = when.first(text, local)
    if first is None or first.span[0] > 0:
        return "", text
    return first.words.strip(), text[first.span[1] :].lstrip(_MARKS)


def _is_order(text: str, local: datetime) -> bool:
    opening = _OPENING.match(_after_time(text, local)[1])
    return opening is not None and opening["order"] is not None


def _for(actor: Actor, who: Assignee, request: Request) -> Request:
    """The request as the colleague's; of several customers his own is meant. What one tells oneself is one's own."""
    if who.member_id == actor.member_id:
        return request
    his = [row for row in request.candidates if row.owner_id == who.member_id]
    if len(his) == 1:
        request = replace(request, customer=his[0], candidates=())
    return replace(request, assignee=who)


def add(
    db: Session,
    actor: Actor,
    customer_id: int | None,
    assignee_id: int | None,
    todo: Todo,
    now: datetime,
    origin: Origin | None = None,
) -> tuple[Errand, Member | None]:
    """The reminder is the colleague's, who is returned too; the member's own where none is named.

    Raises: customers.CustomerNotFound; members.NotAllowed; tasks.TaskNotFound for a colleague who has left
    """
    errand = tasks.add(db, actor, customer_id, todo, now, origin)
    if assignee_id is None or assignee_id == actor.member_id:
        return errand, None
    actor.require("manager")
    member = _member(db, actor, assignee_id)
    if member is None:
        raise tasks.TaskNotFound(errand.task.task_id)
    errand.task.assignee_id = member.member_id
    return replace(errand, assignee=member.name), member


def find(db: Session, actor: Actor, member_id: int | None) -> Assignee | None:
    """The colleague of that id, if still there."""
    member = _member(db, actor, member_id) if member_id is not None else None
    return Assignee(member.member_id, member.name) if member is not None else None


def _member(db: Session, actor: Actor, member_id: int) -> Member | None:
    theirs = (Member.member_id == member_id, Member.team_id == actor.team_id, Member.left_at.is_(None))
    return db.scalar(select(Member).where(*theirs))


def is_customer(db: Session, actor: Actor, name: str) -> bool:
    """True when a customer whom the member sees has exactly that name."""
    named = select(Customer.customer_id).where(customers.visible(actor), Customer.name == name)
    return db.scalar(named.limit(1)) is not None

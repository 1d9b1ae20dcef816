"""What the rules say of a message, weighed against what labelled messages teach: one action, or a question."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from nlp import bereavement, lazy
from nlp.fields import money
from nlp.reader import (
    asked_ahead,
    chosen,
    cues,
    dated_chores,
    deals,
    doubt,
    endings,
    event_days,
    goods,
    kept,
    list_matters,
    no_price,
    orders,
    reminders,
    shop_remarks,
    slogans,
    sums,
    tasks,
)
from nlp.reader.reading import Action, Message, Reading
from nlp.routing import masking, model

SURE = 0.7  # a probability: below, the rep is asked
CONTRADICTED = 0.9  # … and from here on what the rules are sure of is not believed …
HARDLY, EVEN = 0.1, 0.5  # … nor is what is less probable than the one; below the other the rep is asked
LEAST, MOST = 0.1, 3  # the probability from which an action is an answer to offer; and how many are offered
SURE_OF_NOTE = 0.5  # the same for a note: nothing is lost with it, and it can be turned into anything else
MAY_BE_ORDER = 0.2  # the probability from which a note is asked about: a sum that is not counted is missed
_ORDERED = lazy.regex("(?i)(?:请|麻烦|帮我|记得)*(?:提醒|remind)")  # so a reminder begins
_MAY_CONTRADICT = ("note", "order", "remind")
WHICH_ACTION = ("note_or_order", "note_or_remind", "instruction", "question", "what_action")  # questions of the rules
_SAID = ("several", "impossible_date", "impossible_amount")
_SAID_OUTRIGHT, _A_COMMAND = 0.95, 0.3  # the confidence of 加客户 …, and of 撤销 …
_WORDS = lazy.regex(r"[^\d\s+()-]")
_LEFT_ALONE = lazy.regex("(?:不|别|不要|不再|不要再|别再)(?:打扰|联系)")
_BORN = lazy.regex("[日号初十一二三四五六七八九]生人$")
_TO_DO = lazy.regex("提醒|[叫喊让]我|记[得着住]|别忘|之?前|要|得|[把将]|闹钟|待办|完再|再|(?i:remind|todo)")
_OF_CUSTOMERS = lazy.regex("客户|谁|姓|叫|号|存|登记|录")
_SOUGHT = lazy.regex(r"[查看找翻](?:一?下|看|找)?\s*$")
_ASKS = lazy.regex(r"\s?(?:又|刚|今天|还|在|来|总|老|一直)*(?:问(?!题|过得|好)|打听|咨询)")
_HIS_PEOPLE = lazy.regex(
    "(?:换|招|请|来|走|开|辞|少|多)(?:了|掉了?)(?:一?[个位名]|一批|两个)(?:新的?)?(?:会计|财务|出纳|采购|店长|司机|文员|助理|前台|师傅|工人|厨师|老师|保安|仓管|业务|销售|经理|主管)"
    "(?!是|叫|为|当|做)"
)
_WORTH_ASKING = 100_00  # fen
_IN_VAIN = lazy.regex(
    "没(?:人)?(?:接|打通|通|联系上|找[到着]|见[到着]|等[到着]|碰[到上])|打不通|不接"
    "|再(?:整|打|试|弄|约|说|联系|搞)(?:一?[次下遍])?吧?[。! ]*$"
)
_ENDED = lazy.regex(  # 给他发对账单 is to be done
    "(?i)[了过完好妥掉毕讫成啦咯✅☑✔]|[寄发送交]出$|[销清]$|clear|搞定|结束|不用|不要|不必|甭|别|停|删|取消|撤|关|勾|划|已|清|done|ok|finish|over|complete|closed?"
    r"|sent|paid|called|^提交|提交(?:\s?100%)?$"
)
_COMPLAINS = lazy.regex(
    "投诉(?=[^?？吗哪谁]*$)(?!单|列表|清单|工单|记录|进[度展]|情况|结果|后续|处理|解决|原因|汇总|[有没过结了的]|多少|几|谁|哪|到哪|什么|是不是|怎)"
    "[一-鿿]{2}"
)  # 王芳投诉皮肤红肿 tells of one, 王芳投诉情况 asks for them
_A_CHORE = 4  # characters of a chore that is over: 好的 is none


def decided(reading: Reading, message: Message) -> Reading:
    """The reading by the rules where they are right, another action's where the words tell so, else a question."""
    if _is_settled(reading, message):
        return reading
    found = _weighed(reading, message)
    best, second = sorted(found, key=lambda action: -found[action])[:2]
    mine = model.kind(reading.action, None)
    doubtful = mine != "order" and best in _MAY_CONTRADICT and HARDLY <= found[mine] < EVEN
    is_ordered = _ORDERED.match(message.body) or (mine == "remind" and dated_chores.is_opened(message))
    if _is_sure(reading) and doubtful and not is_ordered:
        return _doubted(message)
    if _is_sure(reading) and (best == mine or (found[best] < CONTRADICTED and found[mine] >= HARDLY)):
        return reading
    if best == "note" and found["order"] >= MAY_BE_ORDER:
        return _asked(reading, message, ("note", "order"))
    if found[best] < (SURE_OF_NOTE if best == "note" else SURE):
        return reading if _is_harmless(reading, best, second) else _asked(reading, message, (best, second))
    if best == "unclear" or not _fits(best, reading, message):
        return reading
    if best == model.kind(reading.action, None) and reading.ask not in WHICH_ACTION:
        return reading
    other = chosen.as_action(_action(best, message), message)
    return other or (reading if reading.ask is None else _asked(reading, message, (best, second)))


def likely(reading: Reading, message: Message) -> tuple[Action, ...]:
    """The answers to what is meant, the likeliest first; none for 撤销 …, which no message does."""
    if _is_undoing(reading):
        return ()
    found = _weighed(reading, message)
    has_sum = sums.likely(message) or sums.only_parts(message) or money.is_foreign(message.body)
    if no_price.is_no_sale(message.body) or no_price.is_put_right(message.body) or not has_sum:
        found["order"] = 0.0
    ranked = sorted((name for name in found if name != "unclear"), key=lambda name: -found[name])
    return tuple(_action(name, message) for name in ranked[:MOST] if found[name] >= LEAST)


def _weighed(reading: Reading, message: Message) -> dict[str, float]:
    """Action → probability, by the words and by what the rules say."""
    found = model.fitted().probabilities(_masked(message), model.kind(reading.action, reading.ask))
    _pool(found, reading, message)
    return found


def _masked(message: Message) -> str:
    """The words that say what is asked for, without whose they are."""
    return masking.masked(message.body, message.who.words or masking.stranger(message.body), message.now)


def _is_sure(reading: Reading) -> bool:
    """True for anything but a note: such readings of everyday messages of unknown writers are right 94 times in 100."""
    return reading.ask is None and reading.action not in ("note", "unclear")


def _pool(found: dict[str, float], reading: Reading, message: Message) -> None:
    """What is no other action counts for what the rules found; with a number they know better whose it is."""
    is_note, body = reading.action == "note", message.body
    if is_note and reading.ask is None and _HIS_PEOPLE.search(body):
        _count_as(found, "update", "note")
    if is_note and message.who.words and _COMPLAINS.search(body):
        _count_as(found, "list", "note")
    if is_note and _is_no_order(message):
        _count_as(found, "order", "note")
    if reading.action != "order" and reminders.is_done_today(message):
        _count_as(found, "remind", "note")
    may_be_list = reading.action not in model.LISTS and found["list"] >= LEAST
    if may_be_list and not list_matters.are_named(model.fitted().list_asked(_masked(message)), body):
        _count_as(found, "list", "unclear")
    if reading.ask is not None or reading.action == "unclear":
        return
    mine = model.kind(reading.action, None)
    alike = ("unclear", *(("add_customer", "update") if message.contact and mine in ("add_customer", "update") else ()))
    for other in alike:
        if other != mine:
            _count_as(found, other, mine)


def _count_as(found: dict[str, float], other: str, mine: str) -> None:
    found[mine], found[other] = found[mine] + found[other], 0.0


def _is_no_order(message: Message) -> bool:
    """True without a sum, where words explain it away, and for goods that somebody only wants to give back."""
    without = not (orders.sum_of(message) or deals.amount(message) or money.is_foreign(message.body))
    without = without or no_price.is_no_sale(message.body)
    return without or bool(deals.explained(message)) or orders.is_return_wished(message)


def _is_harmless(reading: Reading, best: str, second: str) -> bool:
    """True for a note that may be the end of a task: its card offers to end it."""
    likely = best == "done" or {best, second} == {"note", "done"}
    return likely and reading.action == "note" and reading.ask is None


def _fits(best: str, reading: Reading, message: Message) -> bool:
    """False for what it cannot be: nobody's order, an order of a target, a question as a deed, a number's owner."""
    if best == "order" and reading.ask is None and deals.explained(message):
        return False
    if best == "done" and (endings.is_said(message.body) or shop_remarks.is_told(message.body)):
        return False
    if best == "done" and (_IN_VAIN.search(message.body) or not _ENDED.search(message.body)):
        return False
    if best == "remind" and asked_ahead.is_asked(message.body, message.now) and not cues.REMIND.search(message.body):
        return False
    if best == "remind" and slogans.is_told(message.body) and not message.who.known:
        return False
    if best == "remind" and cues.DID.search(message.body) and not _TO_DO.search(message.body):
        return False
    if best == "remind" and (_is_nobodys(message) or _tells_no_deed(message) or cues.TO_BE_TOLD.search(message.body)):
        return False
    if best == "find" and _asks_us(message):
        return False
    if message.contact and best in ("add_customer", "update") and reading.ask not in (None, *WHICH_ACTION):
        return False
    if reading.ask == "new_or_note" and best not in ("find", "add_customer"):
        return False  # somebody unknown is named: whoever was shown last is not meant
    if reading.ask == "question" and best not in ("find", "list", "note"):
        return False
    return not _is_of_nobody(reading, message) or _needs_nobody(best, reading, message)


def _is_settled(reading: Reading, message: Message) -> bool:
    """True for a command, a log, a long story, and what says outright that it is a note, a customer, a value of his,
    an undoing, a reminder that repeats."""
    outright = reading.action in ("add_customer", "update", "note") and reading.confidence >= _SAID_OUTRIGHT
    grave = reading.action == "note" and (_LEFT_ALONE.search(message.body) or bereavement.is_told(message.body))
    bare = message.contact and _WORDS.search(message.body.replace(message.who.words, "", 1)) is None
    born = reading.action == "update" and reading.ask is None and _BORN.search(message.body) is not None
    over = reading.action == "done" and cues.NO_MORE.search(message.body) is not None
    is_note = reading.action == "note" and reading.ask is None
    paid = is_note and any(one.is_told(message) for one in doubt.TOLD)
    told = over or paid or reading.reckoned is not None or _repeats(reading, message) or bool(grave) or bare or born
    said = outright or told or cues.NOTE.match(message.body) is not None or _is_undoing(reading)
    at_length = bool(reading.parts) or len(message.text) > masking.LONGEST
    return said or at_length or message.text.startswith("/") or reading.ask in _SAID


def _repeats(reading: Reading, message: Message) -> bool:
    """True for a reminder asked for outright that comes again."""
    again = reading.task_when is not None and reading.task_when.kind == "recur" and reading.ask is None
    return again and reading.action == "remind" and cues.REMIND.search(message.body) is not None


def _is_undoing(reading: Reading) -> bool:
    """True for a command to take back, move or hand over what is stored."""
    return reading.ask == "instruction" and reading.confidence <= _A_COMMAND


def _is_of_nobody(reading: Reading, message: Message) -> bool:
    who = message.who
    return reading.action == "unclear" and not (who.known or who.candidates or message.contact or message.current)


def _needs_nobody(best: str, reading: Reading, message: Message) -> bool:
    """True for what may be meant where no customer is named; a reminder then has its time."""
    if best == "find" and reading.ask == "question":
        return _OF_CUSTOMERS.search(message.body) is not None
    if best == "remind":
        return bool(tasks.ahead(message.body, message.now))
    return best in ("list", "find") or (best == "done" and len(message.body) >= _A_CHORE)


def _action(best: str, message: Message) -> Action:
    name = model.fitted().list_asked(_masked(message)) if best == "list" else best
    return next(action for action in get_args(Action) if action == name)


def _is_small_number(message: Message) -> bool:
    """True where the only number may be money and is small: 25 mins, 30天."""
    said = orders.sum_of(message) or deals.amount(message)
    return said is not None and said.score < money.MARKED and said.fen < _WORTH_ASKING


def _tells_no_deed(message: Message) -> bool:
    """True for 周三50件: what is to be done then is not said."""
    ahead = tasks.ahead(message.body, message.now)
    return bool(ahead) and goods.is_only_counted(tasks.what(message.body, ahead[0]))


def _asks_us(message: Message) -> bool:
    """True for 周杰问荔枝几号有: the customer asks, not the rep."""
    words = message.who.words
    at = message.body.find(words) if words else -1
    is_sought = at > 0 and _SOUGHT.search(message.body[:at]) is not None  # 查一下周杰问过什么
    return at >= 0 and not is_sought and _ASKS.match(message.body, at + len(words)) is not None


def _is_nobodys(message: Message) -> bool:
    """True where each day ahead is another's, the customer's own, or the rep's own evening."""
    body, ahead = message.body, tasks.ahead(message.body, message.now)
    is_his = event_days.is_his(body, message.who.words, ahead)
    return is_his or (bool(ahead) and all(kept.is_nobodys(body, one) for one in ahead))


def _is_off(message: Message) -> bool:
    """True where each day ahead is none of a task of ours: 喊我五一后再说."""
    ahead = tasks.ahead(message.body, message.now)
    return _is_nobodys(message) or (bool(ahead) and all(kept.is_put_off(message.body, one) for one in ahead))


def _asked(reading: Reading, message: Message, likely: tuple[str, str]) -> Reading:
    """The question between the two likeliest actions; what is known already comes with it."""
    if reading.ask is not None:
        return reading
    who, asked = message.who, _doubted(message)
    if "note" not in likely or who.known is None:
        return asked
    is_no_sale = "order" in likely and (_is_small_number(message) or deals.is_owed(message))
    if is_no_sale or ("remind" in likely and _is_off(message)):
        return reading
    if "order" in likely and (amount := sums.likely(message)):
        product = orders.product(message, amount)
        return replace(asked, action="note", ask="note_or_order", amount_fen=amount.fen, product=product)
    if "remind" in likely and (ahead := tasks.ahead(message.body, message.now)):
        day = tasks.due(message.body, ahead) or ahead[0]
        what = tasks.what(message.body, day) or message.text
        return replace(asked, action="note", ask="note_or_remind", task_what=what, task_when=day)
    return replace(asked, ask="question" if "find" in likely else "instruction")


def _doubted(message: Message) -> Reading:
    """The question what is meant."""
    candidates = (message.who.known,) if message.who.known else message.who.candidates
    return Reading("unclear", candidates=candidates, note=message.text, ask="what_action", confidence=0.4)

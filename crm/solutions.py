"""What a note says is over: the complaint of its customer, the task that was open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from crm import complaints, customers, deeds_done, task_words, tasks
from crm.complaints import Case
from crm.members import Actor
from crm.tables import Complaint, Customer, Task
from nlp import lazy
from nlp.tagger import Tags
from nlp.when import numerals

_SOLVED = lazy.regex(
    "(?:投诉|客诉|问题|售后|纠纷|毛病|故障).{0,10}?(?:解决了|解决好了|解决掉|已解决|处理好|处理完|处理掉|处理了|已处理|搞定"
    "|结案|了结|结了|结掉|关掉|关了|可以关|能关|摆平|妥善|好了)|(?:换货|返工|补发|赔付|维修).{0,6}(?:已经?完成|完成了|好了|搞定|到位)"
)
_DEALT = "(?:解决|处理|搞定|结案?)"
_NOT_YET = lazy.regex(
    "[没未](?!事|问题|意见|啥事|什么事|毛病)|还[要得是在有没]|不[满行好能]|[什怎]么|什么时候|何时|[吗?？]|要求|催|必须|尽快|希望|需要"
    "|才能|如果|等.{0,6}再|等[^,，。]{1,8}[了好完到][^,，。]{0,4}(?:可以|能|就)|[再还]观察|[再还]看看|又|仍|依旧|依然|照样|(?:但|可是|不过|只是).{0,6}还"
    "|一半|一部分|[还就]差|差[一点几两]"
    f"|(?<![很挺么够真太])快(?:要|能|会)?{_DEALT}|就(?:要|能|会){_DEALT}|(?:不用|不必|不需要|甭|别)再?(?:{_DEALT}|管)"
    f"|(?:{_DEALT}|好|完|掉)(?:好|完|掉)?了?(?:以?后|之后|再|[^,，。;；]{{0,4}}(?:才|就(?!是|好)))"
    f"|{_DEALT}了?[一两二三四五六七八九十半几好多\\d]+个?(?:天|日|周|星期|礼拜|月|小时|钟头|回|次|遍)"
)
_FINISHED = lazy.regex("[了完过妥](?=[，,。.；;!！\\s]|$)|已")
_NOT_DONE = lazy.regex("[没未]|还[要得没]|[吗?？]|明天|后天|下周|准备|打算|计划|记得|要(?:给|发|打|回)")
_OFF = lazy.regex(  # what was planned fell through, so it is not done
    "不(?:过)?[来去](?!电)|[来去过到]不[了成]|过不来|取消|爽约|鸽|泡汤|作废|黄了|不(?:试|看|做|约|见)了|改[期约到]|推迟|延期|临时有事"
)
_CLAUSE = lazy.regex(r"[\s,，。；;!！]+")
_ENDS = (  # what was planned, and how its end is told
    (
        lazy.regex("来|到店|上门|做|上[一-鿿]{0,2}课|体验|试|看|提|取|拍|见|签"),
        lazy.regex(
            "(?:今天|刚才?|上午|下午|已经?|也)*(?:(?:来(?!投诉|[退闹吵骂要催讨换维举找])|到)(?:店里?)?(?:做|试驾|试|看|上课|体验|取|提|拿|签|拍|剪|染|烫)?[一-鿿]{0,3}?"
            "|做|上|提|取|拿|签|拍|体验|试驾)(?:过|完|好|走)?了"
        ),
    ),
    (
        lazy.regex("电话|打给|联系|回访|回话|回电|问|通知|告诉"),
        lazy.regex(
            "(?:今天|刚才?|上午|下午|已经?|那边|也)*(?:电话)?(?:打|接|通|聊|联系|回访|问|通知)(?:过|完|通|上|到)?(?:电话)?了"
        ),
    ),
)
_OPEN_TASKS = (
    tasks.with_living_customer()
    .where(Task.customer_id == bindparam("customer_id"), Task.assignee_id == bindparam("member_id"), tasks.is_open())
    .order_by(Task.due_at, Task.task_id)
    .limit(tasks.LOOKED_AT)
)
_LATELY = "刚才?|今天|昨天|上午|下午|今早|昨晚|现在|这[下次回]|总算|终于|算是|彻底|圆满|顺利|完全|妥善"
_ALREADY = f"(?:{_LATELY}|已经?|都|也|全部?|[给帮被]|我们?|咱们?)*"
_OVER = (
    "(?:(?:解决|处理|关闭|结)(?:[好完掉妥]|妥当)?[了啦咯]|(?:解决|处理)[好完掉妥]"
    "|(?:搞定|摆平|了结|结案|办结|结掉|关掉)[了啦咯]?|关了|好了|没事了|已经?(?:解决|处理|关闭)"
    "|(?:可以|能)(?:结案?|了结|办结|关|撤)掉?[了啦咯])"
)
_CASE = "(?:投诉|客诉)的?[那这]?[个件]?(?:事情?儿?|问题|案子?|单子?)?"
_MATTER = f"(?:[的家]|那边|上次|之前|前几?天|今天|昨天|所有|[这那两几三][个件条起次])*{_CASE}"
_ONLY_THAT = lazy.regex(
    rf"[把将]?{_MATTER}[,，: ]?{_ALREADY}{_OVER}(?P<after>.*)"
    rf"|{_ALREADY}(?:(?:解决|处理|关闭|结)[好完掉妥]?了|(?:搞定|摆平|了结)了|已经?(?:解决|处理))了?{_MATTER}(?P<behind>.*)"
)
_COURTESY = lazy.regex("[吧啊哈哦呀啦咯呢的\\s。.!！~～,，、]*(?:谢谢|多谢|辛苦)?(?:您|你|大家|了|啦)*[。.!！~～\\s]*")


_TROUBLE = lazy.regex("问题|毛病|故障|投诉|客诉|售后|[坏漏卡破裂断松堵]|报错|死机|异常")
_MENDED = lazy.regex(
    "(?:已经?|都|也|全部?|现在|目前|终于|总算|今天|昨天|上午|下午|刚|[给帮][他她它]们?|我们|咱们?)*"
    "(?:(?:(?<=已)|(?<=经))(?:修|弄|调|换|搞|治|补|处理)[好妥通]|(?:修|弄|调|换|搞|治|补|处理)[好妥通]了|恢复正常了?|正常了|没问题了)[啦。!！~]*"
)
_CLAUSE_ENDS = lazy.regex(r"[\s,，。;；]+")
_CAUSE = lazy.regex("[没未](?!修|好|解|处|弄|搞|换|来|到|人|回|动|法|见|办|用|能|有)")
_PLEASED = lazy.regex(
    "(?<![不没])满意了|(?<![还的])没(?:有)?(?:什么|啥)?(?:事情?|事儿|问题)了(?=[吧啦哈,，。;；!！~\\s]|$)"
    "|[那这](?:个|件|事儿?|件事儿?|个事儿?|批|套|台)(?:已经?|也|都|现在|今天|算是?)*"
    "(?:[弄修搞补换调处理解决]*好|行|(?i:ok)|可以|搞定)了(?=[吧啦哈,，。;；!！~\\s]|$)|没(?:有)?意见了|不(?:再)?(?:生气|追究|计较|闹|投诉)了|消气了|气消了"
    "|(?:差评|投诉|举报)(?:已经?|也|都|自己|主动)*(?:删|撤|改|取消)(?:除|掉|回|销)?了|(?:删|撤|改)(?:除|掉|回|销)?了(?:差评|投诉|举报)"
)
_NOT_PLEASED = lazy.regex(
    "还[没不要是在]|[没未](?:有)?(?:满意|删|撤|改)|[吗?？]|怎么|要求|催|必须|希望|如果|等|才|就(?!是)|又|仍|但|可是|不过|想让|要我"
)


def is_pleased(text: str) -> bool:
    """True when the text says that the customer holds nothing against us any more: whether a case is over is asked.

    >>> is_pleased("高明满意了"), is_pleased("差评删了，送了她一次护理"), is_pleased("他还没满意")
    (True, True, False)
    >>> is_pleased("铣刀到了 没事了"), is_pleased("吴老板那个好了"), is_pleased("那个好了他才付款")
    (True, True, False)
    """
    return _PLEASED.search(text) is not None and _NOT_PLEASED.search(text) is None


def is_solved(text: str) -> bool:
    """True when the text says that a complaint or a problem is over.

    >>> is_solved("滑牙的问题已经处理好了，很满意"), is_solved("投诉的问题还没解决"), is_solved("要求解决滑牙的问题")
    (True, False, False)
    """
    return (_SOLVED.search(text) is not None and _NOT_YET.search(text) is None) or _is_mended(text)


def _is_mended(text: str) -> bool:
    """A trouble is told, and its last clause that it is mended; that something was missing (索引没建) was its cause."""
    last = [clause for clause in _CLAUSE_ENDS.split(text.rstrip("。!！~ ")) if clause][-1:]
    if not last or _MENDED.fullmatch(last[0]) is None or _TROUBLE.search(text) is None:
        return False
    return _NOT_YET.search(_CAUSE.sub("", text.replace("没问题了", ""))) is None


_EVERY = lazy.regex(
    "(?:[两二三四五2-5]|几|全部|所有|这些)[个件条]?(?:的)?(?:投诉|客诉)|(?:投诉|客诉)(?:也|就)?(?:都|全部?)"
)


def is_of_all(text: str) -> bool:
    """True where several complaints are told to be over: 两个投诉都结掉."""
    return _EVERY.search(text) is not None and is_solved(text)


def tells_of_open(db: Session, actor: Actor, customer_id: int, text: str) -> bool:
    """True where the text tells that an open case of the customer is over, whatever else it tells."""
    is_told = is_pleased(text) or (is_solved(text) and _OF_CASE.search(text) is not None)
    return is_told and bool(open_of(db, actor, customer_id, 1))


_OF_CASE = lazy.regex("投诉|客诉")
_OF_CASE_OVER = lazy.regex(rf"{_CASE}[,，: ]?{_ALREADY}{_OVER}|{_CASE}.{{0,4}}(?:结案|了结)")


def is_of_case(text: str) -> bool:
    """True where the text says outright that the complaint is over, whatever else it tells.

    >>> is_of_case("孙丽的投诉解决了 换了一批货给她"), is_of_case("孙丽的问题解决了"), is_of_case("孙丽的投诉都解决了")
    (True, False, False)
    """
    plain = numerals.plain(text)
    return _OF_CASE_OVER.search(plain) is not None and is_solved(plain) and not is_of_all(plain)


def only_case_ended(db: Session, actor: Actor, customer_id: int, text: str) -> Case | None:
    """The customer's only open case where the text says outright that it is over."""
    if not is_of_case(text):
        return None
    found = open_of(db, actor, customer_id, 2)
    return found[0] if len(found) == 1 else None


def is_only_that(text: str, name: str) -> bool:
    """True for 朱杰的投诉解决了: that it is over, and nothing that a note would keep.

    >>> is_only_that("朱杰的投诉解决了", "朱杰"), is_only_that("朱杰的投诉解决了一半", "朱杰")
    (True, False)
    """
    told = _ONLY_THAT.fullmatch(text.replace(name, "", 1).strip())
    return told is not None and _COURTESY.fullmatch(told["after"] or told["behind"] or "") is not None


def without_complaint(text: str, said: Tags | None) -> Tags | None:
    """The tags of a note; one that tells of a solution opens no case."""
    if said is None or "complaint" not in said.intents or not is_solved(text):
        return said
    return replace(said, intents=tuple(label for label in said.intents if label != "complaint"))


def open_of(db: Session, actor: Actor, customer_id: int, limit: int = 6) -> list[Case]:
    """The customer's open cases, the oldest first."""
    mine = complaints.cases(actor).where(Complaint.customer_id == customer_id, Complaint.closed_at.is_(None))
    return [Case(*row) for row in db.execute(mine.order_by(Complaint.opened_at, Complaint.complaint_id).limit(limit))]


def count_urgent(db: Session, actor: Actor) -> int:
    """How many of the open cases the member may see are urgent."""
    mine = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), Complaint.urgent.is_(True))
    joined = select(func.count()).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    return db.scalar(joined.where(*mine, customers.visible(actor))) or 0


def finished(db: Session, actor: Actor, customer: Customer, text: str, now: datetime) -> Task | None:
    """The one open task of the customer that the text says is done; None when none or several could be meant.

    Where none is named, the one of today or before that 来了 or 打过了 tells the end of.
    """
    if _OFF.search(text) is not None:
        return None
    told, is_outright = deeds_done.told(text.replace(customer.name, " ")), deeds_done.is_outright(text)
    is_open = _NOT_DONE.search(text) is not None or deeds_done.is_half(text)
    is_finished = _FINISHED.search(text) is not None and not is_open
    if not (is_finished or is_outright or any(one.is_true for one in told)):
        return None
    rows = db.execute(_OPEN_TASKS, {"customer_id": customer.customer_id, "member_id": actor.member_id})
    errands = [tasks.Errand(*row) for row in rows]
    deeds = [one for one in errands if deeds_done.is_of(told, one.task.what.replace(customer.name, " "))]
    if len(deeds) == 1 or (len(errands) == 1 and is_outright):
        return (deeds or errands)[0].task
    if not is_finished:
        return None
    found = task_words.matching(errands, text, customer.customer_id)
    if len(found) == 1 and _is_meant(found[0], text):
        return found[0].task
    due = [one for one in errands if actor.local(one.task.due_at).date() <= actor.today(now)]
    ended = [one for one in due if _is_ended(one, text)]
    return ended[0].task if len(ended) == 1 and not ended[0].task.recurrence else None


def _is_ended(errand: tasks.Errand, text: str) -> bool:
    """True for 来了 of who was to come, 打过了 of who was to be called: the first clause says so, and no more."""
    name = errand.customer.name if errand.customer else ""
    said = _CLAUSE.split(text.strip())[0].replace(name, "", 1).strip() if name and name in text else ""
    what = errand.task.what.replace(name, " ")
    if re.search("[不没未想要]", said):
        return False  # 来不了了
    return any(ended.fullmatch(said) and planned.search(what) for planned, ended in _ENDS)


def _is_meant(errand: tasks.Errand, text: str) -> bool:
    """Two neighbouring characters of what was to be done are in the text: 报价, 电话."""
    name = errand.customer.name if errand.customer else ""
    what = re.sub(r"[给跟和向找把的\W]", " ", errand.task.what.replace(name, " "))
    told = text.replace(name, " ")
    return any(pair in told for pair in (what[at : at + 2] for at in range(len(what) - 1)) if " " not in pair)

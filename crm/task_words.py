"""Which open tasks words speak of: 周报交了 finds 交周报."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rapidfuzz import fuzz

from crm import task_names
from crm.members import Actor
from crm.tasks import Errand
from nlp import lazy, when

ALIKE = 60  # of 100: 周报交了 finds 交周报, 合同寄出去了 does not find 回电话
FAR = 25  # below the likeliest: not what is meant
_ALL_DONE = lazy.regex("[都全已经也了的就完好妥成掉]|[办做搞弄处理]|事情?|任务|[\\s,，。!！]")


def matching(open_tasks: Sequence[Errand], words: str, customer_id: int | None) -> list[Errand]:
    """The tasks that the words speak of, the likeliest first; one alone when it is clearly meant."""
    if customer_id is None and not _ALL_DONE.sub("", words):
        return []  # 都办完了 names none
    scored = [(_alike(errand, words, customer_id), errand) for errand in open_tasks]
    ranked = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] >= 15:
        ranked = ranked[:1]
    found = [errand for score, errand in ranked if ranked[0][0] - score < FAR]
    later = {errand.task.next_task_id for errand in found}
    return [errand for errand in found if errand.task.task_id not in later]  # of a repetition the one that is due


def _alike(errand: Errand, words: str, customer_id: int | None) -> float:
    """0 … 115: shared characters in any order, and the customer named."""
    name = errand.customer.name if errand.customer is not None else ""
    words, what = (text.replace(name, "") if name else text for text in (words, errand.task.what))
    told, wanted = ({char for char in text if char.isalnum()} for text in (words, what))
    shared = 100 * len(told & wanted) / max(1, min(len(told), len(wanted)))
    score = max(shared, fuzz.partial_ratio(words, what)) if told and wanted else 0.0
    if customer_id is not None:
        return score * 0.5 + 65 if errand.task.customer_id == customer_id else score * 0.5
    return score


MOST = 6  # tasks that one sentence ends
_EVERY = lazy.regex(
    "(?P<which>.*?)(?:都|全部?|所有)+(?:已经?)?(?:完成|搞定|[做办弄跑见看打发送]完|办好|做好)了?[吧啊。!！ ]*$"
)


def every(open_tasks: Sequence[Errand], text: str, actor: Actor, now: datetime) -> list[Errand]:
    """今天的带看都完成了: all tasks of the day and kind that are named; [] where either is not, or there are many."""
    told = _EVERY.match(text)
    day = when.first(told["which"], actor.local(now)) if told is not None else None
    if told is None or day is None or day.on is None or day.on > actor.today(now):
        return []
    kind = _FILLERS.sub("", told["which"].replace(day.words, ""))
    found = [
        one
        for one in open_tasks
        if actor.local(one.task.due_at).date() == day.on
        and kind
        and (kind in one.task.what or task_names.is_alike(kind, one))
    ]
    return found if len(found) <= MOST else []


_FILLERS = lazy.regex("[那这][个条件边些]?|今天|昨天|刚刚?|刚才|上午|下午|客户|我|他|她|的|给|跟|和|把|在|去|吧|啊|呢")


def names_it(errand: Errand, words: str) -> bool:
    """False where the words tell of another deed than the task: 对账单发了 is no visit. A customer alone names his one.

    So do words whose neighbouring characters the task holds, and a kind of task.
    """
    name, what = errand.customer.name if errand.customer is not None else "", errand.task.what
    told = _FILLERS.sub("", _ALL_DONE.sub("", words.replace(name, " ") if name else words)).strip()
    if not told or task_names.is_alike(told, errand):
        return True
    return any(told[at : at + 2] in what for at in range(len(told) - 1))

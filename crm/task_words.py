"""Which open tasks words speak of: 周报交了 finds 交周报."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from crm.tasks import Errand
from nlp import lazy

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

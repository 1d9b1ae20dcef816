"""Questions about a day to come (周日看房钥匙找谁拿), which are no reminders."""

from datetime import datetime

from nlp import lazy
from nlp.reader import several_tasks

_ASKED = lazy.regex(  # 周日看房钥匙找谁拿; 去问谁签收 and 问他要什么 are deeds
    "(?<!问)(?<!查)(?:找谁|给谁|跟谁|谁[来去拿给做管]|干嘛|干啥|做什么|有什么|有啥|什么时候|几点[开到来去]|在哪[里儿]?|怎么[办走去弄])[呢啊呀]?"
    "(?=$|[?？。!！])|[?？]$|谁[拿发]?$|要给谁"
    "|(?:哪[些位]|哪?几[个家位单件]|多少)(?:客户|人|家长|钱|单)?[呢啊呀]?$"  # 清明前要催的款有哪些
)
_EACH = lazy.regex(  # 这周收款 按人: a figure
    "^[^,，。;；给跟和把将]{2,10}[ ,，]按(?:人|销售|业务员|顾问|客户|产品|课程|部门)(?:看|分|统计)?$"
)
_TO_FIND_OUT = lazy.regex("[问查]|看看|看一?下|确认|打听|了解|核实|商量|讨论")
_CLAUSE_END = lazy.regex(r"[\s,，。;；]+")


def is_asked(text: str, now: datetime) -> bool:
    """True for a question; False where to find it out is what is to be done, or a deed with its day is told before.

    >>> now = datetime(2026, 3, 18, 10)
    >>> is_asked("周日看房钥匙找谁拿", now), is_asked("明天查一下货在哪里", now)
    (True, False)
    >>> is_asked("明天约孙丽吃饭 地点在哪", now)
    False
    """
    asked = _ASKED.search(text)
    if asked is None:
        return _EACH.match(text) is not None
    marks = [mark.end() for mark in _CLAUSE_END.finditer(text, 0, asked.start())]
    begin = marks[-1] if marks else 0
    if _TO_FIND_OUT.search(text, begin, asked.start()):
        return False
    return not several_tasks.is_dated_deed(text[:begin], now)

"""A tale told in one breath: 今天见了刘总他说轴承要五百套下周二之前给他报价然后月底付款."""

from nlp import lazy
from nlp.reader import cues
from nlp.when import When

_CAME = lazy.regex(
    "[我刚就]*(?:今天|今日)(?:去|到|在|跑|逛|参加)[^。]{0,24}(?:认识|碰到|碰上|遇到|遇上|加了|聊了|见了|见到|见过|拜访了|结识|拿到|收到|换了|捡)|[我刚就]*(?:今天|今日)[^,，。]{0,12}(?:见了|见到|见过|聊了|到店|来了|来的|进店|碰|遇|认识|加了|展会|扫楼|陌拜|新|拜访了|咨询)"
)
_RUN_ON = lazy.regex(r"[^\s,，。;；]{5,}$")
_NEXT = lazy.regex(r"[\s,，。;；]|然后|还有|[他她](?=[一-鿿]{0,3}(?:今年|最近|刚|说|要|想|儿子|女儿|老婆|老公))")


def is_arrival(body: str, expression: When) -> bool:
    """True for the day of 今天到店一个客人, 今天下午见了: that is how he came, no day of ours."""
    came = _CAME.match(body)
    return came is not None and (expression.kind == "date" or expression.span[0] < came.end())


def deed(before: str, after: str) -> str | None:
    """What is to be done on a day amid a long clause: 给他报价; None where the clause is short or no deed follows."""
    if not _RUN_ON.search(before) or not cues.VERB_FIRST.match(after):
        return None
    return _NEXT.split(after.strip())[0]

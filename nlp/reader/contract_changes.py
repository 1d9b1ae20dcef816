"""What is added to a contract that stands, taken off it, or is its sum now: 减项1500, 合同12160加680 现在12840.

Whether there is an order that it may be of, and which, decides who knows the orders; it is always asked.
"""

from __future__ import annotations

from datetime import datetime

from nlp import lazy, when
from nlp.reader import cues, owed
from nlp.reader.order_values import Right
from nlp.when import numerals

_LONGEST = 60  # characters; a longer message tells a story
_SUM = owed.SUM
_GAP = f"[^,，。;；{_SUM}]"
_TOLD = lazy.regex("[加减增变改调]")  # stands in each of them
_WHOLE = "(?:现在|一共|总共|合计|总价|就是|等于|变成|改成|成了|=)"
_RECKONED = lazy.regex(  # 合同12160加680 现在12840
    f"(?P<was>{_SUM}){_GAP}{{0,6}}(?P<sign>[加增减扣])(?:了|上|掉|去)*{_GAP}{{0,6}}(?P<by>{_SUM})[ ,，]*{_WHOLE}"
    f"(?:是|了|[ :])*(?P<now>{_SUM})"
)
_BECAME = lazy.regex(  # 打9折 36800变33120
    f"(?P<was>{_SUM})(?:块钱?|元|[ ,，])*(?:打[\\d.一二三四五六七八九]{{1,3}}折[ ,，]*)?"
    f"(?:变|改|调)(?:成|到|为)?了?[ ]?(?P<now>{_SUM})"
)
_OF_CONTRACT = lazy.regex(  # 合同改成86000, 订单加3200 改成49000
    f"(?:合同|订单)(?:总?价款?|总?额|金额|款)?(?:(?P<sign>[加减])(?:了)?(?P<by>{_SUM})[ ,，]*)?"
    f"(?:改|变|调整?|更正)(?:成|为|到)了?(?P<now>{_SUM})"
)
_LESS = lazy.regex(
    f"(?:减项|减配|(?:不做|不要|去掉|取消|少做)[^。;；{_SUM}]{{0,8}}减)(?:了|掉|去|[ :])*{_GAP}{{0,4}}(?P<by>{_SUM})"
)
_MORE = lazy.regex(
    f"(?:增项|加项|变更单)(?:了|[ :+])*{_GAP}{{0,4}}(?P<by>{_SUM})"
    r"|加(?:了|做|装)?[一两二三四五六七八九十\d]{1,2}[个扇组套米块张台面]"
    f"{_GAP}{{1,8}}[ ,，]+(?:再|另|多|要|一共)*加(?:了|[ ])*(?P<also>{_SUM})"
)
_DOUBTS = lazy.regex(
    "[?？吗]|多少|能不能|可不可以|报价|报了|预算|估|如果|要是|想(?!起)|对手|同行|别家|定金|订金|尾款|首款|[欠收付退]"
)
_LEAST = 100_00  # fen: 订单改成12箱


def told(text: str, now: datetime, called: str = "") -> Right | None:
    """What the words make of a contract that stands; None where they tell of none.

    >>> now = datetime(2026, 3, 18, 10)
    >>> told("黄太太合同12160加680 现在12840", now, "黄太太").fen, told("吴姐减项1500", now, "吴姐").by_fen
    (1284000, -150000)
    >>> told("黄太太买了柜子 12840", now, "黄太太")
    """
    if not _TOLD.search(text):
        return None
    plain = numerals.plain(text).strip()
    if len(plain) > _LONGEST or cues.NOTE.match(plain) or _DOUBTS.search(plain):
        return None
    signs, sums = owed.signs(plain, called, when.find(plain, now))
    if not sums or min(sums.values()) < _LEAST:
        return None
    if (found := _RECKONED.search(signs)) is not None:
        was, by, becomes = (sums[found.start(name)] for name in ("was", "by", "now"))
        fits = becomes == (was + by if found["sign"] in "加增" else was - by)
        return Right(fen=becomes, wrong_fen=was, is_total=True) if fits else None
    if (found := _OF_CONTRACT.search(signs)) is not None:
        return Right(fen=sums[found.start("now")], is_total=True)
    if (found := _BECAME.search(signs)) is not None:
        return Right(fen=sums[found.start("now")], wrong_fen=sums[found.start("was")], is_total=True)
    if len(sums) != 1:
        return None
    if (found := _LESS.search(signs)) is not None:
        return Right(by_fen=-sums[found.start("by")])
    found = _MORE.search(signs)
    return Right(by_fen=sums[found.start("by") if found["by"] else found.start("also")]) if found else None

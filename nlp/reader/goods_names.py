"""The name of the goods in full and alone: M12*60 and 6204-2RS are not cut, and what was done with them is no name."""

from __future__ import annotations

import re

from nlp import lazy
from nlp.fields import prices, rows
from nlp.reader.goods import QUANTITY, names_goods
from nlp.when import numerals

_NUMBER = r"(?:\d{1,6}|[一二两三四五六七八九十百千万]{1,4})"
_OF_PIECES = rf"\s?{prices.PIECES.replace('块', '')}(?!点|月)"
_COUNT = f"{_NUMBER}{_OF_PIECES}"
_COUNTED = lazy.regex(f"^{_COUNT}|{_COUNT}$")
_COUNT_THEN = lazy.regex(rf"\s?(?:退了|要|订|拿)?\s?(?P<n>{_NUMBER}){_OF_PIECES}")
_TAKEN = lazy.regex(  # 印模材再拿, 合页 付清, 医疗险 年缴
    r"(?<![ ,，])[ ,，]*[也都又再就]?"
    r"(?:(?:[拿要订定买补]|(?<!续)签)(?:了|的|下)?|[付结]清|[现已]?付了?|[年月季]缴|定下)$"
)
_LED = lazy.regex(  # 要加防锈油, 再 6204-2RS, 重新下316螺母
    r"^.*(?:下了?单|叫货|成了|签[了下]?|[订定买拿补续报][了货下]*|要了?|加(?!工|热|湿|固|厚|强|密|油)了?|重新下?|又|再|那个|这个|下)(?=\s?[一-鿿A-Za-z\d])"
)
_JOINED, _LOOSE = "A-Za-z0-9", lazy.regex(r"(?<=[了那这])[份套台辆批]$")
_MODEL_BEHIND = lazy.regex(
    rf"(?:[A-Z][{_JOINED}]*|\d{{3,5}}[A-Z]*)(?:[*×./-][{_JOINED}]+)*(?!\s?{prices.PIECES}|[\d.]|[块元万千])"
)
_REST_OF_MODEL = lazy.regex(rf"(?:[*×./-]?[{_JOINED}]+)(?:[*×./-][{_JOINED}]+)*(?!\s?{prices.PIECES}|[\d.]|[块元万千])")
_MODEL = rf"(?=[*×./-]{{0,2}}[A-Za-z\d])[{_JOINED}*×./-]{{1,20}}"
_BEFORE_COUNT = lazy.regex(
    rf"(?P<goods>(?:[一-鿿]{{0,8}}{_MODEL}[一-鿿]{{0,8}}|[一-鿿]{{2,10}})(?:\s(?!\d+\s?{prices.PIECES})(?:[一-鿿]{{0,8}}{_MODEL}[一-鿿]{{0,8}}))?)"
    rf"(?<![一二两三四五六七八九十百千万])\s?(?:要|再?拿|订|来)?\s?(?<![\d.]){_COUNT}"
)
_BEHIND_COUNT = lazy.regex(  # 3台 2TD2137, 32台 2346@390
    rf"(?<![\d.]){_COUNT}\s?的?(?P<goods>(?!\d+(?:W|KG|ML|GB|TB|L|K|V|A)\b)(?=[a-z\d-]*[A-Z])(?=[A-Za-z-]*\d)[A-Za-z\d-]{{4,20}}"
    r"|\d{3,5}(?=@))(?=$|[\s,，。;；@+])"
)
_NO_NAME = lazy.regex(r"[¥￥%]|元|块|毛|价|款|税|折|单|^\d{1,2}$|[年月日号天点货]$|[了的]$|[今昨]天")


def completed(product: str | None, body: str, called: str, fen: int | None = None) -> str | None:
    """The goods with the whole of their model, without what was done with them; those before the count where none are.

    fen: the sum, which is no model, nor is what one of them costs

    >>> completed("3000套M12", "下单3000套M12*60 2850元", ""), completed("", "要6204-2RS 300个 5块", "")
    ('3000套M12*60', '6204-2RS')
    """
    plain = numerals.plain(body)
    plain = plain.replace(called, " " * len(called)) if called else plain
    if not product or "＊" in product or not QUANTITY.sub("", product).strip():
        behind = _BEHIND_COUNT.search(plain)
        return _before_count(plain) or (behind["goods"] if behind is not None else product)
    if "、" in product:
        return "、".join(_whole(part, plain, None) for part in product.split("、"))
    words = _whole(product, plain, fen)
    shorter = _TAKEN.sub("", words).strip()
    return shorter if len(QUANTITY.sub("", shorter).strip()) > 1 else words


def apart(product: str | None, pieces: float | None) -> tuple[str | None, float | None]:
    """The goods without how many there are, and that number: 螺栓M8 100个 and 20箱螺栓M8 are the same goods.

    pieces: the number found in the message; where it is another one the goods stay as they are

    >>> apart("螺栓M8 100个", 100.0), apart("二十箱螺栓M8", None), apart("灯3台、泵2台", 5.0), apart("50件", None)
    (('螺栓M8', 100.0), ('螺栓M8', 20.0), ('灯3台、泵2台', 5.0), ('50件', None))
    """
    counted = [] if not product or "、" in product else prices.counts(product, 0, len(product))
    number = prices.count_of(counted[0]["n"]) if len(counted) == 1 else None
    if not product or not number or pieces not in (None, float(number)):
        return product, pieces
    before, after = product[: counted[0].start()].strip(" ,，"), product[counted[0].end() :].strip(" ,，的")
    if (before and after) or len(before or after) < 2 or _MEASURED.search(counted[0]["piece"]):
        return product, pieces  # 4人团200份装: what stands on both sides names it together; 50斤 are no 50 pieces
    return before or after, float(number)


_MEASURED = lazy.regex("[斤吨米亩方平]|(?i:kg)")

_ADDS, _ADDED = lazy.regex("[一-鿿][加带配]$"), lazy.regex(rf"{_COUNT}[一-鿿]{{1,8}}(?=$|[\s,，。])")


def _whole(words: str, plain: str, fen: int | None) -> str:
    """The words with the rest of a model that was cut."""
    name = _COUNTED.sub("", words).strip()
    at = plain.find(name) if name else -1
    if at < 0:
        return words
    start, end, masked = at, at + len(name), rows.without_models(plain)
    if re.match(rf"[{_JOINED}]", name) or masked[start - 1 : start] == "＊":
        while start and re.match(rf"[{_JOINED}*×＊-]", masked[start - 1]):
            start -= 1
    behind = (_REST_OF_MODEL if re.search(rf"[{_JOINED}]$", name) else _MODEL_BEHIND).match(plain, end)
    if behind is not None and not (behind.group().isdigit() and _is_sum(behind, plain, fen)):
        end = behind.end()  # of 次卡1280 it is the sum
    whole = plain[start:end]
    if _LOOSE.search(plain[: at + 1]) and start == at and len(name) > 2:
        whole = whole[1:]
    return words.replace(name, whole, 1)


def _is_sum(number: re.Match[str], plain: str, fen: int | None) -> bool:
    """True for the number behind goods that is the sum, or the price of one of those that make it."""
    counted = _COUNT_THEN.match(plain, number.end())
    if counted is None:
        return True
    pieces = prices.count_of(counted["n"]) or 1
    told = int(number.group()) * 100
    return abs(fen or 0) in (told, told * pieces)


def _before_count(plain: str) -> str | None:
    found = _BEFORE_COUNT.search(plain)
    if found is None:
        return None
    words = _COUNTED.sub("", _LED.sub("", found["goods"])).strip()
    if (added := _ADDED.match(plain, found.end("goods"))) is not None and _ADDS.search(words):
        words += added.group()  # 厨房加两个衣柜
    is_named = len(words) > 1 and re.search(r"[一-鿿]{2}|[A-Za-z]|\d{3}", words) is not None
    return words if is_named and not _NO_NAME.search(words) and names_goods(words) else None

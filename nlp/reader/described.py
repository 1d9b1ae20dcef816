"""Who is looked for by what he is: 武汉那个做物流的, 138开头那个采购经理. Nothing but clues and words of asking."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp import lazy, lexicon, names
from nlp.fields import places, segments
from nlp.reader import trades
from nlp.reader.customers import Known

LONGEST = 40
_SOUGHT = lazy.regex(
    r"(?ai)谁|哪|来着|[调翻找查搜捞拉列]|看看|看一?[下眼]|给我看|资料|档案|联系方式|电话|号码|名片|叫(?:啥|什么|咩)|微信|多少|[?？]|有没有|想想"
    r"|有没?[存记加录登]|忘了|忘记|想不起|记不[清得起]"
    r"|\b(?:which|who|whose|find|show|search|look up)\b"
)
_ONE = lazy.regex(
    r"(?ai)那|这[个家位]|哪[一]?[个家位]|(?<!都有)(?<!还有)(?<!有)谁|来着|电话|号码|微信|联系方式|资料|档案|名片|叫(?:啥|什么)"
    r"|\b(?:which|who|the)\b(?! customers| clients)"
)
_MANY = lazy.regex("哪些|都有|有哪|名单|列表|清单|几[个家位]|多少[个家位]|各|所有|全部|(?i:customers|clients|list)")
_FILL = lazy.regex(
    r"(?ai)(?:(?:上次|上回|之前|最近)?[跟和](?:我们?|咱们?)(?:上次|上回)?(?:聊|谈|说|讲)到?(?:哪一?步?|什么|啥)(?:里|儿)?了?|女?客户|老头[儿子]?|老太太?|阿姨|大[爷叔妈]|师傅|妹子|姑娘|女士|先生|小姐|美女|帅哥|负责人?|管事的?|想想|我?不?记得|一时|记不清|忘记"
    r"|上班|工作|认识|[存见加录登]过|登记过?|系统|在哪里?|好像|应该|大概|㗎|咩|俺|名字?|顾客|客人|客商|联系人|对接人|里头|里面|里边|当中|有没有|麻烦|看看|看一?[下眼]|出来|来着|名字|大名|电话|手机号?|号码?"
    r"|微信号?|联系方式|资料|信息|档案|卡片|名片|情况|记录|地址|多少|忘了|想不起来?了?|记不[清得起]来?了?|哥们儿?|小伙子?|大姐|大哥|女的|男的"
    r"|老板娘?|公司|单位|企业|生意|行业|这行|一块儿?|什么|哪里|那边|这边|咱们?|我们?|你们?|您|他们?|她们?|客|里|中|那|这|哪|谁|个|家|位|是|叫|姓|的|在"
    r"|有|给|帮|请|把|想|要|看|翻|调|拉|找|查|搜|捞|出|来|下|一|呢|吧|吗|啊|呀|哦|嘛|哈|啥|人|厂|店|馆|做|搞|卖|开|弄|干|跑|发|得|了|行|啦|嘞|先"
    r"|\b(?:which|who|whose|what|anyone|anybody|someone|somebody|lady|customer|client|contact|guy|man|lady|boss|the|is|in|at|from|of|that|does|do|we|have"
    r"|an?|find|show|search|look up|me|my|our|pls|please|info|number|phone|mobile|ends?|with|starts?|ing|one|works?"
    r"|based|located|s|for)\b|[\s,，。.?？!！:：'’…~-])++"
)
_NUMBER = lazy.regex(
    r"(?i)(?P<head>1[3-9]\d{1,6}|0\d{2,3})(?:这个|那个)?(?:开头|打头|起头|头)|(?:尾号|末尾|最后[四三]个?(?:位数?字?|数字?)|后[三四]位|最后[三四]位|末四位|尾数)(?:是|为)?\s?(?P<tail>\d{3,4})(?!\d)"
    r"|(?<!\d)(?P<end>\d{3,4})(?:结尾|收尾|的?尾号)|\bend(?:s|ing)?\s+(?:with|in)\s+(?P<ends>\d{3,4})(?!\d)"
    r"|^(?P<bare>\d{4})(?=\s?(?:是?谁|是?哪))|(?<!\d)(?P<led>1[3-9]\d{1,6})(?=[那这][个位])|\bstart(?:s|ing)?\s+with\s+(?P<starts>1[3-9]\d{1,6})"
)
_DOES = lazy.regex(
    "(?:专门|主要)?(?:做|搞|卖|开|弄|干|经营|生产|从事|倒腾|加工|批发)(?P<trade>(?![的了过])[一-鿿A-Za-z]{1,6}?)"
    "(?:生意|行业|这行|这块|那块|[店厂馆])?(?:的(?=电话|资料|联系|名字|微信|手机|号码)"
    "|(?<=[一-鿿A-Za-z]{2})(?:的(?!那?[电资联名微])|$)|(?<=[矿煤酒茶鱼虾花车船鞋布糖])(?:的|$)"
    "|(?=[,，。?？ 㗎]|那[个家位]|这[个家位]))"
)
_KINDS = lazy.regex("(?P<trade>(?:(?![那这哪个家位的是])[一-鿿]){2,4})(?=厂|店|公司|馆|行业)")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of who is looked for: `query` in a few words; `known` is the one whom all of it fits."""

    query: str
    known: Known | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Clue:
    """One thing said of him."""

    kind: str
    words: str
    start: int
    end: int


def sought(text: str) -> bool:
    """True when words of looking up or asking stand in the text."""
    return _SOUGHT.search(text) is not None


def read(text: str, called: str, known: Sequence[Known], is_sure: bool = False) -> Description | None:
    """What the text says of somebody looked for; `called` are words by which he is named, to be fitted by `known`.

    None where the text says nothing of him, or asks nothing (`is_sure`: it is known to ask). `whole` is False where it
    says more than that.
    """
    if len(text) > LONGEST or not (is_sure or sought(text)):
        return None
    text = _digits(text)
    at = text.lower().find(called) if called else -1
    rest = _blank(text, at, at + len(called)) if at >= 0 else text
    clues = sorted(_clues(rest), key=lambda clue: clue.start)
    if not clues:
        return None
    for clue in clues:
        rest = _blank(rest, clue.start, clue.end)
    single = _ONE.search(text) and not _MANY.search(text)
    fitting = [one for one in known if all(_fits(clue, one) for clue in clues)] if single else []
    whole = not _FILL.sub("", rest) or any(clue.kind == "some" for clue in clues)
    return Description(_query(clues, called), fitting[0] if whole and len(fitting) == 1 else None, whole)


def meant(text: str, known: Sequence[Known]) -> tuple[Known, str, int] | None:
    """The one known in that town and of that trade, with the words for him: 东莞那家模具厂又催货了."""
    for place in places.find(text) if known else ():
        match = _THAT_FIRM.match(text, place.end)
        trade = (match["trade"] or match["before"]) if match else ""
        fitting = [
            one
            for one in known
            if trade and places.region_of(one.company or "") == place.region and trades.named_in(trade, one.company)
        ]
        if match and len(fitting) == 1:
            return fitting[0], text[place.start : match.end()], place.start
    return None


_THAT = "(?:那[个家位]|这[个家位])"
_THAT_FIRM = lazy.regex(
    f"(?:那边|这边|的)?(?:{_THAT}(?P<trade>[做搞卖开][一-鿿]{{2,5}}?的|[一-鿿]{{1,4}}(?:厂|店|公司|馆))"
    f"|[做搞卖开]?(?P<before>[一-鿿]{{2,4}}?)(?:厂|店|公司)?的?{_THAT})"
)


def is_filler(text: str) -> bool:
    """True when nothing but words of asking stands there."""
    return not _FILL.sub("", text)


_HAN_DIGITS = lazy.regex("[零〇一二三四五六七八九幺]{3,11}")
_AS_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


def _digits(text: str) -> str:
    return _HAN_DIGITS.sub(lambda match: match.group().translate(_AS_DIGITS), text)


def _blank(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _query(clues: list[_Clue], called: str) -> str:
    """The number or the name alone where there is one: it finds more surely than town and trade."""
    for kinds in (("tail",), ("number",), ("called",), ("family", "some")):
        if own := [clue.words for clue in clues if clue.kind in kinds]:
            return own[0]
        if called and kinds == ("number",):
            return called
    return " ".join(dict.fromkeys(clue.words for clue in clues))


def _clues(text: str) -> Iterator[_Clue]:
    """The clues in the text; each part of it is one thing only."""
    for find in (_numbers, _families, _towns, _jobs, _trades, _names):
        for clue in find(text):
            yield clue
            text = _blank(text, clue.start, clue.end)


def _numbers(text: str) -> Iterator[_Clue]:
    for match in _NUMBER.finditer(text):
        is_tail = any(match[name] for name in ("tail", "end", "ends", "bare"))
        words = next(words for words in match.groups() if words)
        yield _Clue("tail" if is_tail else "number", words, match.start(), match.end())


def _families(text: str) -> Iterator[_Clue]:
    for match in _family().finditer(text):
        words = match["family"] or match["polite"] or match["some"]
        yield _Clue("some" if match["some"] else "family", words, match.start(), match.end())


def _towns(text: str) -> Iterator[_Clue]:
    for place in places.find(text):
        yield _Clue("place", place.region, place.start, place.end)


def _is_job(word: str) -> bool:
    """True for a post, without the surname of who holds it; 老板 and 联系人 tell nothing."""
    if not segments.is_title(word) or is_filler(word) or word.endswith(("老板", "老板娘", "人", "客户")):
        return False
    return not (names.surname(word[0]) and segments.is_title(word[1:]))


_APART = lazy.regex("客户|[那这哪][个位家]?|[是的叫姓在谁]|[查找翻看]一?下")


def _jobs(text: str) -> Iterator[_Clue]:
    """A post that stands there: 采购经理, 店长; 老板 is said of anybody."""
    for match in re.finditer("[一-鿿]{2,8}", _APART.sub(lambda word: " " * len(word.group()), text)):
        run = match.group()
        for size in (6, 5, 4, 3, 2):
            for at in range(len(run) - size + 1):
                word = run[at : at + size]
                if _is_job(word):
                    yield _Clue("job", word, match.start() + at, match.start() + at + size)
                    return


def _trades(text: str) -> Iterator[_Clue]:
    if (does := _DOES.search(text)) and not is_filler(does["trade"]):
        trade = trades.first_in(does["trade"]) or does["trade"]
        yield _Clue("trade", trade, does.start("trade"), does.end("trade"))
    elif named := trades.first_in(text):
        yield _Clue("trade", named, text.find(named), text.find(named) + len(named))
    elif (kind := _KINDS.search(text)) and not is_filler(kind["trade"]):
        yield _Clue("trade", kind["trade"], kind.start("trade"), kind.end("trade"))


_NAMED = lazy.regex("(?<=[的叫])(?![那这哪谁有找查什啥的做搞卖在是])[一-鿿]{2,4}")


def _names(text: str) -> Iterator[_Clue]:
    """A name or form of address that nobody known bears: 那个做泳装的施总."""
    for match in _NAMED.finditer(text):
        for word in (match.group()[:size] for size in (4, 3, 2)):
            if names.is_address(word) or (len(word) > 2 and names.is_full_name(word)):
                yield _Clue("called", word, match.start(), match.start() + len(word))
                return


@cache
def _family() -> re.Pattern[str]:
    surnames = lexicon.alternatives("surnames")
    return re.compile(
        f"(?:姓|叫)(?P<family>{surnames})(?=的|那|这|啥|什么|某|[,，。?？ ]|客|$)"
        f"|(?<=[那这]个|[那这]位)(?P<polite>{surnames})(?=小姐|女士|先生|太太)"
        f"|(?P<some>{surnames})(?=啥|什么|某)(?=.{{1,2}}来着)"
    )


def _fits(clue: _Clue, known: Known) -> bool:
    company = known.company or ""
    if clue.kind == "number":
        return (known.phone or "").startswith(clue.words)
    if clue.kind == "tail":
        return (known.phone or "").endswith(clue.words)
    if clue.kind == "called":
        return known.name == clue.words
    if clue.kind in ("family", "some"):
        return names.surname(known.name) == clue.words
    if clue.kind == "place":
        return places.region_of(company) == clue.words
    if clue.kind == "job":
        return clue.words in (known.title or "")
    return clue.words in company or clue.words in trades.words_of(company)

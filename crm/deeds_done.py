"""Deeds that words tell to be done, sought once, so that no task is read where none can be meant: 复尺了点位多了."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy

_OURS, _ANYBODYS = frozenset("修送装寄签拆测验检洗贴量"), frozenset("换交发补取拍调配改")  # verbs of what is to be done
_PAST = lazy.regex(r"[好完过掉到走妥]{0,2}了(?!解|不)|[好完妥](?=$|[\s,，。;；])")
_PERFECTED = lazy.regex("[好完掉妥]了?")
_HAN = lazy.regex("[一-鿿]")
_CLAUSE = lazy.regex(r"[\s,，。；;!！]+")
_UNTRUE = lazy.regex(
    "[没未不别催问]|还[要得是在]|[让叫等]|说要|准备|打算|计划|记得|如果|要是|明天|后天|下周|什么时候|希望|才"
)
_ASKED_OR_WHEN = lazy.regex(
    "(?:[没吗么]|没有)[?？。 ]*$|以?后|再|就|才|[我咱]|[一两三半几\\d]+[次天回遍]|[^,，。;； ]{0,6}[?？]"
)
_OTHERS = lazy.regex("对手|同行|竞品|对家|[别其]他?家|别[人的处]|另外?一?[家个]|朋友|同事|同学|亲戚|邻居")
_HALF = lazy.regex("[一大小]半|一?部分|[还就]差(?![^,，。;； ]{0,6}[款钱万元块])|差[一点几两]|半(?:拉|截)")
_OUTRIGHT = lazy.regex(  # of whom one thing is open
    "(?:那个|那件事?|这个|这件事?|的事儿?|任务|待办)(?:都|也|已经?|我)*(?:完成|搞定|弄好|[做办处理弄]完|办妥|处理好)了?(?=$|[\\s,，。.；;!！])"
)
_NO_OBJECT = lazy.regex("$|[吧啊呢哈哦啦]|[\\d一两二三四五六七八九十几]|[给去来]")  # 签了八万二, 送了给他
_NEAR = 80  # characters before and behind what is looked at
_FILLERS = frozenset("的了去给跟和家把到在那这我他她周一二三四五六日天")


@dataclass(frozen=True, slots=True)
class Done:
    """A deed told as done: the two characters before the word that ends it, and what is told behind the verb.

    is_past: the word ends a deed of ours, too; else only what is surely ended (换好) counts. object: what stands right
    behind a mere 了, in the same clause.
    """

    pair: str
    is_past: bool
    is_perfected: bool
    is_true: bool
    object: str


def told(text: str) -> list[Done]:
    """The deeds that the text, without the customer's name, tells as done or only seems to, left to right."""
    found = []
    for at in range(1, len(text)):
        past, perfected = _PAST.match(text, at), _PERFECTED.match(text, at)
        ended = past or perfected
        if ended is not None and _HAN.match(text, at - 1):
            is_mere = past is not None and past.group() in ("了", "过了")
            clause, behind = _CLAUSE.split(text[max(at - _NEAR, 0) : at])[-1], text[ended.end() : ended.end() + _NEAR]
            rest = _CLAUSE.split(behind)[0]
            is_true = not (
                _UNTRUE.search(clause)
                or _OTHERS.search(f"{clause} {rest}")
                or _HALF.search(behind)
                or _ASKED_OR_WHEN.match(behind)
            )
            found.append(Done(text[max(at - 2, 0) : at], bool(past), bool(perfected), is_true, rest if is_mere else ""))
    return found


def is_of(deeds: list[Done], what: str) -> bool:
    """True where the first of these deeds that is of a task, of these words without the customer's name, is true.

    Of 换, 交, 发 and the like others may be the doers, too: 换好了 tells, 换了采购 does not.

    >>> is_of(told("复尺了点位多了"), "复尺"), is_of(told("修好了 收680"), "修道闸"), is_of(told("换了采购"), "换采购")
    (True, True, False)
    >>> is_of(told("昨天安装了一半"), "安装窗帘"), is_of(told("对手送了样品"), "送样品")
    (False, False)
    >>> is_of(told("寄了快递过来"), "寄合同"), is_of(told("寄了合同过去"), "寄合同")
    (False, True)
    """
    for one in deeds:
        verb = one.pair[-1]
        if one.is_past and len(one.pair) == 2 and one.pair in what and _HAN.match(one.pair):
            return one.is_true
        if verb in what and ((one.is_past and verb in _OURS) or (one.is_perfected and verb in _ANYBODYS)):
            return one.is_true and _is_object_of(one, what.replace(verb, ""))
    return False


def _is_object_of(deed: Done, what: str) -> bool:
    """True where behind 寄了 stands nothing, or what the task is about."""
    if _NO_OBJECT.match(deed.object):
        return True
    return bool((set(deed.object) & set(what)) - _FILLERS)


def is_half(text: str) -> bool:
    """True where a part is told to be missing, and not of the money.

    >>> is_half("安装了 还差两扇"), is_half("安装完了 还差3000尾款")
    (True, False)
    """
    return _HALF.search(text) is not None


def is_outright(text: str) -> bool:
    """True for 那个搞定了, whatever the only open task of the customer is.

    >>> is_outright("张伟那个搞定了"), is_outright("张伟那个朋友的任务完成了"), is_outright("这件事处理好了 还差一半")
    (True, False, False)
    """
    said = _OUTRIGHT.search(text)
    if said is None or _HALF.search(text, said.end()):
        return False
    return _OTHERS.search(_CLAUSE.split(text[: said.start()])[-1]) is None

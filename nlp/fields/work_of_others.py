"""The work of a relative or colleague (她老公是医院主任, 他们老板是做房地产的) and of who is sought is none of his."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp import lazy, names, relations
from nlp.fields import relatives

if TYPE_CHECKING:
    from nlp.fields.extraction import Fields, _Line

_HIS = "(?:(?:他|她|其|人家)们?|咱们|我们)(?:公司|单位|家|厂|店里?|那边)?的?"
_BOSS = "(?:(?:大|小|新|顶头|直属|前)?(?:老板娘?|领导|上司|上级|东家)|老总|股东|会计|房东|师傅|员工)"
_OTHER = f"(?:{relations.FAMILY}|{relations.FRIENDS}|{relations.COLLEAGUES}|{relatives.KIN})"
_FRIEND = "(?:老|好)?(?:同学|朋友|闺蜜|战友|老乡|邻居|亲戚)"  # no 司机, 助理: that may be his own post
_NEAR = f"(?:{relations.FAMILY}|{relatives.KIN}|{_FRIEND})"
_WHOSE = rf"(?:{_HIS}(?:{_OTHER}|{_BOSS})|(?<=[一-鿿]的)(?:{_OTHER}|{_BOSS})|(?<!是){_NEAR})"
_DEED = (
    "(?:是(?!谁|什么|啥|不是|否|哪|几|怎么|我们?的?(?:老?客户|朋友)|[他她]|本人)"
    "|在(?!家|旁边|场|外地|国外|哪)|从事|经营|做(?![寿饭主决手])|开(?![卡学会票车完了])|当(?!天|面|场|时|心|初)|[搞干任卖教管]|担任)"
)
_TOLD = lazy.rare(
    rf"(?P<whose>{_WHOSE})(?:的?名字|叫)?(?P<called>[一-鿿]{{0,4}}?)(?:以前|之前|现在|目前|原来|也|都|自己|本身|就|好像|听说|其实)*"
    rf"{_DEED}(?P<what>[^,，。;；!！?？\s\d\x01]{{1,20}})"
)
_ASKS = lazy.regex("[?？吗]|什么|哪|多少|是不是|介绍|推荐|谁|下单|[订买][了的购]|要[订买]|在[催谈等审比]")
_RUN = lazy.regex("[一-鿿]*$")
_BY_CHILD = lazy.regex("爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷")
_CALL = lazy.regex("[哥姐嫂妹弟]")
_PET_NAME = lazy.regex("(?P<one>[一-鿿])(?P=one)|[小阿大][一-鿿]|[一-鿿]宝")


def told(text: str) -> list[tuple[int, int]]:
    """Where the clauses stand, each with the words that say whose work it is.

    >>> text = "李敏 13800001111 她老公是医院主任 想看重疾"
    >>> [text[start:end] for start, end in told(text)], told("小米妈妈在浦东上班")
    (['她老公是医院主任'], [])
    """
    found = []
    for match in _TOLD.finditer(text):
        called = match["called"]
        if called and not (names.is_full_name(called) or names.is_address(called)):
            continue
        before = text[: match.start()]
        is_himself = _is_address(before, match["whose"]) or relatives.is_brought(before)
        if not (_ASKS.search(match.group()) or is_himself):
            found.append(match.span())
    return found


def _is_address(before: str, whose: str) -> bool:
    """True for 小米妈妈, 王太太, 周姐, 李娟姐: so the customer is called."""
    run = _RUN.search(before)
    last = run.group() if run else ""
    if _BY_CHILD.fullmatch(whose):
        return _PET_NAME.search(last[-2:]) is not None or last.endswith(("宝", "准", "孕"))
    if names.is_full_name(last):
        return _CALL.fullmatch(whose) is not None
    return bool(last) and names.is_address(last[-1] + whose)


def only_there(text: str, value: str | None) -> bool:
    """True for a value whose words stand nowhere but where the work of somebody else is told."""
    if not value or value not in text:
        return False
    spans = told(text)
    if not spans:
        return False
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return value not in text


_SOUGHT = lazy.regex(
    r"(?:[找招聘请缺差雇]|急招|(?<![主重必])要(?!求|紧)|需要?)(?:到|了)?"
    r"(?:(?:一?|[两二三四五六七八九十几]|\d{1,3})\s?[个名位](?:[^,，。;；\s]{0,4}[的班])?|(?:专职|兼职|住家|长期|夜班|白班)?)$"
)


def is_sought(text: str, post: str) -> bool:
    """True for the post of somebody whom he needs: 要个夜班门卫, 托我找会计.

    >>> is_sought("梁生 要个夜班门卫", "门卫"), is_sought("门卫 梁生 要个手电", "门卫")
    (True, False)
    """
    return text.count(post) == 1 and _SOUGHT.search(text[: text.find(post)]) is not None


def aside(line: _Line, fields: Fields) -> None:
    """Puts the clauses into the note as they stand, so that no field takes their words."""
    for start, end in told(line.plain):
        fields.note = f"{fields.note} {line.text[start:end].strip()}".strip()
        line.forget(start, end)

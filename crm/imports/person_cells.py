"""A cell that names a customer with more than his name: 王五（院长）, 杨爱国 主任, 张丽华(张姐), 赵六/钱七."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from crm.imports import values
from nlp import lazy, names

_POST = (
    r"[一-鿿]{0,6}(?:经理|总监|主管|主任|老板娘?|董事长?|店长|采购|会计|出纳|财务|工程师|厂长|科长|部长|处长|局长|院长|校长|园长|所长"
    r"|总裁|秘书|助理|法人|医生|大夫|护士长?|教授|老师|店主|负责人|股东|[副老]?总)"
)
_IS_POST = lazy.regex(_POST)
_PERSON = r"[一-鿿]{2,4}?"
_BESIDE = lazy.regex(rf"(?P<name>{_PERSON})(?:\s*[(\[【]\s*(?P<in>{_POST})\s*[)\]】]|[\s,，、/|-]+(?P<after>{_POST}))")
_TWO = lazy.regex(r"(?P<name>[一-鿿]{2,4})\s*[/、,，;；&+|]\s*(?P<more>[一-鿿]{2,4}(?:\s*[/、,，]\s*[一-鿿]{2,4})?)")
_CALLED = lazy.regex(
    rf"(?P<name>{_PERSON})(?:\s*[(\[【]\s*(?P<in>[一-鿿]{{2,4}})\s*[)\]】]|[\s/]+(?P<after>[一-鿿]{{2,4}}))"
)
_SPACED = lazy.regex("[一-鿿](?: [一-鿿]){1,3}")


_ANOTHER = lazy.regex("[小老找][一-鿿]{1,2}(?:总|经理|老师|主任|院长|老板)$|[^副]总$")  # 找李总, 前台小王老师, 宏达总


@dataclass(frozen=True, slots=True)
class Cell:
    """The name alone, the post that stood beside it, who else was named, and how he himself is called."""

    name: str
    title: str = ""
    others: str = ""
    nickname: str = ""


def is_post(word: str) -> bool:
    """True for 院长 and 副院长."""
    return _IS_POST.fullmatch(word) is not None


@functools.lru_cache(2_000)
def read(cell: str) -> Cell:
    """The cell cut in its parts; one that is not surely a person with a post or with another person stays whole.

    >>> read("王五（院长）").title, read("杨爱国 主任").name, read("赵六/钱七").others, read("张　伟").name
    ('院长', '杨爱国', '钱七', '张伟')
    >>> read("张丽华(张姐)").nickname, read("王美玲 王姐").name, read("王美玲 李姐").nickname
    ('张姐', '王美玲', '')
    >>> read("康美口腔（总店）").name, read("王总").name, read("张 总").name
    ('康美口腔(总店)', '王总', '张总')
    >>> read("王总、李总").others, read("王五（找李总）").name, read("张三-宏达总").name
    ('李总', '王五(找李总)', '张三-宏达总')
    """
    text = values.plain(cell)
    if (match := _CALLED.fullmatch(text)) and _is_called(match["name"], match["in"] or match["after"]):
        return Cell(match["name"], nickname=match["in"] or match["after"])
    if (match := _BESIDE.fullmatch(text)) and names.looks_like_name(match["name"]):
        post = match["in"] or match["after"]
        if names.is_address(post) and match["after"]:
            return Cell(match["name"], others=post)
        return Cell(text) if _ANOTHER.search(post) or names.is_address(post) else Cell(match["name"], post)
    if (match := _TWO.fullmatch(text)) and all(
        map(names.looks_like_name, (match["name"], *values.parts(match["more"])))
    ):
        return Cell(match["name"], others="、".join(values.parts(match["more"])))
    return Cell(text.replace(" ", "") if _SPACED.fullmatch(text) else text)


def _is_called(name: str, call: str) -> bool:
    """True for 张姐 and 小张 of 张丽华: a way of address with her own surname."""
    family = names.surname(name)
    return family is not None and len(name) > len(family) and family in call and names.is_address(call)

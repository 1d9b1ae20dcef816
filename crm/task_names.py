"""What a task is called: whether words name it, or only a kind of task (约, 电话)."""

from __future__ import annotations

import re

from crm.tasks import Errand
from nlp import lazy, names

ALIKE = 0.6  # share of the told characters that the task must hold
_CLASSES = (
    lazy.regex("拜访|见面|会面|碰面|面谈|碰头|上门|走访|过去|去一?趟|见|去|(?<!出)来|约|看"),
    lazy.regex("电话|回电|致电|通话|联系|回访|打给|打"),
    lazy.regex("会议|开会|例会|早会|晨会|会$|会(?![议员场计展面])"),
    lazy.regex("吃饭|饭局|请客|聚餐|喝茶|喝酒|饭"),
)
_NICKNAME = lazy.regex("^[老小阿大][一-鿿]|^[一-鿿][总姐哥工董叔姨嫂]|老师|老板|经理")
_SHORT = 4  # characters of words that are a kind of task


def is_called(words: str, errand: Errand) -> bool:
    """True when the words are those of the task or of its customer; a kind of task alone (约) calls none."""
    customer = errand.customer
    name, firm = (customer.name, customer.company or "") if customer is not None else ("", "")
    told = set(re.sub(r"\W", "", words))
    return bool(told) and len(told & set(f"{errand.task.what}{name}{firm}")) / len(told) >= ALIKE


def is_title(words: str, errand: Errand) -> bool:
    """True when the task is called just so, but for whom it is done with: 喝茶 of 约刘姐喝茶."""
    name = errand.customer.name if errand.customer is not None else ""
    bare = errand.task.what.replace(name, " ").strip() if name else errand.task.what
    return len(words) > 1 and _WITH.sub("", bare).strip() == words


_WITH = lazy.regex("^(?:(?:去|约|跟|和|与|给|陪|找|带|请)(?:她|他)?[ ]*)+")


def is_named_by(words: str, errand: Errand, text: str) -> bool:
    """True where the words name the task so that it may be changed at once, and are not only like what it tells.

    Half of the pairs of characters and the last one must stand in it, or it is of that kind (见面): 小班课 is not what
    给马老师班家长发晚课通知 is called, nor 课 what 通知家长课改到周六 is, unless the whole text says 通知.
    """
    customer = errand.customer
    name, firm = (customer.name, customer.company or "") if customer is not None else ("", "")
    held, said = f"{name}{firm} {errand.task.what}", re.sub(r"\W", "", words)
    telling = _TELLING.match(errand.task.what)
    if telling is not None and telling.group() not in text:
        return False
    if is_kind(said) or len(said) < 2:
        return True
    pairs = [said[at : at + 2] for at in range(len(said) - 1)]
    return pairs[-1] in held and sum(pair in held for pair in pairs) * 2 >= len(pairs)


_TELLING = lazy.regex("通知|告诉|告知|转告|知会")


def is_kind(words: str) -> bool:
    """True when the words are nothing but a kind of task, which many may be: 约, 见面, 电话."""
    return bool(words) and any(kind.search(words) and not kind.sub("", words) for kind in _CLASSES)


def is_alike(words: str, errand: Errand) -> bool:
    """True when the task is called so, or is of the same kind: 见面 is a visit."""
    if not words:
        return False
    if is_called(words, errand):
        return True
    name, what = errand.customer.name if errand.customer is not None else "", errand.task.what
    bare = what.replace(name, "") if name else what
    return len(words) <= _SHORT and any(
        kind.search(words) and kind.search(bare) and not _names_more(kind.sub("", words)) for kind in _CLASSES
    )


def sounds_like(words: str, errand: Errand) -> bool:
    """True when the task has words that sound the same: 试架 is a slip for 试驾."""
    what, size = errand.task.what, len(words)
    if not 2 <= size <= _SHORT or not re.fullmatch(f"[{names.HAN}]+", words):
        return False
    said = names.sounds(words)
    return any(said & names.sounds(what[at : at + size]) for at in range(len(what) - size + 1))


def _names_more(rest: str) -> bool:
    """True when what is left of the words names somebody: 老胡那个约 is not the appointment with another."""
    return _NICKNAME.search(rest) is not None

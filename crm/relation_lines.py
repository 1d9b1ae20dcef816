"""A relation as typed: 张伟 是 李娜 介绍的, 张伟 和 李芳 是 夫妻, 张伟 朋友."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy

LABELS = {
    "household": "夫妻 夫妇 两口子 一家 一家人 家人 父子 父女 母子 母女 兄弟 姐妹 兄妹 姐弟 亲戚 表兄弟 表姐妹 亲家",
    "friend": "朋友 好友 同学 战友 老乡 闺蜜 哥们 球友 牌友 邻居 校友",
    "colleague": "同事 同公司 一个公司 同一公司 同一家公司 搭档 上下级",
}
KIND_OF = {label: kind for kind, labels in LABELS.items() for label in labels.split()}
# 李芳 是 张伟 的 老婆: how one calls what both are.
ROLES = {
    "夫妻": "老婆 妻子 爱人 太太 媳妇 老公 丈夫",
    "家人": "儿子 女儿 爸爸 父亲 爸 妈妈 母亲 妈 岳父 岳母 公公 婆婆 女婿 儿媳 爷爷 奶奶 外公 外婆 孙子 孙女",
    "亲戚": "表哥 表弟 表姐 表妹 堂哥 堂弟 堂姐 堂妹 舅舅 叔叔 姑姑 阿姨 姨妈 侄子 侄女 外甥 姐夫 嫂子 小舅子",
    "兄弟姐妹": "哥哥 弟弟 姐姐 妹妹 大哥 亲弟弟 亲哥哥 亲姐姐 亲妹妹",
}
LABEL_OF = {role: label for label, roles in ROLES.items() for role in roles.split()} | {one: one for one in KIND_OF}
KIND_OF |= dict.fromkeys(ROLES, "household")
DEPTHS = {"业务": "business", "业务关系": "business", "朋友": "friend", "伙伴": "partner", "合作伙伴": "partner"}
_LABEL = "|".join(sorted(KIND_OF, key=len, reverse=True))
_ROLE = "|".join(sorted(LABEL_OF, key=len, reverse=True))
_NAME = r"[^\d，。,！!？?、:：\n]{1,20}?"
_SCHOOL = "(?:大学|高中|中学|初中|小学|老|好|多年的?)?"
MOST_WORDS = 2  # a name and a company; more is a tale
_END = r"[。！!]?\s*$"
_DID = "(?:转?介绍|推荐|引荐)"
_BROUGHT = f"{_DID}(?:过?来|给我们?|认识)?的(?:客户)?"
_SLIP = r"(?:(?:刚才?|上面|前面)?(?:写|说|打|记|搞|弄)?错了?|不对|更正|应该|其实|[\s,，。;；:：啊哦])*"
_NOT = rf"(?:[\s,，]*(?:而|并)?不是\s*{_NAME}(?:{_BROUGHT})?)?"
SENTENCES = (
    lazy.regex(
        rf"^{_SLIP}(?P<who>[他她]?)不是\s*{_NAME}(?:{_BROUGHT})?[\s,，]*(?:而|应该)?是\s*(?P<by>[一-鿿]{{2,4}}){_BROUGHT}{_END}"
    ),
    lazy.regex(rf"^\s*(?P<who>{_NAME})\s*(?:就?是|由)\s*(?P<by>{_NAME})\s*{_BROUGHT}{_NOT}{_END}"),
    lazy.regex(rf"^\s*(?P<who>{_NAME})\s*[由被]\s*(?P<by>{_NAME})\s*{_DID}(?:过?来)?{_END}"),
    lazy.regex(rf"^\s*(?P<by>{_NAME})\s*(?:给我们?)?{_DID}了\s*(?P<who>{_NAME})(?:给我们?|过来)?{_END}"),
    lazy.regex(rf"^\s*(?P<who>{_NAME})的?\s*介绍人\s*是?\s*(?P<by>{_NAME}){_END}"),
    lazy.regex(
        rf"^\s*(?P<who>{_NAME})\s*+[和跟与同]\s*+(?P<by>{_NAME})\s*+是?\s*+{_SCHOOL}(?P<label>{_LABEL})(?:关系)?{_END}"
    ),
    lazy.regex(rf"^\s*(?P<who>{_NAME})的?\s*(?P<label>{_ROLE})\s*(?:就?是|叫)\s*(?P<by>{_NAME}){_END}"),
    lazy.regex(rf"^\s*(?P<who>{_NAME})\s*+是\s*+(?P<by>{_NAME})\s*+的?\s*+(?P<label>{_ROLE}){_END}"),
    lazy.regex(rf"^{_SLIP}(?P<who>[他她]?)\s*(?:就?是|由)?\s*(?P<by>[一-鿿]{{2,4}}){_BROUGHT}{_NOT}{_END}"),
)
_OF_CURRENT = lazy.regex(rf"{_SLIP}(?:[他她]|这个客户|这位)?")
ANY_SENTENCE = "|".join(re.sub(r"\?P<(\w+)>", "?:", one.pattern) for one in SENTENCES)


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says: of kind referred, `by` brought `who`, who is '' where the customer shown last is meant."""

    who: str
    by: str
    kind: str = "referred"
    label: str = ""


def read(text: str) -> Said | None:
    """The relation that the text states, and nothing else.

    >>> read("张伟 是 李娜 介绍的")
    Said(who='张伟', by='李娜', kind='referred', label='')
    >>> read("张伟和李芳是夫妻")
    Said(who='张伟', by='李芳', kind='household', label='夫妻')
    >>> read("写错了是林小雨推荐的不是李小雨")
    Said(who='', by='林小雨', kind='referred', label='')
    >>> read("张伟说李娜介绍的那批货不错")
    >>> read("张伟 很满意 还介绍了朋友过来")
    """
    for sentence in SENTENCES:
        match = sentence.match(text)
        if match and all(len(match[end].split()) <= MOST_WORDS for end in ("who", "by")):
            label = LABEL_OF.get(match.groupdict().get("label") or "", "")
            who = "" if _OF_CURRENT.fullmatch(match["who"]) else match["who"].strip()
            return Said(who, match["by"].strip(), KIND_OF.get(label, "referred"), label)
    return None


def in_words(text: str) -> Said | None:
    """The same as words after 关系: 张伟 李芳 夫妻, 张伟 介绍人 李娜."""
    words = text.split()
    label = next((word for word in words if word in KIND_OF), "")
    names = [word for word in words if word != label and word != "是"]
    return Said(names[0], names[1], KIND_OF[label], label) if label and len(names) == 2 else read(text)


def depth(text: str) -> tuple[str, str]:
    """The name, and the depth named after it."""
    *words, last = text.split() or [""]
    return (" ".join(words), DEPTHS[last]) if words and last in DEPTHS else (text, "")

"""Whether a note tells of a death in the customer's family. Recognised conservatively: in doubt it is none.

A wrong yes costs a greeting that the rep can allow again with a tap; it must not come from business (殡葬用品, 白事店),
from others (同事家里), from long ago (前年去世), from what did not happen (没有去世), or from figures of speech.
"""

from __future__ import annotations

import re

from nlp import lazy

_FAMILY = (
    "父亲|母亲|爸爸?|妈妈?|老爸|老妈|父母|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|岳父|岳母|丈人|丈母娘|公公|婆婆"
    "|丈夫|老公|先生|妻子|老婆|太太|爱人|儿子|女儿|孩子|哥哥?|姐姐?|弟弟?|妹妹?|伯父|伯伯|叔叔|舅舅|姑姑|姨妈"
    "|家人|亲人|至亲|长辈|老人家?|老爷子|老太太|家里"
)
_DIED = "去世|过世|病逝|逝世|离世|辞世|病故|去逝|不在了|走了|没了|归西|仙逝"
# Said of a death in one's own house, whoever it was.
_RITES = "丧事|奔丧|治丧|守孝|戴孝|守灵|头七|办后事|办白事|家里?有?白事|白事|丁忧|出殡|追悼会?|吊唁|葬礼|下葬"
_EUPHEMISM = "走了|没了|不在了"  # 老公走了 may have gone out: only of the old, or with a word of grief beside it
_GRIEF = "节哀|难过|悲痛|伤心|悲伤|昨晚|凌晨|医院|癌|病重|抢救|后事|老家"
_ELDERS = "父亲|母亲|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|老人家?|老爷子|老太太"
_DEATH = lazy.regex(rf"(?P<who>{_FAMILY})[^，,。；;！!？?\n]{{0,8}}?(?P<how>{_DIED})")
_RITE = lazy.regex(_RITES)
_BUSINESS = lazy.regex(
    "殡葬|丧葬|殡仪|寿衣|墓地|陵园|公墓|白事店|白事一条龙|红白事|红白喜事|花圈|祭祀用品|寿材|礼仪公司|丧事用品"
)
_LONG_AGO = lazy.regex(
    "去年|前年|大前年|早年|以前|从前|当年|小时候|多年前?|好几年|[\\d一二两三四五六七八九十]+年前|很早就|早就|生前|周年|忌日|祭日|扫墓|上坟"
)
_OTHERS = lazy.regex(
    "(?:同事|邻居|朋友|老板|领导|员工|同学|战友|亲戚|对手|合伙人|司机|助理|秘书|老乡|客户的客户|隔壁)[^，,。；;\n]{0,4}"
    "(?:家|的)|(?:我|咱|我们)家?里?(?:的)?(?:" + _FAMILY + ")"
)
_NOT_SO = lazy.regex(
    "没有?(?:去世|过世|病逝)|不是|并未|并没有|误传|谣言|以为|听错|如果|万一|要是|是不是|吗[？?]|差点|险些|开玩笑|不吉利"
)
_CLAUSE = lazy.regex("[，,。；;！!\n]")


def is_told(text: str) -> bool:
    """The note tells that somebody of the customer's family has died lately.

    >>> is_told("张伟父亲上周过世了，节哀"), is_told("王总家里有丧事，下月再谈")
    (True, True)
    >>> is_told("张伟是做殡葬用品的"), is_told("他父亲前年去世，现在自己当家"), is_told("他同事家里有白事")
    (False, False, False)
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    if _BUSINESS.search(text):
        return False
    return any(_tells(clause, text) for clause in clauses)


def _tells(clause: str, text: str) -> bool:
    if _LONG_AGO.search(clause) or _OTHERS.search(clause) or _NOT_SO.search(clause):
        return False
    if _RITE.search(clause):
        return not re.search("参加|出席", clause) or re.search(_FAMILY, clause) is not None
    death = _DEATH.search(clause)
    if death is None:
        return False
    if death["how"] in _EUPHEMISM.split("|"):
        return re.fullmatch(_ELDERS, death["who"]) is not None and re.search(_GRIEF, text) is not None
    return True

"""The patterns of conditions; the group `op` is a sign, `count` and `span` a stretch of days."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlp import lazy
from nlp.conditions import terms
from nlp.fields import places


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


HAN_NUMBER = lazy.regex(
    "[〇零一二两三四五六七八九十百千]{1,12}(?=\\s*(?:天|日|周|星期|礼拜|个?半?月|个?季度|年|次|单|笔|万|千|元|块|%|成))"
)
FILLER = lazy.regex(
    "(?:请|帮我|给我)?(?:找一下|找出|找|查一下|查|列出|列一下|看看|看|筛选|筛|有哪些|哪些|所有|全部|的?客户们?(?:有哪些|名单)?|的人|的|是|有谁|谁|吗|呢)"
)
BLANK = lazy.regex(r"[\s,，;；。.?？!！、]+")
AND = lazy.regex("并且|而且|同时|且|以及|并|和|and|&+", re.IGNORECASE)
OR = lazy.regex(r"或者|或是|或|or|\|+", re.IGNORECASE)
NOT = lazy.regex("除了|不包括|不含|排除|不是|非|not", re.IGNORECASE)
OP = (
    r"(?:的)?\s*(?P<op>不等于|不是|!=|<>|≠|>=|<=|≥|≤|==?|:|>|<|大于等于|小于等于|不少于|不低于|不超过|大于|小于|超过|高于|低于|少于"
    r"|多于|至少|最多|满|等于|不含|不包含|包含|含|叫|在|是|为)\s*"
)
NUMBER = r"(?P<number>\d+(?:\.\d+)?)\s*+(?P<unit>万|千|百|k|w|K|W|%|成)?\s*+(?:元|块钱|块|次|单|笔)?"
WORD = r"[^\s,，;；()（）、/|=<>!&]+"
DAYS = (
    r"(?P<count>\d{1,9}(?:\.\d{1,9})?|半)\s*+(?:个)?"
    rf"(?P<span>半?(?:{_any(terms.UNIT_DAYS)}))(?:以上|以内|内|之内|多)?"
)
NOT_DONE = "没有|没|未|无|不"
BUY, TALK = (
    "下过?单|下过订单|订货|采购|买过?东西|买过?|成交|复购|回购",
    "联系过?|跟进过?|沟通过?|拜访过?|回访过?|记过?|动静|消息|跟过?",
)
OPS = {
    **dict.fromkeys((">=", "≥", "大于等于", "不少于", "不低于", "至少", "满"), ">="),
    **dict.fromkeys(("<=", "≤", "小于等于", "不超过", "最多"), "<="),
    **dict.fromkeys((">", "大于", "超过", "高于", "多于"), ">"),
    **dict.fromkeys(("<", "小于", "低于", "少于"), "<"),
    **dict.fromkeys(("!=", "<>", "≠", "不等于", "不是", "不含", "不包含"), "!="),
}
PAST = lazy.regex(
    rf"(?:超过|已经|已|连续|近|最近|过去)?\s*+{DAYS}\s*+(?:都|还|内|来)?(?:{NOT_DONE})(?:有)?(?P<deed>{BUY}|{TALK})"
)
PAST_AFTER = lazy.regex(
    rf"(?:{NOT_DONE})(?:有)?(?P<deed>{BUY}|{TALK})(?:过)?\s*+(?:超过|大于|>=?|已|满|=|:)?\s*+{DAYS}"
)
LATELY = lazy.regex(
    rf"(?:近|最近|过去|这)\s*+{DAYS}\s*+(?:内|里)?(?:有)?(?P<deed>{BUY}|{TALK}|投诉过?|新增|新建|新加|加入|建档|新来)"
)
BORN = lazy.regex(
    r"(?:生日\s*+(?:在|是|为|=|:)?\s*+(?P<when>本月|这个月|下个?月|本周|这周|下个?周|今天|明天|大?后天|\d{1,2}月)|(?P<when2>本月|这个月|下个?月|本周|这周|下个?周|今天|明天|大?后天|\d{1,2}月)(?:的|过)?生日)"
)
BORN_IN = lazy.regex(rf"(?:未来|近|最近|接下来)?\s*+{DAYS}\s*+(?:内|里)?(?:的|要)?(?:过)?生日")
NEW = lazy.regex("新客户|新增客户|新加的?客户")
FILLED = lazy.regex(rf"(?P<has>没有|没填|没|无|缺少|缺|有)(?P<what>{_any(terms.FILLED)})(?![=:：>])")
FLAG = lazy.regex(_any(terms.FLAGS))
SHORT = lazy.regex(_any(terms.SHORT))
SURNAME = lazy.regex("姓(?P<name>[\u4e00-\u9fff]{1,2})(?:的|氏)?")
AREA = lazy.regex(rf"(?:{_any(places.areas())})(?:省|地区|那边|一带|这边)?")
INDUSTRY = lazy.regex(rf"(?:{_any(terms.INDUSTRIES)})(?:行业|业|类)?")
PLACE = lazy.regex("[\u4e00-\u9fff]{2,12}")
_WITHOUT_SIGN = "行业|地区|城市|价值|阶段|分组|等级|会员"
LOOSE = lazy.regex(rf"(?P<field>{_WITHOUT_SIGN})\s*(?P<op>(?!.))?(?P<value>{WORD})")
TEXT = lazy.regex(rf"(?P<field>{_any(terms.TEXTS)}){OP}(?P<value>{WORD})")
CHOICE = lazy.regex(rf"(?P<field>{_any(terms.CHOICES)}){OP}(?P<value>{WORD})")
RANGE = lazy.regex(
    rf"(?P<field>{_any(terms.NUMBERS)})(?:{OP})?(?P<low>\d+(?:\.\d+)?)(?P<low_unit>万|千|百|k|w|%)?\s*+(?:元|块|次)?\s*+(?:到|至|-|~)\s*{NUMBER}"
)
COMPARED = lazy.regex(
    rf"(?P<field>{_any(terms.NUMBERS)})(?:过|了)?(?:{OP})?{NUMBER}\s*(?P<after>以上|以下|以内|及以上)?"
)
MORE_VALUES = lazy.regex(rf"(?:\s*(?P<sign>、|/|,)|(?P<or>或者?))\s*(?P<value>{WORD})")
ENDS_VALUE = lazy.regex("并且|而且|同时|以及|或者|且|或|的?客户$|的$")
HAS_SIGN = lazy.regex(r"[=<>≥≤≠＝]|[\u4e00-\u9fff]{2}[:：]\S")

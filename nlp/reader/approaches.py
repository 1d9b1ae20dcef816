"""A customer got in touch, came by or brought somebody: 李娜来过电话, 刘姐找过我, 孙丽给我介绍了个客户.

The words are those of a look-up (who, telephone, customer), so the router alone takes them for one.
"""

from __future__ import annotations

from nlp import lazy
from nlp.reader.reading import Message

LONGEST = 24  # characters
_WHEN = (
    "(?:(?:今|昨|前)[天早晚日儿]?|上周[一二三四五六日天]?|这周|本周|上[个]?月|早上|上午|中午|下午|晚上|刚才|刚"
    "|前几天|最近|之前|又|也|还|都|已经|终于|主动|专门|特意|自己|那边|这边"
    "|的?(?:客户|朋友|老公|老婆|家人|同事|秘书|助理|人)|[ ,，])*+"
)
_US = "(?:(?:给|跟|和|找|帮|替|往|向|对)?(?:我|咱|我们|咱们))?"
_TIMES = r"(?:好几|两三|几|[一两二三四五六七八九\d])?(?:个|通|条|封|次|遍|回|趟|份)?"
_MEANS = "(?:电话|微信|短信|信息|消息|邮件|语音|视频|传真|名片|地址|信|电)"
_CAME = "(?:来|了|过|我|咱们?|给我们?|给咱们?)*"
_CALLED = f"(?:来|打|发|回|接|通|挂|留|寄)(?:了|过|来|到|给)*(?:我|咱们?)?(?:的)?{_TIMES}{_MEANS}{_CAME}"
_CALLED_BY = f"{_MEANS}(?:打|发|来|回|接|通)(?:来|了|过|给|我)+"
_SOUGHT = f"(?:找|联系|加|约|喊|叫|拉)(?:了|过)?(?:我|咱们?|我们){_MEANS}?(?:了|过)?{_TIMES}"
_PLACE = "(?:公司|店里?|厂里?|展厅|门店|办公室|这边?|这里|铺子里?|门市)"
_CAME_BY = f"(?:来|到)(?:过|了)(?:我们?|咱们?)?{_TIMES}{_PLACE}?(?:看了?看|坐了?坐|转了?转|一趟)?"
_SOMEBODY = "(?:客户|朋友|老板|同行|同学|亲戚|老乡|邻居|同事|熟人|人|厂|公司|单位|生意)"
_TO_US = "(?:过来|来|给我们?|给咱们?|认识|了)*"
_MANY = "(?:好几|几|[一两二三四五])?[个位家批]?"
_BROUGHT = f"(?:转?介绍|推荐|引荐|带)(?:了|过|来)+{_US}{_MANY}[^,，。了过]{{0,8}}?{_SOMEBODY}{_TO_US}"
_TOLD = lazy.regex(f"{_WHEN}{_US}{_WHEN}(?:{_CALLED}|{_CALLED_BY}|{_SOUGHT}|{_CAME_BY}|{_BROUGHT})[啊哈呀哦噢。.!！ ]*")

_WHEN_ONLY = lazy.regex(_WHEN)
_DID = lazy.regex("[了过]")
_TO_HIM = lazy.regex(f"{_WHEN}(?:我|我们)?{_WHEN}(?:给|跟|和|同|找|与|帮){_WHEN}")


def is_told(message: Message) -> bool:
    """True where the message tells only that the known customer did so, and asks for nothing."""
    words, body = message.who.words, message.body.strip().lower()
    if message.who.known is None or message.contact or len(body) > LONGEST or words not in body:
        return False
    before, after = body.split(words, 1)
    ours = _TO_HIM.fullmatch(before) is not None and _DID.search(after) is not None  # 给李娜打过电话 is no to-do
    return (ours or _WHEN_ONLY.fullmatch(before) is not None) and _TOLD.fullmatch(after) is not None

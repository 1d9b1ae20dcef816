"""Whether a note tells that one of us has congratulated the customer already. In doubt it does not.

A wrong yes costs the reminder of a birthday, so nothing that is still to be done, was done by the customer, or is about
somebody of the customer's family counts.
"""

from __future__ import annotations

import re

from nlp import lazy

_CLAUSE = lazy.regex(r"[，,。；;！!\n]")
_GIFT = "祝福|快乐|短信|微信|红包|礼物|礼品|蛋糕|贺卡|问候|电话|鲜花|花篮"
_DONE = lazy.regex(
    rf"(?:发|送|寄|打|致)(?:了|过|去|出|完)[^，,。；;\n]{{0,10}}生日(?:{_GIFT})?"
    rf"|生日(?:{_GIFT})[^，,。；;\n]{{0,4}}(?:发|送|寄|打)(?:了|过|出|到|去|好|完)"
    r"|(?:祝了|祝过|祝贺了|祝贺过)[^，,。；;\n]{0,6}生日"
    r"|(?:打电话|打了电话|微信|当面|短信|语音|电话里?|登门|上门)[^，,。；;\n]{0,6}祝[^，,。；;\n]{0,6}生日"
)
_NOT_YET = lazy.regex(
    r"明天|后天|明早|明晚|下周|下个?月|到时|准备|打算|记得|提醒|别忘|忘了|忘记|应该|想要?|需要|还没|没有|没[发送打寄祝]|未|不用|不要|要[发送打寄给]"
    r"|得[发送打寄给]|去年|前年|以前|吗|[?？]|是不是|有没有"
)
_THEIRS = lazy.regex(r"[给跟向](?:我|我们|咱|咱们)|(?:对方|客户|他|她|[^\s]总)(?:给|发来|送来)|收到|发来|送来")
_FAMILY = lazy.regex(
    r"(?:老婆|太太|夫人|爱人|老公|先生|女儿|儿子|孩子|小孩|宝宝|爸爸?|妈妈?|父亲|母亲|爷爷|奶奶|老人|丈母娘|岳父|公司|同事|助理)的?[^，,。；;\n]{0,3}生日"
)


def birthday_told(text: str) -> bool:
    """The note tells that the customer was wished a happy birthday, by whatever channel.

    >>> birthday_told("给张伟发了生日祝福"), birthday_told("打电话祝他生日快乐，聊得不错")
    (True, True)
    >>> birthday_told("明天给张伟发生日祝福"), birthday_told("给他女儿送了生日蛋糕")
    (False, False)
    """
    if _NOT_YET.search(text) or _FAMILY.search(text):
        return False
    return any(_DONE.search(clause) and not _THEIRS.search(clause) for clause in _CLAUSE.split(text))


def channel(text: str) -> str:
    """By which way, as crm.touches calls it.

    >>> channel("打电话祝他生日快乐"), channel("发了生日祝福")
    ('phone', 'message')
    """
    return "phone" if re.search(r"电话|致电|通话", text) else "message"

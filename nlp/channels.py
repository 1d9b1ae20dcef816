"""By which channel a note says that people spoke, and which one the customer likes or dislikes.

A contact that reached nobody (电话没接) says nothing of what the customer prefers and is not told of.
"""

from __future__ import annotations

from nlp import lazy

CHANNELS = ("phone", "wechat", "sms", "email", "visit")
_WORDS = {
    "phone": "打电话|电话|来电|通话|打给|打过去",
    "wechat": "微信|朋友圈|语音",
    "sms": "短信|发信息",
    "email": "邮件|邮箱|发邮|电子邮件",
    "visit": "上门|拜访|当面|见面|面谈|登门|去他|去她",
}
NAMES = {
    "phone": ("电话", "打电话", "手机"),
    "wechat": ("微信",),
    "sms": ("短信",),
    "email": ("邮件", "邮箱", "电子邮件"),
    "visit": ("上门", "拜访", "见面", "当面", "面谈"),
}
_SPOKEN = {channel: lazy.regex(words) for channel, words in _WORDS.items()}
_MISSED = lazy.regex("没接|不接|未接|打不通|没打通|没人接|关机|停机|空号|没回|不回|未回|没加上")
_PAID_BY = lazy.regex(  # 赔了200 微信转的: how money went; of the ways to pay 微信 alone is one to speak, too
    r"微信(?:已经?|都|也|就|先|上|里|直接)*(?:付|转(?![发告达述给])|转给|打款|结|扫|支付|红包|收(?!到(?![款钱账])|件|看)|到账|账单|给(?:了|的|我了)(?=$|[\\s,，。]))"
    r"|(?<=[\d元块]) ?微信(?=$|[\s,，。])|[付收转给]的?微信(?=$|[\s,，。了])"
)
_CLAUSE = lazy.regex("[，,。；;！!？?\n]")
_DISLIKES = lazy.regex("不(?:太|怎么|大|是很)?(?:喜欢|爱|习惯|想|愿意|方便|要|用|看|接)|别|讨厌|反感|烦")
_LIKES = lazy.regex(
    "喜欢|偏好|偏爱|习惯|爱用|愿意|只用|只看|更方便|最方便|(?:联系|沟通|找他|找她)(?:最好|更好|方便)|最好(?:用|发|打|通过)|优先"
)

_ABROAD = lazy.regex(
    r"(?i)(?<![a-z])(?:whats\s?app|wa(?=\s?[:：+])|viber|telegram|skype|messenger|zoom|teams)(?![a-z])"
)


def named_abroad(text: str) -> frozenset[str]:
    """The words of the text for channels that are used abroad: they tell neither of a rival nor of leaving.

    >>> sorted(named_abroad("whatsapp联系 明天zoom"))
    ['whatsapp', 'zoom']
    """
    return frozenset(match.group() for match in _ABROAD.finditer(text))


def spoken(text: str) -> frozenset[str]:
    """The channels by which somebody was reached.

    >>> sorted(spoken("打电话聊了报价，又加了微信")), sorted(spoken("电话没接")), sorted(spoken("58 微信收了"))
    (['phone', 'wechat'], [], [])
    """
    clauses = [clause for clause in _CLAUSE.split(_PAID_BY.sub("", text)) if not _MISSED.search(clause)]
    return frozenset(
        channel
        for channel, pattern in _SPOKEN.items()
        if any(pattern.search(clause) and not _DISLIKES.search(clause) for clause in clauses)
    )


def wishes(text: str) -> list[tuple[str, bool]]:
    """The channels that the customer is said to like (True) or dislike (False), in their order.

    >>> wishes("张伟 喜欢微信联系"), wishes("不喜欢打电话，最好用微信"), wishes("打电话聊了报价")
    ([('wechat', True)], [('phone', False), ('wechat', True)], [])
    """
    found = []
    for clause in _CLAUSE.split(text):
        dislikes = _DISLIKES.search(clause) is not None
        if not dislikes and _LIKES.search(clause) is None:
            continue
        told = [channel for channel, pattern in _SPOKEN.items() if pattern.search(clause)]
        if len(told) == 1:
            found.append((told[0], not dislikes))
    return found


def named(word: str) -> str | None:
    """The channel that the word is a name of.

    >>> named("微信"), named("上门"), named("鸽子")
    ('wechat', 'visit', None)
    """
    return next((channel for channel, words in NAMES.items() if word in words), None)

"""Who is called by the given name alone, as one calls customers of a shop: 小美, 阿珍, 丽丽, 胖哥, 建国哥."""

from nlp import lazy

# Characters of given names that open hardly a word of goods or measures behind 小: 小美, but 小瓶 and 小料.
_GIVEN = (
    "美丽芳娟霞燕玲英华强军刚伟勇斌峰辉虎胖飞鹏杰珍敏静琴凤兰菊秀莲娜萍艳玉桂超磊浩宇轩涵欣怡雯婷莹洁倩佳琪瑶琳颖慧蓉蓓薇晶彬兵"
    "建国志明文福贵财旺根威凯健康安顺达坤晨洋俊红霜翠芬巧爱香萌蓝岚倪婉莎楠茜菲娇媛妍彤悦馨钰"
)
_CALL = lazy.regex(f"[小阿][{_GIVEN}]|(?P<one>[{_GIVEN}])(?P=one)|(?:[{_GIVEN}黑]|[{_GIVEN}]{{2}})(?:哥|姐|嫂|叔)")
_WORDS = ("刚刚", "明明", "小康", "小文")  # ordinary words


def is_one(word: str) -> bool:
    """True for a call by the given name.

    >>> [is_one(word) for word in ("小美", "阿珍", "丽丽", "胖哥", "建国哥", "小瓶", "小票", "阿姨", "刚刚", "大哥")]
    [True, True, True, True, True, False, False, False, False, False]
    """
    return word not in _WORDS and _CALL.fullmatch(word) is not None


_TIMES = "今[天早晚]|昨[天晚]|刚|刚才|上午|下午|早上|晚上"
_OPENING = lazy.regex(
    rf"\s*+(?:刚刚|{_TIMES})?(?P<who>[一-鿿]{{2,3}}?)(?:{_TIMES}|又|也|还|那边){{0,8}}"
    r"(?:要(?![上考去学结到做])|[订定拿买退催嫌付](?!位)|说|问(?!题)|想[要买订问]|下单|来电|打(?:来)?电话|加了?\d|补了?\d)"
)


def opening(text: str) -> str | None:
    """Who buys, says or asks something at the head of the text and is called so.

    >>> opening("小美要糖浆 6瓶"), opening("胖哥又拿了5箱"), opening("小美要上小学了"), opening("小票要补")
    ('小美', '胖哥', None, None)
    """
    found = _OPENING.match(text)
    return found["who"] if found and is_one(found["who"]) else None

"""Who introduced somebody new: 老陈介绍了个朋友给我 叫沈国平, 沈国平 做门窗的 老陈介绍来的."""

from nlp import lazy, names, relations

_DID = "(?:转?介绍|推荐|引荐)"
_WHEN = "(?:(?:今|昨|前)[天早晚日]|上午|下午|刚才?|刚刚|上周|这周)*"
_BY = "(?P<by>[一-鿿]{2,4}?)"
_WHO = "(?:一?[个位名]|新|他|她|的)*(?:朋友|客户|同学|亲戚|老乡|同行|邻居|同事|战友|哥们|姐妹|老板|人|厂|公司)"
_KIN = rf"(?:他家?|她家?|自己|自家)?的?{relations.RELATION}(?=[\s一-鿿])"
_GAVE = lazy.regex(
    rf"^\s*(?:加客户\s*)?{_WHEN}{_BY}{_WHEN}(?:又|也|帮忙?|给我们?|跟我)*{_DID}(?:给我们?)?了?(?:我们?)?(?:{_WHO}|{_KIN})"
)
_CAME = lazy.regex(rf"(?:^|[\s,，。;；由是]){_BY}(?:那边|公司)?{_DID}(?:过来|来|给我们?|认识)?的(?=$|[\s,，。;；])")


def by(text: str) -> str | None:
    """Who is told to have introduced the newcomer, as he is called there; None where nobody is named.

    >>> by("老陈介绍了个朋友给我 叫沈国平 做门窗的 13611112222"), by("沈国平 13611112222 老陈介绍来的")
    ('老陈', '老陈')
    >>> by("孙倩介绍她妹妹孙悦来办卡 15900004444")
    '孙倩'
    >>> by("张伟 13611112222 朋友介绍的"), by("跟他介绍了新产品 张伟 13611112222")
    (None, None)
    """
    for match in (_GAVE.match(text), _CAME.search(text)):
        if match and (names.is_address(match["by"]) or names.is_full_name(match["by"])):
            return match["by"]
    return None


def is_told(text: str) -> bool:
    """True where the sentence opens with the introduction: taken to pieces it would say nothing any more."""
    gave = _GAVE.match(text)
    return gave is not None and by(text) == gave["by"]

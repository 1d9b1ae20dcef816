"""A telephone number told beside a customer that is of somebody of his: 刘姐老公的电话, 她妹妹也要装修 电话是138…."""

from nlp import lazy, relations

_PEOPLE = f"(?:{relations.RELATION}|助手|会计|出纳|财务|前台|仓库|门卫|文员|内勤|跟单)"
_CALL = "[哥弟姐妹叔伯姑舅爸妈]"  # 孙丽姐 is 孙丽
_NUMBER = "(?:电话|手机|号码|微信)"
_ANOTHERS = lazy.regex(f"(?:的|她们?|他们?|[打找问加]|那边|说){_PEOPLE}[一-鿿]{{0,3}}的?{_NUMBER}")
_HIS_PEOPLES = lazy.regex(f"(?:[的家]|(?!{_CALL}(?!{_CALL}|夫))){_PEOPLE}[一-鿿]{{0,3}}的?{_NUMBER}")
_HIS = lazy.regex(rf"的?{_NUMBER}号?码?[是:： ]*[\d+]")
_TELLS_OF = lazy.regex(
    f"{relations.RELATION}(?=叫|姓|名|[一-鿿]{{0,4}}(?:想|要|也|打算|准备|有兴趣|感兴趣|需要|考虑|在找|看[上中好]))"
)
_OWN_AGAIN = lazy.regex("[他她]?(?:自己|本人)|换(?:了|号|成)|改(?:了|号|成)|新号|停机|不用了")


def is_told(text: str, called: str) -> bool:
    """True where the number is said to be of somebody of his.

    >>> is_told("刘姐老公的电话是13700002222", "刘姐"), is_told("孙丽姐电话改成13700002222", "孙丽")
    (True, False)
    """
    at = text.find(called) if called else -1
    return _ANOTHERS.search(text) is not None or (at >= 0 and _HIS_PEOPLES.match(text, at + len(called)) is not None)


def is_his(text: str, called: str) -> bool:
    """True where the number stands behind his name and its label: 李哥电话139… 老婆姓林."""
    at = text.find(called) if called else -1
    return at >= 0 and _HIS.match(text, at + len(called)) is not None


def may_be(text: str, called: str, number: str) -> bool:
    """True where somebody of his wants something or is called so, and a number follows that need not be his.

    >>> told = "刘姐说她妹妹也要装修她妹妹叫刘敏电话是13700002222"
    >>> may_be(told, "刘姐", "13700002222"), may_be(told.replace("电话", " 刘姐电话"), "刘姐", "13700002222")
    (True, False)
    """
    found = list(_TELLS_OF.finditer(text[: max(text.find(number), text.find(number[:3]))]))
    if not found:
        return False
    behind = text[found[-1].end() :]
    return not ((called and called in behind) or _OWN_AGAIN.search(behind))

"""Days on which we promised nothing: 最快周五 of others, 最好是周二, 别在那天前打."""

from nlp import lazy

_NOT_PROMISED = lazy.regex(
    "我(?:们|这边)?[^,，。;；]{0,4}(?:没敢?|不敢|没法|未)(?:[跟给和对向][^,，。 ]{1,4}?)?"
    "(?:打包票|答应|应承|应下|承诺|保证|松口|拍胸脯|给准话)"
)
_WISHED = lazy.regex(
    "(?:(?<!我)(?<!我们)最[快早]|最好(?:是|在)(?:(?:周|礼拜|星期)[一二三四五六日天])?)$"
)  # 财务说最快周五, 时间最好是周二
_AGREED = lazy.regex(
    "我(?:们|这边|也|都|就|已经?|当场|当时|先|跟[他她]|[ ])*(?:答应|同意|应承|应下|承诺|保证)(?!不)"
    "|我(?:们)?说(?:行|好|可以|没问题)"
)
_OURS = lazy.regex("我(?:们)?(?:[跟给和对][^,，。;； ]{1,6}?)?(?:说|讲|答应|承诺|保证|回复?)[^,，。;； ]{0,8}最[快早]$")
_CLAUSE = lazy.regex("[,，。;；!！]")
_FORBIDDEN = lazy.regex("(?i)(?:(?:别|不要|莫|甭)(?!忘|漏|误)|(?:do not|don'?t|never) (?!forget|miss))[^,，。]{1,12}$")


def is_told(before: str, after: str) -> bool:
    """True where a day stands between words that promise nothing.

    >>> is_told("工厂讲", "补过来 我没敢跟她打包票"), is_told("财务说最快", ""), is_told("我最快", "给她")
    (True, True, False)
    >>> is_told("李娜要求最好在", "前报价 我答应了"), is_told("我", "给李娜发报价，账期的事我不敢答应")
    (False, False)
    >>> is_told("我答应李娜最快", "上门")
    False
    """
    if _NOT_PROMISED.search(_CLAUSE.split(after)[0]):
        return True
    is_ours = _OURS.search(before) is not None
    return not is_ours and _WISHED.search(before) is not None and _AGREED.search(after) is None


def is_forbidden(before: str, words: str) -> bool:
    """True for 别 call 他 before 10am, where `words` are those of the time."""
    return words.startswith(("before", "after")) and _FORBIDDEN.search(before) is not None

"""A deed of two words with what was said right before it: 我做个方案 下周一给他 → 做个方案 给他."""

import re

from nlp import lazy
from nlp.fields import places

_OBJECT = lazy.regex(
    "[给他她它回打发寄送报再去来算问看带做定约补交完搞弄出并好齐 ]|过去|一下|过来|成|搞定|到位|解决|处理|补齐|妥"
)
_AGREED_TO = lazy.regex("[,，。;； ]+我(?:已经?|也|都|就|当场|一口)*(?:答应|应|允|同意|接)(?:下来?|承)?了?$")
_MADE = lazy.regex(
    "(?:我们?|咱们?)(?:来|先|再|去|就|得|要)?(?P<deed>(?:做|写|出|整理|算|拟|弄|准备|打印|画|设计|核算?"
    "|查)[^,，。 了过]{2,10})"
)  # 我做个方案 下周一给他
_GIVES = lazy.regex("(?:再|就)?(?:[发送寄带报拿]?给|发|寄|送|带)(?:[他她]们?|客户|过去)?")
_WANTED = lazy.regex("^[一-鿿A-Za-z]{1,4}?(?:说?要|想要|想看|需要|催)(?![去来等到紧])[^,，。 ]{2,}$")


def with_context(deed: str, before: str) -> str:
    """The deed; one of two words gets the clause before it, so that the task says what it is about."""
    before = _AGREED_TO.sub("", before.strip(" ,，。;；!！"))
    last = re.split(r"[,，。;；!！:：\s]", before)[-1]
    if (made := _MADE.fullmatch(last)) and _GIVES.fullmatch(deed):
        return f"{made['deed']} {deed}"
    if deed and _WANTED.search(last):  # of 李娜要合同 我周五弄 only the wish says what is to be done
        return deed  # 孙丽要样册 我明天寄: matters tells what about
    if (
        _OBJECT.sub("", deed)
        or not 1 < len(last) <= 16
        or last.startswith(("我", "说", "问", "讲", "可以", "能", "想"))
        or re.search(r"\d{4}|@", last)
    ):
        return deed
    return deed if places.leading(last) == len(last) else f"{last} {deed}".strip()

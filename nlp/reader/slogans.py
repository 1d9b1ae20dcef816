"""What is cried out to all and is nobody's task: 周六周日全场八折, 买一送一."""

from nlp import lazy

_SLOGAN = lazy.regex(
    r"全场.{0,3}折|(?:全场|通通|一律|统统)(?:特价|半价|包邮)|买[一二两三四五\d]+[送赠][一二两三四五\d]|返场|满\d+[减送]|第二[件杯份]半价"
    "|限时(?:抢购|特价|优惠)|秒杀价?|钜惠|大酬宾|清仓(?:价|甩卖)?"
)
_OURS = lazy.regex("我|记得|要(?!买)|得(?!到)|准备|安排|通知|发(?!货)|群发|做|打印|提醒")


def is_told(body: str) -> bool:
    """True for what is cried out to all: 周六周日全场八折; 周六前打印全场八折的海报 is to be done."""
    return _SLOGAN.search(body) is not None and _OURS.search(body) is None

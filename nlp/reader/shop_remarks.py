"""What is said of the shop and of no customer: a day's total (我今天做了800), 染膏用完了 要进货, 鸡腿涨到198一箱."""

from __future__ import annotations

from nlp import lazy
from nlp.when import numerals

_LONGEST = 30  # characters; what is longer tells a story, of whomever
_OURS = "(?:我们店里?|我们|我|咱们店里?|咱们|店里|本店|小店)"
_DAY = "(?:今[天日早晚儿]|昨[天日晚]|前天|[上下]午|中午|晚上|全天|这一?天|[这本上]个?(?:周|星期|礼拜|月)|到现在|到目前)"
_MANY = "(?:\\d+|[一二两三四五六七八九十几]+)(?:个|位|单|笔)?(?:客人|客户|顾客|人|头)?"
_SUM = "[¥￥]?\\d[\\d.,]*[万千]?(?:块钱?|元)?"
_TOOK = "(?:做|收|卖|开|接|忙|赚|进账|入账|营业额|流水|业绩|收入|到账)(?:了|到)?(?:是|有)?"
_ALL = "(?:一共|总共|合计|共|加起来|大概|差不多|才|就|都|[ ,，])*"
_TOTAL = lazy.regex(  # a total of nobody: the day or we, who did it, how many, and how much
    f"(?=.*(?:一共|总共|合计|加起来|营业额|流水|业绩|客人|顾客|做了 ?[¥￥]?\\d|全天))(?:{_OURS}|{_DAY}|的|[ ,，])+"
    f"(?:{_ALL}{_TOOK}(?:{_ALL}{_MANY}(?![\\d.块元]))?){{0,4}}{_ALL}{_SUM}[。!！ ]*"
)
_STOCK = lazy.regex("(?:记得|该|得|要|需要|赶紧|快点?)(?:去|再)?(?:进货|补货|进点|补点)(?:了|啦)?[。!！ ]*$")
_CLOSED = lazy.regex(
    "(?:我们店|咱们店|咱店|店里|本店|小店|门店)"
    "[^,，。他她]{0,6}(?:休息|不开门|不营业|关门|放假|歇业|盘点|停电|停水|照常营业|也营业)"
)
_ALL_GUESTS = lazy.regex(
    "^(?:最近|今天)?(?:很?多|好多|好几个|不少|所有)?(?:的)?(?:客人|顾客|客户)们?(?:都|老是|总)(?:说|问|反映|嫌|喜欢|觉得)"
)
_SORTED = lazy.regex(
    "^(?:把|所有|全部|我的)*(?:客户|客人|会员|顾客)们?(?:按|照|根据)[^,，。]{1,8}"
    "(?:排(?:序|名|列|一?下)?|分(?:一?下|类|组))[吧。!！ ]*$"
)
_FROM = "(?:从|自)?(?:[明后今]天|下?个?月[初底]?|下?(?:周|星期|礼拜)[一二三四五六日天]?|\\d+[月号日])+(?:起|开始|以后)?"
_UNIT = "[箱袋桶件瓶包盒斤吨条台套张卷个只把支平]"
_PRICED_ANEW = lazy.regex(  # a price of goods for all: 鸡腿从明天涨价到198一箱, 4月1日起板材涨10%
    f"^(?:通知[ ,，:：]*)?(?P<before>{_FROM})?(?P<goods>[一-鿿A-Za-z0-9]{{2,8}}?)(?:的?(?:价格|单价|售价|进价|批发价))?"
    f"(?P<since>{_FROM})?(?:又|要|都|也|全部|统一|每{_UNIT})*(?:[涨降调提]价|[涨降]|调(?=[到成为至]))[到成为至了 ,，]*"
    f"(?P<sum>[\\d.]*(?:块|元|毛|个点|[%％])?\\d?)[ ,，]*(?:[一每/]{_UNIT}|公斤)?[\\d.]*[块元]?[ 。!！了]*$"
)
_PER_PIECE = lazy.regex(f"[一每/]{_UNIT}")
_NO_GOODS = lazy.regex(  # what is a customer's own, or somebody who sets the price
    "^[我你您他她它咱谁]|^单?价格?$|租|工资|工价|学费|物业|油价|房价|原料|成本|押金|运费|提成|底薪|预算|报价|股|额度|利[息率]"
    "|客户|公司|老板|厂家|[他她]|对手|同行|隔壁|要求|希望|说|想|能|血[压糖脂]|体重|业绩|订单|[总哥姐工]$"
    "|[总哥姐工]要"
)
_OF_SOMEBODY = lazy.regex("[他她]|客户说|说(?!明)")


def is_told(text: str) -> bool:
    """True for what is said of the shop, its day or all its guests: where nobody is named it is of no customer.

    Who is named beside it (客户都嫌贵 张伟也是) is found by his name.

    >>> [is_told(one) for one in ("今天总共做了5个客人收了860", "今天收了860", "他染膏用完了 要进货")]
    [True, False, False]
    """
    plain = numerals.plain(text).strip()
    if len(plain) > _LONGEST:
        return False
    if _TOTAL.fullmatch(plain) or _ALL_GUESTS.search(plain) or _SORTED.search(plain):
        return True
    if (priced := _PRICED_ANEW.match(plain)) and _NO_GOODS.search(priced["goods"]) is None:
        is_priced = priced["sum"] and _PER_PIECE.search(plain)
        return bool(is_priced or priced["before"] or priced["since"])
    return (_STOCK.search(plain) or _CLOSED.search(plain)) is not None and _OF_SOMEBODY.search(plain) is None

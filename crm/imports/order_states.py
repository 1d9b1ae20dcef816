"""What the column 状态 of an order file says: the order was given up, or goods came back."""

from __future__ import annotations

import functools

from crm.imports import values
from nlp import lazy

_WHO = "(?:订单|交易|该?单|买家|卖家|客户|顾客|用户|商家|系统|超时|自动|主动)*"
_VOID = lazy.regex(
    rf"{_WHO}已?被?(?:全部|整单)?(?:取消|作废|撤销|撤单|废弃|废单|无效|失效|关闭|终止)(?:订单|交易|的?单|了|成功)?"
    r"|void(?:ed)?|cancell?ed|closed"
)
_BACK = "(?:退货退款|退款退货|退货|退款|退单|退回)"
_ENDED = lazy.regex(
    rf"{_WHO}已(?:经)?(?:全部|全额|整单)?{_BACK}了?|{_WHO}(?:全部|全额|整单)?{_BACK}(?:成功|完成|已完成|完毕)|refunded|returned"
)
_RETURN = lazy.regex(rf"(?:销售|客户|客|全部|全额|整单)*{_BACK}单?|红冲|冲红|红字|红单|refund|return")
_PART = lazy.regex(rf".*部分(?:商品|订单)?已?{_BACK}.*|partially refunded")


@functools.lru_cache(500)
def of(cell: str) -> str:
    """'void' for an order that came to nothing, 'return' for goods that came back, 'part' for some of them, or ''.

    An order that was refunded in the end (已退款) came to nothing: its row is the sale itself.

    >>> of("已取消"), of("交易关闭"), of("退款成功"), of("退货"), of("部分退款"), of("已完成"), of("未取消"), of("")
    ('void', 'void', 'void', 'return', 'part', '', '', '')
    """
    said = values.plain(cell).lower().replace(" ", "") if cell else ""
    for pattern, state in ((_PART, "part"), (_VOID, "void"), (_ENDED, "void"), (_RETURN, "return")):
        if said and pattern.fullmatch(said):
            return state
    return ""

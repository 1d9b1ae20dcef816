"""Whether more is told beside what is right of an order: 那单改成2600了 但要先打样."""

from __future__ import annotations

import re

from nlp import lazy
from nlp.reader.order_values import CHANGE, SLIP

FIELD = lazy.regex(
    "合同(?:总?价|总?额|金额)|金额|总价|总额|成交价|数目|钱数|产品|品名|品种|货名|件数|下单日"
)  # … of an order
_PAUSE = lazy.regex(r"[,，。;；!！\s]+|但是?|不过|因为|所以|而且|另外|顺便")
_OF_CHANGE = lazy.regex(
    rf"\d|[零一二三四五六七八九十百千万两半]+[块元万千百个件箱]|{SLIP.pattern}|{CHANGE.pattern}|{FIELD.pattern}|单|不是|应该|其实"
    "|^(?:是|就是|归|算)|^(?:今|昨|前)天|^[^一-鿿]*(?:不好意思|抱歉|对不起|麻烦|辛苦|谢谢|多谢)|数量|[件个箱台]数|单价|日期|零"
)
TELLS = lazy.regex("说(?!错|成|岔)|[嫌怕催夸]|觉得|想(?!起)|要求|同意|不满|满意|希望|反映|打电话")


def says_more(text: str, called: str) -> bool:
    """True where a clause tells something else than what is right: 那单改成2600了 但要先打样."""
    clauses = [clause.replace(called, "") if called else clause for clause in _PAUSE.split(text)]
    first = next((place for place, clause in enumerate(clauses) if _OF_CHANGE.search(clause)), len(clauses))
    others = [clause for clause in clauses[first + 1 :] if not _OF_CHANGE.search(clause)]
    told = [*others, *(clause for clause in clauses if TELLS.search(clause))]
    return any(len(re.sub("[^一-鿿]|[吧了啊哈呢的]", "", clause)) > 1 for clause in told)

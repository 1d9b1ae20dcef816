"""Where a customer is, in a word that sorts a day's visits: the building, else the street, else the area."""

from __future__ import annotations

import re

from crm.tables import Customer
from nlp import lazy

LONGEST = 20
_ABOVE = lazy.regex(r"^.*?(?:省|自治区|市|(?<!小)(?<!园)区|县|镇)(?=\S{3})")
_BUILDING = lazy.regex(
    r"[\u4e00-\u9fffA-Za-z0-9]{2,12}?(?:大厦|广场|大楼|写字楼|产业园区?|科技园区?|工业园区?|创意园|园区|商务中心|中心|商场|批发市场|市场|建材城|五金城|商城"
    r"|小区|花园|公寓|开发区)"
)
_STREET = lazy.regex(r"[\u4e00-\u9fff]{2,8}?(?:路|街|大道|巷|弄)")
ELSEWHERE = "其他"


def is_building(words: str) -> bool:
    """True for the name of a building, a market or a park, and nothing more.

    >>> is_building("环球中心"), is_building("张伟")
    (True, False)
    """
    return _BUILDING.fullmatch(words) is not None


def of(customer: Customer) -> str:
    """The place of the customer.

    >>> of(Customer(address="上海市浦东新区世纪大道88号金茂大厦12楼", region="上海"))
    '金茂大厦'
    >>> of(Customer(address="人民路18号", region="苏州")), of(Customer(region="苏州")), of(Customer())
    ('人民路', '苏州', '其他')
    """
    address = customer.address or ""
    while (match := _ABOVE.match(address)) and len(match[0]) < len(address):
        address = address[match.end() :]
    number = re.split(r"\d+(?:号|弄|栋|幢)", address)
    for part in (*reversed(number), address):
        if found := _BUILDING.search(part):
            return found[0][:LONGEST]
    if found := _STREET.search(address):
        return found[0][:LONGEST]
    return (address or customer.region or ELSEWHERE)[:LONGEST]

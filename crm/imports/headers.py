"""What the words of a header mean: the names that people give to columns."""

from __future__ import annotations

import functools
import re
import unicodedata

from nlp import lazy

_PERSON = (
    "姓名|联系人|联系人姓名|客户姓名|顾客姓名|会员姓名|学员姓名|患者姓名|车主姓名|名字|称呼"
    "|name|fullname|contact|contactname|contactperson"
)
_CUSTOMER = (
    "客户|客户名称|客户名|顾客|顾客名称|客人|学员|患者|车主|名称|买家|买家名称|会员|会员名|购货单位"
    "|customer|customername|client|clientname|buyer"
)
_FIRST = {"姓": "surname", "名": "given", "lastname": "surname", "firstname": "given"}
_NAMES = {
    "phone": "手机|电话|手机号|手机号码|电话号码|联系方式|联系电话|客户电话|收货电话|移动电话|座机|固话|固定电话"
    "|phone|tel|mobile|telephone|cell|cellphone|mobilephone|mobileno|phoneno|phonenumber|mobilenumber",
    "company": "公司|单位|公司名称|企业|企业名称|单位名称|工作单位|所在公司|公司名"
    "|门店|门店名称|店名|店铺|店铺名称|诊所|诊所名称|医院|医院名称|机构|机构名称|学校|学校名称|工厂名称|商户|商户名称|客户单位|客户公司"
    "|company|companyname|organization|employer",
    "title": "职务|职位|岗位|头衔|职称|title|jobtitle|position|job",
    "lunar_birthday": "农历生日|阴历生日|旧历生日|农历出生日期|生日农历",
    "birthday": "生日|出生日期|出生年月|出生年月日|生辰|公历生日|阳历生日|birthday|birth|dob|birthdate|dateofbirth",
    "source": "来源|客户来源|渠道|线索来源|来源渠道|获客渠道|source|channel|leadsource",
    "region": "区域|地区|城市|省份|省市|所在地|所在城市|地址|详细地址|联系地址|region|city|area|address|province",
    "industry": "行业|所属行业|客户行业|industry|sector",
    "wechat": "微信|微信号|微信账号|wechat|weixin|wechatid|wx",
    "email": "邮箱|电子邮箱|邮件|电子邮件|邮箱地址|email|mail|emailaddress",
    "owner": "归谁|谁的客户|谁跟|谁在跟|谁负责"
    "|跟进人|跟进人员|跟进销售|归属|归属人|客户归属|归属销售|所属销售|所属人|所属业务员|业务员|业务员姓名"
    "|销售|销售员|销售人员|销售姓名|销售顾问|销售负责人|负责销售|负责的销售|业务负责人|客户负责人|负责人|负责人姓名|客户经理|维护人|专属顾问"
    "|owner|salesperson|salesrep|salesman|accountmanager|accountowner|leadowner|contactowner|customerowner",
    "note": "备注|说明|跟进|跟进记录|跟进情况|描述|备注信息|note|notes|remark|remarks|comment|comments",
}
_ORDER = {
    "date": "日期|下单日期|订单日期|成交日期|交易日期|购买日期|销售日期|下单时间|订单时间|成交时间|付款时间|时间"
    "|创建时间|date|orderdate|day|datetime|saledate|purchasedate|createdat",
    "price": "单价|售价|销售单价|unitprice|priceeach",
    "amount": "金额|总额|总金额|订单金额|成交金额|实付|实付金额|实收|应收金额|合计|合计金额|总价|价格|销售额"
    "|销售金额|总计|amount|total|price|revenue|sum|sales|totalamount|orderamount|totalprice",
    "quantity": "数量|件数|购买数量|销量|销售数量|quantity|qty|count|units",
    "cost": "成本|总成本|成本额|成本金额|采购成本|cost|costs|cogs",
    "status": "状态|订单状态|交易状态|单据状态|销售状态|成交状态|status|orderstatus",
    "number": "订单编号|订单号|单号|订单编码|销售单号|单据编号|单据号|交易号|交易单号|流水号"
    "|orderid|orderno|ordernumber|ordercode",
    "product": "消费项目|服务项目|服务内容|消费内容|做了什么|买了什么"
    "|产品|商品|产品名称|商品名称|品名|货品|货品名称|型号|规格型号"
    "|product|item|sku|description|productname",
}
_WHOLE = ("owner", "number", "status")  # 销售 is no part of 销售额, nor 单号 of 快递单号, nor 状态 of 发票状态
FIRMS = ("公司", "单位", "公司名称", "单位名称", "企业名称", "公司名", "工作单位", "所在公司")
_ID = "客户编号|客户id|客户号|会员号|会员编号|编号|customerid|clientid|memberid|id"

_UNTAKEN = lazy.regex(
    "^(?:上次|最近|最后|下次|下一次|计划|预计)(?:一次)?(?:的)?(?:(?:联系|跟进|拜访|回访|沟通)(?:的)?(?:时间|日期|日)?$|回款)"
)  # no field of ours
_BRACKETS = lazy.regex(r"[(（\[【].*?(?:[)）\]】]|$)")
_MARKS = lazy.regex(r"[\s*_:：、.\-/]")


def normal(cell: str) -> str:
    """The word of the header without blanks, stars, brackets and numbers behind it."""
    text = cell if cell.isascii() else unicodedata.normalize("NFKC", cell)
    text = _BRACKETS.sub("", text.lower())
    return _MARKS.sub("", text).rstrip("0123456789一二") or text.strip()


@functools.cache
def _words(kind: str) -> dict[str, str]:
    if kind == "orders":
        table = {"customer": f"{_CUSTOMER}|{_PERSON}", "phone": _NAMES["phone"], **_ORDER}
    else:
        table = {"name": _PERSON, "customer": _CUSTOMER, **_NAMES}
    return {word: field for field, words in reversed(table.items()) for word in words.split("|")}


@functools.cache
def _parts(kind: str) -> list[tuple[str, str]]:
    """Chinese words that may stand inside a longer name of a column; 客户等级 names no customer, though."""
    found = [(word, field) for word, field in _words(kind).items() if not word.isascii()]
    return [
        (word, field) for word, field in found if field not in _WHOLE and len(word) > (2 if field == "customer" else 1)
    ]


def named(cell: str, kind: str) -> str:
    """The field whose name the cell is, '' otherwise. A customer of a list of customers is 'customer'."""
    return _words(kind).get(normal(cell), "") if cell and len(cell) <= 30 else ""


def meant(cell: str, kind: str) -> str:
    """The field that the cell names or speaks of, '' otherwise. What comes last counts: 公司电话 is a telephone."""
    if found := named(cell, kind):
        return found
    word = normal(cell)
    if word.startswith("是否") or _UNTAKEN.search(word):
        return ""
    inside = [(word.rfind(part) + len(part), len(part), field) for part, field in _parts(kind) if part in word]
    return max(inside)[2] if inside else ""


def is_untaken(cell: str) -> bool:
    """The column tells when the customer was or is to be seen (下次联系): a file brings no tasks.

    >>> is_untaken("下次联系"), is_untaken("上次跟进时间"), is_untaken("跟进记录")
    (True, True, False)
    """
    return _UNTAKEN.search(normal(cell)) is not None


def half_name(cell: str) -> str:
    """'surname' or 'given' where a name is cut in two, '' otherwise."""
    return _FIRST.get(normal(cell), "")


def is_id(cell: str) -> bool:
    """The column holds the number of a customer."""
    return normal(cell) in _ID.split("|") or re.sub(r"[\s_]", "", cell.lower()) in _ID.split("|")


@functools.cache
def plain_words() -> frozenset[str]:
    """Every name of a column as it is usually written."""
    return frozenset((*_words("customers"), *_words("orders")))


@functools.lru_cache(2_000)
def is_any(cell: str) -> bool:
    """The cell is the name of a column, of customers or of orders."""
    return bool(named(cell, "customers") or named(cell, "orders") or half_name(cell))

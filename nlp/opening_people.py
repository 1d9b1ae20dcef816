"""Who is told of at the head of a message behind a deed or a firm: 签了 悦来客栈 孟老板 …, 恒泰物业钱经理，门禁坏了."""

import re
from functools import cache

from nlp import given_calls, lazy, lexicon, names, relations

LONGEST = 12  # characters of a house
FIRST = 3  # pieces of the head in which he stands
_BREAKS = lazy.regex(r"[\s,，。;；:：!！?？]+")
_TIME = "今[天早晚]|昨[天晚]|前天|明[天早晚]|后天|刚|刚才|上午|下午|中午|早上|晚上|现在"
_TIMES = lazy.regex(f"(?:{_TIME})+")
_DEEDS = lazy.regex(
    f"(?:{_TIME}|又|再|新|我|接到?(?:了|个|到)*电话|(?:签|定|订|谈|拿|下)(?:下来?|单|成)?了?|成交了?|中标了?|发[货给]了?|收到了?)++"
)
_OWN_PEOPLE = (  # a part of the customer's own firm before somebody: 财务李姐, 质检部周工
    "财务|会计|出纳|采购|仓库|库管|工程|技术|设备|生产|行政|人事|门店|前台|老板娘?|司机|师傅|项目|现场|安装|售后|质检|品质|物业"
    "|总务|后勤|保安|销售|运营|客服|设计|施工|监理|厂里|店里|公司|单位|那边|这边|新来|新|原来|老|大|小"
    "|餐饮|客房|前厅|中厅|后厨|厨房|食堂|宴会|吧台|收银|洗衣房|车间|实验室|教务|教研|研发|后台|库房|护理|手术|药剂|检验|影像|配送|物流|快递|货运|调度"
    "|法务|审计|市场|招标|基建|宿舍|分店|分厂|分校|分院|分部|分公司|子公司|总店|总厂|总校|总院|总部|总公司|集团|[早中晚夜白]班|股东|投资人|[甲乙丙]方|总包|分包"
    "|门[卫岗]|工地|厂家|供应商|经销商|代理商?|同行|中介|[东南西北新老]区|设计院|[一二三四五六七八九十\\d]{1,4}号?[楼层期栋幢区班]|[一-鿿]{1,3}(?:处|班|车间|分厂)|[一-鿿]{1,4}部(?<!乐部)(?<![市营务卖发]部)"
    "|工头|[工班队店厂组站]长|设计师|店员|员工|技师|导购|文员|业主|客户|客人|负责人|联系人|经办人|对接人|收货人|收件人"
)
_OWN = lazy.regex(f"(?:{_OWN_PEOPLE}|{relations.RELATION}){{1,6}}(?:[部科处室组办院]|那边|这边|上)?的?")
_LITTLE = lazy.regex(
    "[他她你我您咱们的了给找让叫跟和与问说讲见去到在来要把被对请约替帮陪由等催带从看想是有没不就也又还已用需求换送发寄]"
)
_AHEAD = lazy.regex(
    r"(?:这|本|下下?)?(?:周|星期|礼拜)[一二三四五六日天末]|[明后]年|(?:这|本|下)?个?月[初中底]?|[\d一二三四五六七八九十]{1,4}[月号日][\d一二三四五六七八九十号日底初]*"
)
_BEHIND = lazy.regex(
    rf"$|\d|[A-Za-z]|{_TIME}|[说问打要想订定买付来去让催嫌也又还就在今昨给加发投反退欠签][^\w]?|那[边里]|这边|电话|的单|家"
)
_SENTENCE = lazy.regex("[他她你我您咱们的了给找让叫跟说去在把被请帮陪催]")
_OF_HOUSE = lazy.regex(f"(?P<house>[^的]{{2,{LONGEST}}})的(?:{_OWN_PEOPLE}){{0,6}}")
_WHO_DOES = lazy.regex(  # tells of somebody else what he does or whence he came: 开理发店的, 小红书来的
    "(?!负责|管|新|原来|之前|以前|现在|[^的]{0,40}[他她我你您])[^的]{0,6}?"
    "(?:在[^的]{1,8}(?:上班|工作|教书|读书|上学|开店|[做当][^的]{1,4})|开(?![车票单会发锁机])[^的]{2,8}|[卖教搞][^的]{1,8}"
    "|做(?!得|饭|账|帐|主|完|好|财务|采购|卫生|设计|技术|质检|施工|预算|合同|标书|资料|图)[^的]{1,8}|住[^的]{2,10}"
    f"|(?:(?!{_TIME})[一-鿿]){{2,6}}(?:(?:转?介绍|推荐)(?:过?来)?|过?来(?:咨询|看房|看车)?))的(?:{_OWN_PEOPLE}){{0,6}}"
)
_NOBODY = lazy.regex("[机器线车箱柜板门窗管灯锅泵阀表仪店厂房款单费价货人]$|^[那来]|[白蓝]领$")  # 封边机, 哪个厂的来着
_COUPLE = lazy.regex("(?P<names>[一-鿿、]{2,7}?)(?:夫妻|夫妇|两口子|小两口)")
_NAME = 3  # characters of a full name, or fewer
_HAN = lazy.regex(f"[{names.HAN}A-Za-z0-9]{{2,{LONGEST}}}")
_ORDINARY = (
    "那位管大于从时全和都单干同连别能计查项司区房班"  # surnames of ordinary words more often: 那大姐, 管采购, 公司老板
)
_SIZES = (4, 3, 2)


def told(text: str) -> str | None:
    """The way of address of him whom the head of the message names so; None where he is of the customer's own house.

    >>> told("签了 悦来客栈 孟老板 毛巾 200条 1600"), told("恒泰物业钱经理，门禁坏了"), told("定了 沈工 4套 7400")
    ('孟老板', '钱经理', '沈工')
    >>> told("老公在平安上班的吴晓梅 想要少儿重疾"), told("恒大地产的采购马经理 要3套"), told("负责验收的赵工说周五来")
    ('吴晓梅', '马经理', None)
    >>> told("财务李姐说下周付款"), told("他们老板王总说太贵"), told("方案发给设计院何工"), told("下午 李工去安装")
    (None, None, None, None)
    >>> told("5栋1单元大哥 门锁 380"), told("在附近上班的白领 想办卡")
    (None, None)
    """
    deed = _DEEDS.match(text)
    pieces = [piece for piece in _BREAKS.split(text[deed.end() if deed else 0 :]) if piece]
    pieces = pieces[1:] if pieces and _TIMES.fullmatch(pieces[0]) else pieces
    is_said = deed is not None and _TIMES.fullmatch(deed.group()) is None
    for at, piece in enumerate(pieces[:FIRST]):
        before, call = _address_in(piece)
        before, call = (before, call) if call is not None else _name_behind(piece)
        if call is not None:
            houses = [house for house in (*pieces[:at], before) if house]
            if any(map(_AHEAD.fullmatch, houses)):
                return None  # 定了 周五 江总来签合同: a visit that is agreed on
            is_elsewhere = any(map(_may_be_house, houses)) or (bool(before) and _is_somebody_else(before))
            return call if is_elsewhere or (is_said and not houses) else None
        if not (_may_be_house(piece) or _is_own(piece)):
            return None
    return None


def couple(text: str) -> str | None:
    """The first of two spouses whom the text opens with.

    >>> couple("张伟李娜夫妻俩 万科城5-2-801"), couple("周杰和王敏夫妇要装修"), couple("张伟夫妇 142平")
    ('张伟', '周杰', '张伟')
    """
    both = _COUPLE.match(text)
    whole = both["names"] if both else ""
    for size in (*range(2, len(whole) - 1), len(whole)):
        first, second = whole[:size], whole[size:].lstrip("和跟与、")
        if names.is_full_name(first) and (not second or names.is_full_name(second)):
            return first
    return None


def _may_be_house(words: str) -> bool:
    """True of words before somebody that may be a firm, and no part of the one that is spoken of."""
    if _is_own(words) or not _HAN.fullmatch(words):
        return False
    little = _SENTENCE if (kind := _kind().search(words)) and kind.start() else _LITTLE
    return little.search(words) is None


def _is_somebody_else(before: str) -> bool:
    """True of words before a name that tell of what house he is, or what he does: 恒大地产的采购, 开理发店的."""
    of_house = _OF_HOUSE.fullmatch(before)
    if of_house is not None and _kind().search(of_house["house"]) and _may_be_house(of_house["house"]):
        return True
    return _WHO_DOES.fullmatch(before) is not None


def _name_behind(piece: str) -> tuple[str, str | None]:
    """What stands before the whole name that the piece ends in behind 的, and that; None where it has none."""
    before, of, _ = piece.rpartition("的")
    rest = piece[len(before) + len(of) :]
    for size in range(2, _NAME + 1):
        who, post = rest[-size:], rest[:-size]
        is_named = (names.is_full_name(who) and not _NOBODY.search(who)) or given_calls.is_one(who)
        if of and len(who) == size and is_named and _is_somebody_else(f"{before}的{post}"):
            return f"{before}的{post}", who
    return "", None


def _is_own(words: str) -> bool:
    """True of a part of the customer's own house: 餐饮部, 二楼."""
    return len(words) <= LONGEST and _OWN.fullmatch(words) is not None


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"(?:{lexicon.alternatives('company_suffixes')}|小区|花园|广场|大厦|[^\d]城)$")


def _address_in(piece: str) -> tuple[str, str | None]:
    """What stands before the first way of address of the piece, and that; None where it has none."""
    for at in range(len(piece) - 1):
        for size in _SIZES:
            call = piece[at : at + size]
            if (
                len(call) == size
                and call[0] not in _ORDINARY
                and not piece.startswith("单元", at - 1)
                and names.surname_addressed(call)
                and _BEHIND.match(piece[at + size :])
            ):
                return piece[:at], call
    return "", None

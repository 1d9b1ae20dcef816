"""Who is told of by his firm: 嘉禾卫生院的莫所长订了三箱碘伏, 人民医院口腔科说纱布质量差.

He is nobody else, whoever was shown last.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from nlp import given_calls, lazy, lexicon, names, relations


@dataclass(frozen=True, slots=True)
class Told:
    """The firm as it stands there, and who of it is named; None where only the firm or its department speaks."""

    firm: str
    person: str | None = None
    buys: bool = field(
        default=False, repr=False
    )  # it stands alone before goods: also a customer of that house may be meant

    @property
    def is_house(self) -> bool:
        """False for goods with who buys them: 进口咖啡 of 进口咖啡张姐订了2箱 need be no firm."""
        return self.person is None or _HOUSE.search(self.firm) is not None


LONGEST_FIRM = 12  # characters
_CLAUSES = lazy.regex(r"[\s,，。;；!！:：]+")
_FILLER = "[嗯呃啊哦欸诶哎那这个]|还有|然后|另外|对了|就是|又|再|先|新?客户"
_TIME = "今[天早晚]|昨[天晚]|刚|刚才|上午|下午|早上|中午|晚上"
_MEETING = (
    "中标了?|签了|拿下了?|去了?(?:一?趟)?|到了?|在|跑了?(?:一?趟)?|见[了完过]?|拜访[了完过]?|约了?|碰到|遇到|给"
    "|[跟和](?!平)|联系了?|聊了?"
)
_LITTLE = lazy.regex(f"(?:{_FILLER}|{_TIME}|{_MEETING})+")  # what a sentence opens with before the firm
_POINTED_AT = "[他她它我你您咱们的了吗呢说问谁哪每各某这那]|考上|已经|[跟帮替给]|和(?!平|[一-鿿]?$)|县里|好几"
_BEGINS_OTHERWISE = (  # a place, a count, a deed or a relation before the kind of house
    "[一二两三四五六七八九十几\\d]+[家个楼]|家|对方|对面|隔壁|别|其他|其它|另|老家|附近|门口|楼下|旁边|客户|本|贵"
    f"|有|没|不|要|买|卖|开|做|发|送|寄|收|退|换|订|付|[甲乙]方|总包|{relations.RELATION}"
    "|[员职教]工|公司|单位|机关|学[校生]|医院|工厂|厂|老$"
)
_SORT = (  # of any house of its kind: 连锁, 三甲, 五星级
    "连锁|[高中低]端|[高中低]档|大型|小型|[公私]立|民[办营]|合作|[一二三][甲乙]|[国央外私]企|外资|合资|上市|本地|外地"
    "|当地|同行|普通|一般|[三四五]?星级?|快捷|社区|乡镇|重点|几|家|小区|大厦|住宅|商业|写字楼|新楼盘|楼盘"
)
_NOT_OWN = lazy.regex(f"{_POINTED_AT}|^(?:{_BEGINS_OTHERWISE})|^(?:{_SORT})+$")  # before the kind: no firm's own name
_HOUSES = (
    "医院|卫生院|卫生所|卫生室|口腔|齿科|牙科|眼科|诊所|门诊部?|医务室|(?<=[一二三四五六七八九省市县区])院|学校|中学|小学|大学|幼儿园"
    "|酒店|宾馆|饭店|酒楼|客栈|超市|药房|药店|集团|有限公司|精密|铸造|物业|小区|花园|大厦|广场|科技园|产业园|KTV"
    "|网吧|酒吧|会所|健身房|养老院|敬老院|驾校|加油站|修理厂|美容院|茶楼|食堂|面馆|[菜饭餐粉]馆|食府|农家乐|大排档|小卖部|酒家"
    "|(?:奶茶|火锅|小吃|早餐|烧烤|烤肉|水果|便利|理发|美发|五金|文具|服装|童装|母婴|花|书|蛋糕|面包|烘焙|烟酒|粮油|干货|熟食|卤味|麻辣烫|包子"
    "|米线|建材|家具|家电|手机|眼镜|宠物|美甲|快餐|饺子|烤鸭|海鲜|茶叶)店|(?<=[一二三四五六七八九十])[中小](?![时午])(?:食堂)?"
)
_OR_GOODS = lazy.regex(
    "(?:烧烤|小吃|火锅|烤肉|水果|便利|超市|粮油|海鲜)$"
)  # a house where other goods are counted behind
_UNITS = "个(?!月)|[条台件套箱桶袋只瓶卷张吨双盒包支把辆斤份板提扎捆筐打对块片根棵罐]|公斤|平方?"
_SOLD = lazy.regex(  # goods that are counted, or with how they are paid: 大米50斤, 牛奶 900 转账
    rf"[一-鿿A-Za-z]{{2,10}}\s*(?:(?:\d[\d.]{{0,9}}|[一二两三四五六七八九十半]{{1,6}})\s*(?:{_UNITS})"
    r"|\d[\d.]{0,9}元?\s*(?:转账|现金|微信|支付宝|月结|周结|欠|挂账|记账|已付|付清|定金))"
)
_NEXT_DOOR = lazy.regex("(?:我们)?(?:隔壁|对面|楼[上下]|旁边|附近|街口|路口)(?:街|那家|家|的)*")
_HOUSE = lazy.regex(f"(?:{_HOUSES})$")
_SITE = lazy.regex("(?:小区|花园|大厦|广场|科技园|产业园)$")  # of a contractor's, often: 阳光花园那套要换窗帘
_TENDERS = lazy.regex("的(?:标(?!准|签|志)|招标)")
_BUYS = lazy.regex("(?:刚|又|也|昨天|今天){0,6}(?:[订买定]了|下单)")
_DEPARTMENT = "(?:(?!项目部)[一-鿿]{1,4}?(?:科|部|处|室|办|组|中心|车间|药房|食堂|仓库))?"
_POST = "(?:护士长|采购|会计|财务|老板|负责人|院长|主任|经理|设备|技术)?"
_SAYS = "说|讲|反映|反馈|投诉|抱怨|催|嫌|想|问|来(?:电|信)|打(?:来|了)?电话|给我打"
_TRADES = "要(?!求?是)|订|定了|下单|下了单|买|付|打款|转账|汇|退|欠|尾款|的?那(?=[一二两三四五六七八九十几\\d])"
_TOLD_OF = "的(?:标(?!准|签|志)|招标|项目|单子|合同)|没(?!问题|意见)|已经(?!验收)|听说"
_SPEAKS = lazy.regex(
    f"{_DEPARTMENT}(?:那边|这边)?(?:今天|昨天|刚才?|又|也|还|一直){{0,8}}(?:{_SAYS}|{_TRADES}|{_TOLD_OF})"
)
_OF_IT = lazy.regex(rf"{_DEPARTMENT}(?:那边|这边)?(?:的|见[了到过]?|找)?{_POST}$")
_OPENS = lazy.regex(rf"(?:{_FILLER}|{_TIME}|{_MEETING}|(?!新?客户|个)新?[加建增录]?(?:一?[个位])?新?客户)+")
_HE_TOO = lazy.regex("[跟和陪对带说][他她](?!们)|[他她](?:也?去|陪|带)")
_HE = lazy.regex("[他她]")
_THERE = lazy.regex("办公室|家里|那里")
_ENDS = lazy.regex(
    r"$|[\s,，。\d]|[说问打要想订定买付来去让催嫌也又还就是在今昨给加发投反]|电话|手机|微信|下单|那边|这边|上午|下午|刚"
)
_THAT = lazy.regex("那[一-鿿]")  # 那套, 那批: hardly anybody's name
_SIZES = (4, 3, 2)
_BEFORE_PERSON = 9  # characters of a department and a post


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"{lexicon.alternatives('company_suffixes')}|{_HOUSES}")


def told(text: str) -> Told | None:
    """The firm that the sentence opens with, and who of it is named behind; None where neither is its subject.

    What he does there or with them is told of the customer: 锦江酒店那边他去谈, 见了人民医院李院长 他陪我去的.

    >>> told("嘉禾卫生院的莫所长订了三箱碘伏"), told("还有那个人民医院口腔科护士长赵敏就是说棉球要五百包")
    (Told(firm='嘉禾卫生院', person='莫所长'), Told(firm='人民医院', person='赵敏'))
    >>> told("人民医院口腔科说纱布质量差"), told("和平口腔陈医生要了20盒印模材")
    (Told(firm='人民医院', person=None), Told(firm='和平口腔', person='陈医生'))
    >>> told("他们医院说再看看"), told("口腔展会上碰到的"), told("设备王科长说行")
    (None, None, None)
    """
    if _HE_TOO.search(text):
        return None
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    first = next((at for at, clause in enumerate(clauses) if not _OPENS.fullmatch(clause)), None)
    return None if first is None else _of_clause(clauses[first], clauses[first + 1 : first + 4])


def _of_clause(clause: str, following: list[str]) -> Told | None:
    little = _LITTLE.match(clause)
    head = clause[little.end() :] if little else clause
    beside = _NEXT_DOOR.match(head)
    head = head[beside.end() :] if beside else head
    found = None
    for kind in _kinds().finditer(head[:LONGEST_FIRM]):
        firm, rest = head[: kind.end()], head[kind.end() :]
        own = head[: kind.start()]
        if _NOT_OWN.search(own) if own else not beside or rest:
            continue
        told_of = Told(firm, _person(rest or "".join(following[:1])))
        goods = " ".join([rest[1:], *following]).strip() if rest[:1] in ("", "的") else ""
        if (told_of.person is None or not rest) and _buys_alone(firm, goods):
            return Told(firm, buys=True)
        if told_of.person and (told_of.is_house or _BUYS.match(rest.partition(told_of.person)[2])):
            return told_of
        if (
            found is None
            and beside is None
            and _HOUSE.search(firm)
            and _speaks(firm, rest)
            and not (little and little.group().endswith("给"))
        ):
            found = Told(firm)
    return found


def is_site(firm: str) -> bool:
    """True for 翠湖小区 and 恒隆广场: others build and buy there."""
    return _SITE.search(firm) is not None


def _buys_alone(firm: str, following: str) -> bool:
    """True for 三中食堂 and 胖子烧烤 before goods that were sold; a site may be where they are brought to."""
    is_house = _HOUSE.search(firm) or _OR_GOODS.search(firm)
    return is_house is not None and not is_site(firm) and _SOLD.match(following) is not None


def _speaks(firm: str, rest: str) -> bool:
    """True where the firm does something itself: 说要涨价; in 那边他去谈 somebody else does. A site has tenders."""
    if is_site(firm):
        return _TENDERS.match(rest) is not None
    return _SPEAKS.match(rest) is not None and _HE.search(rest) is None


def _person(rest: str) -> str | None:
    """Who is named there, a department and his post before him."""
    for at in range(min(len(rest), _BEFORE_PERSON)):
        if not _OF_IT.match(rest[:at]):
            continue
        for size in _SIZES:
            word, behind = rest[at : at + size], rest[at + size :]
            if len(word) < size or _THAT.fullmatch(word):
                continue
            if _THERE.match(behind):
                return None
            is_called = names.is_address(word) or (given_calls.is_one(word) and _ENDS.match(behind))
            if is_called or (names.is_full_name(word) and _ENDS.match(behind)):
                call = word[: len("马总")]  # of 马总打电话
                return call if names.is_address(call) and _ENDS.match(word[len(call) :] + behind) else word
    return None

"""Fields said in running speech, without separators: 认识了一个做灯具的老板叫钟国强中山古镇的."""

import re
from typing import TYPE_CHECKING

from nlp import lazy, lexicon, names
from nlp.fields import companies, places

if TYPE_CHECKING:
    from nlp.fields.extraction import Fields, _Line

_CALLED = lazy.regex(r"(?:名字?叫做?|姓名是?|叫做?|名字是|联系人是?|我是|这位是|对方是|对接人是?)\s?(?=[一-鿿])")
_CALLED_LATIN = lazy.regex(
    r"(?:名字?叫做?|叫做?|这位是)\s?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?=的|[\s,，。、]|$)"
)
_FAMILY = lazy.regex(
    rf"(?P<whose>[他她]|对方|客户|这人|这位)?姓(?P<family>{lexicon.alternatives('surnames')})(?![一-鿿])"
)
_TRADE = lazy.regex(
    r"(?:是?(?:做|搞|卖|开|干|经营|从事|弄|生产))([一-鿿A-Za-z]{2,8}?)(?=的(?![一-鿿]{0,2}"
    r"(?:很|好))|行业|生意|这一?块|这行)(?:的|行业|生意)?"
)
_WORKS = lazy.regex(r"(?:在|是|来自|属于)([一-鿿A-Za-z]{3,20}?)(?:的(?=[一-鿿]{1,6})|上班|工作|做(?=[一-鿿]{2,6}))")
_GOODS = lazy.regex(
    "[一-鿿]{1,3}[器具机材料品件板管线布纸灯表泵阀门窗柜床椅桌油酒茶米面粉糖鞋帽衣服装饰"
    "包箱袋盒膜胶漆砖瓷石钢铝铜铁木竹塑]"
)
_STOP = (
    "电话",
    "手机",
    "微信",
    "是",
    "在",
    "的",
    "他",
    "她",
    "想",
    "要",
    "说",
    "做",
    "生日",
    "说",
    "\x01",
    " ",
    ",",
    "。",
    "，",
    "公司",
    "这",
    "那",
    "住",
    "今",
)


def read(line: "_Line", fields: "Fields") -> None:
    """The name after 叫, the trade after 做, the company after 在 are taken from the line."""
    _firm_called(line, fields)
    _called(line, fields)
    _newly(line, fields)
    _job(line, fields)
    _trade(line, fields)
    _works(line, fields)


def _firm_called(line: "_Line", fields: "Fields") -> None:
    """The firm of 对方公司叫金玉满堂食品."""
    match = _FIRM_CALLED.search(line.plain)
    if match and fields.company is None:
        firm = _without_town(match["firm"])
        fields.company = firm
        line.blot(match.start(), match.start("firm") + len(firm), lead=False)


def _without_town(firm: str) -> str:
    """想念食品 of 想念食品南阳的."""
    town = next((one for one in places.find(firm) if one.start > 1 and firm[one.end :] == "的"), None)
    return firm[: town.start] if town else firm


_FIRM_CALLED = lazy.regex(
    r"(?:对方|他们?|她们?|[他她]的?|这家)?(?:公司|单位|店|厂|品牌|工作室)(?:的?名字|名称?)?(?:叫做?)(?P<firm>[^\s,，。;；:\d\x01]{3,16}?)"
    r"(?=[\s,，。;；:\d\x01]|$|[他她](?:是|在|做|管|负责|姓|叫)|(?<=[一-鿿]{3})(?:想(?:要|买|进|找|做|换|订|问|看|了解|开|拿|加)|需要|准备|打算|要[一-鿿]|询价|打听|咨询|问价)|(?<=..[一-鿿])(?:电话|手机|微信|职位)|(?:做|搞)[一-鿿]{2,6}的)"
)


def _called(line: "_Line", fields: "Fields") -> None:
    if fields.name:
        return
    if latin := _CALLED_LATIN.search(line.plain):
        fields.name = latin["name"]
        line.blot(*latin.span(), lead=False)
        return
    for match in _CALLED.finditer(line.plain):
        name = None if places.leading(line.plain[match.end() :]) else name_at(line.plain, match.end())
        if name and (fields.name is None or (names.is_address(fields.name) and not names.is_address(name))):
            fields.name = name  # 叫阿强, 真名陈国强: the full one
            line.blot(match.start(), match.end() + len(name), lead=False)


def _job(line: "_Line", fields: "Fields") -> None:
    """The job of 她是校长, 他是那边的采购."""
    match = re.search(
        rf"[他她]是(?:一?个|[这那]边的?|[店厂校院]里的?|[他她]们(?:那)?的?)?(?P<title>{lexicon.alternatives('titles')})"
        r"(?=[\s,，。、说想要问\x01]|$)",
        line.plain,
    )
    if match and fields.title is None:
        fields.title = match["title"]
        line.blot(*match.span(), lead=False)
    job = lexicon.alternatives("titles")
    whose = re.search(rf"是[^\s,，。]{{2,14}}的(?P<title>{job})(?=[\s,，。\x01]|$)", line.plain)
    if whose and fields.title is None:
        fields.title = whose["title"]  # 是长江物流刘洋的司机: whose he is stays in the note


_WOMAN = lazy.regex("[她女]|太太|老板娘|大姐|阿姨|妈妈|小姐|宝妈|姐姐|奶奶|大妈|大婶")


_CALL = "老板娘|老板|师傅|大姐|大哥|大叔|阿姨|大爷|大妈|老师|经理|主任|厂长|店长|校长|院长|会计"
_POSTS = ("老板娘", "老板", "经理", "主任", "厂长", "店长", "校长", "院长", "会计")
_CALLED_WITH = lazy.regex(
    rf"姓(?P<family>{lexicon.alternatives('surnames')})的?(?P<call>{_CALL})"
    rf"|(?P<he>师傅|大姐|大哥|大叔|阿姨|大爷|大妈)[\s,，]?姓(?P<his>{lexicon.alternatives('surnames')})(?![一-鿿])"
)  # 有个姓瞿的老板娘, 认识个大姐姓金


def surname_told(line: "_Line", fields: "Fields") -> None:
    """他姓冯, when no name was found: 冯先生, so that the person can be kept; the words leave the note."""
    called = None if fields.name else _CALLED_WITH.search(line.whole)
    if called:
        fields.name = f"{called['family'] or called['his']}{called['call'] or called['he']}"
        if called["call"] in _POSTS and fields.title is None:
            fields.title = called["call"]
        return
    family = None if fields.name else _FAMILY.search(line.whole)
    if family:
        woman = fields.gender == "female" or _WOMAN.search(line.whole)
        fields.name = family["family"] + ("女士" if woman else "先生")
        fields.note = fields.note.replace(family.group(), "").strip(" ,，")


def _newly(line: "_Line", fields: "Fields") -> None:
    """新来的采购, 换了个财务, 一个跟妆的化妆师她姓蒋: the job is told with the news."""
    match = re.search(
        rf"(?:新来了?一?[个位名]|新来的?|来了一?[个位]新?|新换的?|新?换了一?[个位]"
        rf"|新的)(?P<title>{lexicon.alternatives('titles')}+)",
        line.plain,
    ) or re.search(
        rf"[个位名](?:[^,，。\d\x01]{{0,8}}?的)?(?P<title>{lexicon.alternatives('titles')}+)(?=[,，]?[他她]姓|[,，]?姓)",
        line.plain,
    )
    if match and fields.title is None:
        fields.title = match["title"]
        line.blot(match.start(), match.end(), lead=False)


def name_at(text: str, start: int) -> str | None:
    """The name that starts there: its end is where something known begins; three characters when nothing tells."""
    options = [text[start : start + length] for length in (4, 3, 2)]
    valid = [word for word in options if names.is_full_name(word) or names.is_address(word)]
    for word in valid:
        if ends_well(text[start + len(word) :]):
            return word
    fitting = [word for word in valid if len(word) <= 3]
    return fitting[0] if fitting else None


def ends_well(rest: str) -> bool:
    """True where a name may end before these words."""
    if not rest or rest.startswith(_STOP) or not ("\u4e00" <= rest[0] <= "\u9fff"):
        return True
    return places.leading(rest) > 0 or re.match(lexicon.alternatives("titles"), rest) is not None


def _trade(line: "_Line", fields: "Fields") -> None:
    if fields.industry:
        return
    for match in _TRADE.finditer(line.plain):
        known = re.search(lexicon.alternatives("industries"), match[1])
        if known or _GOODS.fullmatch(match[1]):
            fields.industry = known.group() if known and len(match[1]) > 6 else match[1]
            line.blot(*match.span(), lead=False)
            return


def _works(line: "_Line", fields: "Fields") -> None:
    if fields.company:
        return
    for match in _WORKS.finditer(line.plain):
        if companies.is_company(match[1]):
            fields.company = match[1]
            line.blot(*match.span(), lead=False)
            return

"""What is left out before it is stored: a value where none is said. One left out harms less than a wrong one."""

import re
from collections.abc import Sequence
from datetime import datetime

from nlp import lazy, names, when
from nlp.fields import Fields, companies, places
from nlp.reader import event_days, unpromised
from nlp.when import PART_HOURS, When

# A task: the day was dropped, missed or another's.
_DROPPED = lazy.regex(
    "(?:先|都|又|说|临时|就|也)(?:不|别)(?:约|去|来|见|办|做|搞|弄)了|取消|爽约|放鸽子|白跑|改天|作废|泡汤|黄了|没(?:有)?(?:进来|来|出来|出现|等到|见到|见着)"
    "|[出来进]不[出来]|不用[去来了]|先不(?=[约去来见办])"
)
_PLANNED = lazy.regex("(?:本来|原来|原本|原定|本该|原计划)[^,，。]{0,6}$")
_THEIRS = lazy.regex(
    r"\s?(?:到?时候?|届时)?(?:以?后?再(?:看|说|议|谈(?!一|下)|定|考虑|商量|讨论|决定)|(?:我|他|她)?(?:要?开会(?!前|之前)|有会|没空|没时间|不在|要?出差|休假|请假|休息))"
)
_TOLD_ME = lazy.regex("(?:跟|和|同|对|给)我(?:说|讲|保证|承诺|回复|答应)[^,，。我]{0,10}$")
_FORMERLY = lazy.regex(
    "(?:本来|原来|原本|原定|原先|之前|本)(?:就|都|是|想|说|跟|和|我|他|她|[一-鿿]{0,3})?(?:约|定|说|要|打算)[^,，。]{0,4}$"
)
_UNTIL = lazy.regex("(?:等|拖|忙|停|排|睡|聊|谈|吵|搞|弄|喝|坐|站)到了?$")
_PAST_OF = lazy.regex(r"\s?(?:来|去|到|走|送|发|做|签|给|见|谈)的(?=[,，。 ]|$)")
_ANOTHERS = lazy.regex(r"(?:买家|家属|业主|对手|别家|同行|竞品|房东|老婆|媳妇|老公|要么)(?:[^,，。我\s]{0,6}|\s)$")
_OURS = lazy.regex(
    "我|咱|答应|承诺|保证|约|得|会|记得|必须|务必|[之以]?前|内|再|回头|待会|等下|晚点|马上|现在就|就[给发寄送去办回]"
)
_ALSO_OURS = lazy.regex("要(?:给|去|发|把|寄|送|回|跟|和|带|做|交)|^(?:给|发|回|寄|送|补|改|报|去)")


def task_is_off(text: str, day: When, now: datetime, people: Sequence[str] = ()) -> bool:
    """True when the day that a note names is no day of a task: 约了明天吃饭 他说先不约了, 今天我去锦绣 她跟我讲…."""
    before, after = text[: day.span[0]], text[day.span[1] :]
    clause = re.split("[,，。;；!！ ]", before)[-1] + re.split("[,，。;；!！ ]", after.lstrip())[0]
    if _TOLD_ME.search(before) and "我" not in re.split("[,，。;；!！ ]", after)[0]:
        return True
    if _PLANNED.search(before) or (
        _THEIRS.match(after) and not re.search("约好|约了|(?<![让叫喊要催])我[^,，。 们]{0,4}$", before)
    ):
        return True
    if _FORMERLY.search(before) or _UNTIL.search(before) or _ANOTHERS.search(before) or _PAST_OF.match(after):
        return True
    if _DROPPED.search(after[:40]) or _is_denied(before, after, people) or _is_no_deeds_day(before, after, day):
        return True
    if _is_past(before, after, day, now) or _is_quoted(before, after):
        return True
    if _UNDECIDED.search(after[:30]) or _is_nobodys(before, after) or unpromised.is_told(before, after):
        return True
    if _AGREED.search(before) and _BROKEN.search(after):
        return True
    if day.on == now.date() and day.part in _EARLY and PART_HOURS[day.part] < now.hour and not _TO_COME.search(clause):
        return True  # 我今早在市场上看见… at half past ten
    if day.on == now.date() and (_OVER.match(after) or _DONE_SO.match(after.lstrip())):
        return True
    ours = _OURS.search(clause.replace("我们", "").replace(day.words, "")) or _ALSO_OURS.search(after.lstrip())
    return is_only_today(day, now) and not day.deadline and (not ours or bool(_WENT.match(after.strip())))


_EARLY = ("凌晨", "清晨", "早上")


def is_only_today(day: When, now: datetime) -> bool:
    """True for this day without an hour, or with a part of it that has begun."""
    if day.on != now.date():
        return False
    return day.at is None or (day.part is not None and PART_HOURS[day.part] <= now.hour)


_WENT = lazy.regex(
    "(?:我|我们|咱们?)?(?:去|到|在|跑|见|拜访)(?:了)?(?!一趟|给|把|跟|和)[^,，。]{1,12}?(?:嘛|了|然后|呢|的时候|,|，)"
)
_CALL = "(?:总|姐|哥|工(?!作)|老师|老板|经理|先生|女士|小姐|主任|师傅|阿姨|董事?|教练|院长|厂长|会计)"
_NOT_YET = f"莫(?!{_CALL}|[^让叫给跟找喊催去来见等约打送发问再要联对请陪和][一-鿿]?{_CALL})"  # 莫 is a surname, too
_REFUSED_BEFORE = lazy.regex(
    f"(?:不要|不用|不想|不能|不许|不准|没法|{_NOT_YET}要?|甭|勿|千万别|别)(?:在|等到?|挑|赶)?[^,，。 ]{{0,2}}$|除了$"
)
_REFUSED_AFTER = lazy.regex(
    rf"\s?(?:他|她|那边|都|也|又|说|肯定|还){{0,6}}(?:不(?:[来去在用行成送发打接到上开做干收见回想要是方便能会](?!锈|急|过|到|忘|漏|误|及|胶|粘)|方便)|(?:别|{_NOT_YET}|甭|勿)(?!忘|望|漏|误|的|人|家|处|样|墅)|没(?:法|空|时间|人)|休|关门|放假|有事|满了)"
)
_DONE_ALREADY = lazy.regex(
    "[^,，。]{0,12}[,，。 ](?:我|我们|咱|财务|仓库|同事|公司|厂里|工厂)?(?:今[早天]|昨[天晚]|刚刚?|上午"
    "|下午)?(?:都|早)?(?<!仓库)(?<!财务)(?<!同事)(?<!公司)(?<!厂里)(?<!工厂)已经?(?:在|给|跟|把|让|叫|发|寄|送|说|办|做|处理|转告|通知)?"
    "[^,，。不没]{0,10}[过了好完妥](?:[,，。 ]|$)"
)


_TO_A_DAY = lazy.regex(r"^\s?[到至~-][^,，。不 ]{1,6}(?=不)")


def _is_denied(before: str, after: str, people: Sequence[str] = ()) -> bool:
    """True for 让我不要星期六打, 周三他不方便, 4号到6号不送货, and for what is done already."""
    for name in people:
        if name.startswith("莫"):  # it is no word of refusing where it begins a name
            before, after = before.replace(name, "他"), after.replace(name, "他")
    after = _TO_A_DAY.sub("", after)
    return bool(_REFUSED_BEFORE.search(before) or _REFUSED_AFTER.match(after) or _DONE_ALREADY.match(after))


_UNWANTED = lazy.regex(
    rf"\s?(?:你们?|我们?|咱们?|也|还|都|就|先|再|又){{0,6}}(?:不用|不要|不必|不需要|无需|用不着|不许|甭|{_NOT_YET}|别)(?!忘|漏|误|的|太)"
)


def is_unwanted(text: str, day: When) -> bool:
    """True for a day on which somebody wants nothing done: 她说明天不用提醒她, 不用周五送."""
    before, after = text[: day.span[0]], text[day.span[1] :]
    return bool(_UNWANTED.match(after) or _REFUSED_BEFORE.search(before))


def is_refused(text: str, day: When) -> bool:
    """True for a day that is said not to do: 周三他不方便, 明天不去了."""
    return _is_denied(text[: day.span[0]], text[day.span[1] :])


_OF_USE = lazy.regex(r"\s?(?:要|得|会)?[用穿吃]的(?!话|时候|[,，。 ]|$)")  # 端午要用的那批香云纱
_OF_A_THING = lazy.regex(r"\s?的(?!话|时候|[,，。 ]|$)")  # 周六的考证模拟 names a thing
_TERM = lazy.regex(
    "(?:都|就|均|也)?(?:可以?(?!能)|能(?!不能)|包(?!装|好|完)|免费|无条件|无理由|随时|有效|保[修证]期|不满意)"
)


def _is_no_deeds_day(before: str, after: str, day: When) -> bool:
    """True for the day of a thing or an event, and for a term: 十五天内可以退, 寿宴定在4月18号."""
    if (
        _OF_USE.match(after)
        or (_OF_A_THING.match(after) and not re.search("[约定排订][了在好]{0,2}$", before))
        or (event_days.is_before(before) and not re.match(f"我(?!们)|{_ALSO_OURS.pattern}", after.lstrip()))
    ):
        return True
    own = re.search("我(?!们)[^,，。说讲回告]{0,6}$", before)
    return bool(day.deadline and _TERM.match(after.lstrip()) and not own)


_NUMBERED = lazy.regex(r"^[\d一二三四五六七八九十]{1,3}(?:月|[/.-])")
_AT_NIGHT = lazy.regex("^(?:凌晨|半夜|深夜|夜里)|^(?:[凌清]晨|大?清早|一?大?早[上晨]?|[上中下]午|午后|傍晚|晚上)$")
_TO_COME = lazy.regex("要|得|再|会|准备|打算|答应|约|记得|必须|务必|一定|保证|争取|[之以]?前")
_DONE_THEN = lazy.regex(
    "(?:我们?|咱们?|跟[^,，。 ]{1,4}|和[^,，。 ]{1,4}|又|还|就|才|刚){0,6}"
    "(?:[去到见聊跑谈碰吃喝来签收发寄看拜访送陪接开打试装测量]{1,2}|上门|回访|面谈|沟通|拿到|收到)"
    "(?:了(?![吗没再])|过(?![去来]))|才(?!能|会|可以|有|好|行|[发送给来去])[^,，。 要得会再把]{1,2}到"
    "|[^,，。 要得会再把]{0,3}回来(?:[,，。 ]|$)"
)
_HIS = lazy.regex(
    "(?<![回跟和对诉给同向与应答])(?<![回诉应答给]了)(?:[他她]|对方|那边|客户|老板|经理)(?:们|那边|这边)?(?:(?:跟|和|对|给)我们?)?(?:也|又|就|只|还|都)?(?:说|讲|答应|保证|承诺|回)(?:了|是|的是|好)?[:：,，“]?$"
    "|(?:说|讲)[他她]们?(?:会|一定)? ?$"
)
_HE_DOES = lazy.regex(
    "(?:之?前|以?内|左右)?(?:就|会|一定|肯定|再|先|准|能){0,6}(?:给|回|付|打款|定|签|下单|交|来|派|汇|转|答复|确认)"
)
LEISURE = lazy.regex(
    "加个?鸡腿|给自己|放自己|吃(?:顿|个)?(?:大餐|火锅|烧烤|夜宵|宵夜|好的|小龙虾)|[喝整干](?:两|一|几|个)?(?:杯|瓶|盅|口酒|顿酒)|庆祝|庆功|[睡补](?:个|一)?(?:好|懒|安稳)觉|[睡补]个觉|睡一觉|爬山(?!鞋|包|杖)|钓鱼(?!竿|线|箱)|打麻将|(?:去|出门|出去)旅游(?!团|[公方合])|看电影|泡脚|躺平|撸串|犒劳|早点[睡回歇]"
    "|放松|唱[k歌]|k歌|嗨一?[下把]|(?i:celebrat|party|drinks)"
)
_FOR_SOMEBODY = lazy.regex("[请陪跟和约给带替帮][^自]|客户|(?i:with|for) ")


def _is_nobodys(before: str, after: str) -> bool:
    """True for what he says he will do (他讲下周二给答复) and for the rep's own evening (我今晚去看电影)."""
    told = re.split("[,，。;；!！ ]", after.lstrip())[0]
    clause = re.split("[,，。;；!！ ]", before)[-1]
    his = _HIS.search(before) or _SAYS.fullmatch(clause)
    if his and _HE_DOES.match(after.lstrip()) and "我" not in _TO_US.sub("", told):
        return True
    return bool(LEISURE.search(told)) and not _FOR_SOMEBODY.search(clause + told)


_SAYS = lazy.regex("[^我咱跟和对给同与,，。说讲让叫]{1,8}(?:说|讲)(?:是|了)?")
_TO_US = lazy.regex("(?:给|回复?|答复|通知|告诉|找|联系|付|发|寄|打|跟|和)我们?")


def is_put_off(text: str, day: When) -> bool:
    """True when the day is when he will see, or may not be kept: 喊我五一后再说, 那天怕是走不开."""
    before, after = text[: day.span[0]], text[day.span[1] :]
    return bool(_THEIRS.match(after) or _UNDECIDED.search(after[:30])) or _is_nobodys(before, after)


def is_nobodys(text: str, day: When) -> bool:
    """True for the day of what he says he will do, and of the rep's own evening."""
    before = text[: day.span[0]]
    is_forbidden = unpromised.is_forbidden(before, day.words)
    return is_forbidden or _is_nobodys(before, text[day.span[1] :])


_UNDECIDED = lazy.regex(
    "看情况|[走抽脱]不开|恐怕|赶不上|来不及|没(?:敢|有)?(?:答应|应|同意|想好)|推掉?了|婉拒|拒绝|回绝|去不了|不一定"
)
_AGREED = lazy.regex("(?:说好|讲好|约好|约定|约|答应)[了的]?(?:在)?[^,，。 ]{0,2}$")
_BROKEN = lazy.regex(
    "还没|没(?:来|到|人|见|影|等)|结果|今天(?:礼拜|周|星期)|[,，。 ](?:去了|来了)"
    "|(?:月中|礼拜[一二三四五六]|周[一二三四五六日])了|^[^,，。 ]{1,6}的(?=[,，。 ]|$)|又拖|拖[了到着]|变卦|反悔"
)
_OVER = lazy.regex("[^,，。 把要得必再会说]{0,14}了(?=[,，。 ]|$)|[^,，。]{0,3}[他她](?:请|给|跟|对|送|陪|带)我")
_DONE_SO = lazy.regex("([^,，。 ]{1,4})[,，。 ]\\1了")  # 我说今晚发，发了
_ASKED_WHEN = lazy.regex("问(?:我们?|你们?|一?下)?$")


def _is_quoted(before: str, after: str) -> bool:
    """True for a day in a quotation or a question, and one told as late: “我今天就下”, 问我明天有货没, 周五才到."""
    quoted = before.count("“") + before.count("「") > before.count("”") + before.count("」")
    return quoted or bool(_ASKED_WHEN.search(before) or re.match(r"\s?才(?![能可])", after))


_NEXT = lazy.regex("[明后下]|大后|今[晚天]|(?i:next|tomorrow|tmr)")


def _is_past(before: str, after: str, day: When, now: datetime) -> bool:
    """True when the day is the last one of its name: 3/16 拜访周工 said on the 18th, 周一去了王总那."""
    clause = re.split("[,，。;；!！ ]", before)[-1]
    if day.on and when.is_last_years(day.on, day.words, now.date()) and _NUMBERED.match(day.words):
        return True
    to_come = _TO_COME.search(clause + re.split("[,，。;；!！]", after)[0])
    if day.on and day.on > now.date() and _AT_NIGHT.match(day.words) and not (to_come or day.deadline):
        return True  # 凌晨两点给拖回来 at half past ten, 下午拜访赵敏 in the evening: tomorrow is not meant
    return not _NEXT.match(day.words) and not re.search("约|定|说好", clause) and bool(_DONE_THEN.match(after.lstrip()))


# A company: what it is told with is cut off, and what tells something is none.
_TOLD_WITH = lazy.regex(
    "^(?:实际?为|实际上是|其实是?|原[为是]|现[为在是]+|应[为该]+是?|属于?|来自于?|就职于?|名为|叫做?|是)(?=[一-鿿]{3})"
)
_CUT = lazy.regex("(?:新近?(?:到任|上任|任命|任|来|聘|换|调|接任|接手)|现任|前任|原任|负责|分管|驻)[^,，。]*$")
_SITED = lazy.regex(
    "^(?:[镇乡村县街路巷屯寨集市][上里口边头]|县城里?|乡下|城里|老街|街边)的?(?=[一-鿿]{2})"
)  # 镇上农资店
_KIND_ALONE = 3  # characters: 农资店 is no firm's name, 红星农资店 may be
_NO_COMPANY = lazy.regex(
    r"[我他她你您嘛吧呢啊吗咗嘅佢说问让讲聊碰]|想要|姓|认识|微信|电话|[个位]$|那边?$|^[做搞卖开跟和在]"
    "|一个公司|那[个家]|[一这][家个]|某|[市区县镇]开(?!发)|隔壁|对面|旁边|楼下|附近|门口|^(?:整点|[来弄搞要拿拉买][点些])|不详|忘|^[一二两三四五六七八九十几0-9]+家"
)
# How a name is written: 苏州的苏, 曼妙的曼, 立早章, 木子李.
_SPELLED = lazy.regex("(?P<phrase>[一-鿿]{1,4})(?:的那个|那个|的)(?P<char>[一-鿿])(?=[,，、。 电手微1\x01]|$)")


_SPELLED_LONG = lazy.regex(
    "(?P<char>[一-鿿])(?:是|就是)[一-鿿]{2,5}?(?:的那个|那个|的)(?P=char)(?=[,，、。 电手微1\x01]|$)"
)
_FAMILY = lazy.regex("(?:单名|名字?|全名)(?:一?个|叫|是)+(?P<given>[一-鿿]{1,2})(?=[,，、。 ]|$)")


def unspelled(text: str) -> str:
    """The text without how its name is written.

    >>> unspelled("苏曼,苏州的苏,曼妙的曼,13200000000")
    '苏曼,13200000000'
    """

    def gone(match: re.Match[str]) -> str:
        phrase, char = match["phrase"], match["char"]
        spells = char in phrase and char in text[: match.start()]
        return "" if spells else match.group()

    text = _SPELLED.sub(gone, _SPELLED_LONG.sub("", text))
    return re.sub(r"[,，、]{2,}", ",", text)


def company(words: str) -> str | None:
    """The company without what it is told with; None when the words are none.

    >>> company("实为兰州耐驰泵业"), company("武汉长江物流新到任机电"), company("沈阳铁西区开修配厂")
    ('兰州耐驰泵业', '武汉长江物流', None)
    """
    words = _CUT.sub("", _TOLD_WITH.sub("", words)).strip()
    if (own := _SITED.sub("", words)) != words:
        words = own if len(own) > _KIND_ALONE and not companies.is_trade(own) else ""
    if len(words) < 2 or _NO_COMPANY.search(words) or companies.is_household(words):
        return None
    town = places.leading(words)
    if town and words[town : town + 1] in "开做搞卖":
        return None
    if town and len(words) - town < 2 and not companies.is_company(words):
        return None
    return words


_CALLED = lazy.regex("(?P<family>[一-鿿])(?:师傅|总|姐|哥|老板|经理|工|小姐|先生|女士|老师)$")
_NEWLY = lazy.regex("^(?:新近?(?:到任|上任|任命|任|来的?|聘|换|调|接任|接手)|现任|前任|原任|负责|分管|驻)")
_FORGOTTEN = lazy.regex("(?:叫啥|叫什么|名字|全名|大名)[^,，。]{0,4}(?:没|忘|不知道|不清楚|不晓得|未)")
_NO_NAME = lazy.regex("什么|[0-9说问打加找叫啥谁那这个的了吗吧呢啊我你]|客户|电话|微信|手机|公司|老板娘?$")


def checked(found: Fields) -> Fields:
    """The fields of a new customer, without what is none."""
    if found.company:
        words, found.company = found.company, company(found.company)
        cut = _CUT.search(words)
        if cut and found.title:  # 新到任机电 + 主管
            found.title = f"{_NEWLY.sub('', cut.group())}{found.title}"
    given, called = _FAMILY.search(found.note), _CALLED.fullmatch(found.name or "")
    if given and called:  # 段师傅 单名一个波
        found.name = called["family"] + given["given"]
    if found.name and found.name.endswith(("先生", "女士")) and _FORGOTTEN.search(found.note):
        found.name = None
    if found.name and (found.name.endswith(("企", "司")) or "什么" in found.name):
        found.name = None
    if found.name and re.search("[一-鿿]", found.name) and _NO_NAME.search(found.name[1:]) and len(found.name) > 3:
        found.name = found.name if names.is_address(found.name) else None
    return found

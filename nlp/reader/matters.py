"""What a task is about, where its own words say only what is done to whom: 她问能不能月结, 我明天给她回话."""

from nlp import lazy

LONGEST = 20
"""Characters of a matter: it is read in a reminder, on a phone."""

_THIN = lazy.regex(
    "(?:[给跟和找帮替向到去来过再先就会得要把将也都还他她它们您]|[我咱]们|人家|对方|客户|客人|老板"
    "|回[话复信电个]*+|让[一-鿿]{2} |(?i:answer|reply|feedback|redo|re-?issue|resend)|答复|电话|微信|邮箱"
    "|短信|消息|准信|准话|交付|到位|提供|打|发|寄|送|报|带|拿|办|弄|搞|整|拉|聊|准|做|补|交|约|定|算|问|查|看|试|讲|说"
    "|谈|催|换|修|退"
    "|重新?|开|处理|解决|落实|确认|核实|联系|沟通|跟进|拜访|上门|当面|碰面|见面|清楚|一[下趟声次张份遍]|[两三几]?个|[下趟声]"
    "|好|完|齐|[了吧啊呀的那这边里厂店上 ])+"
)
_END = lazy.regex(
    r"[,，。;；!！?？]+|(?<![A-Za-z0-9])\s+(?![A-Za-z0-9])|(?<![让叫喊要催请给跟和对])我们?(?=[说讲答回去找给问跟得要会也还先就])|然后|所以|但是|不过|就是说|后来"
)
_ASKED_TO = lazy.regex("^[^ ]{0,4}[让叫喊]我们? ?")
_THIRD = lazy.regex(
    "(?:法务|财务|研发|设计|生产|采购|仓库|工厂|厂里|总部|老板|领导|技术|客服|物流|前台|助理|秘书|同事|会计|司机|小姑娘|门卫)[^,，]{0,4}[说讲]"
)
_ACT = lazy.regex("(?:算|报|出|做|写|开|补|给|查|申请|准备|整理|提供|拟|改|画|核)(?![来去了着过])[^的]")
_GIVES = lazy.regex("(?:再|就|先)?(?:发|寄|送|带|拿|报)?给(?P<whom>[他她]们?|客户|对方|人家)?")
_OF_OURS = lazy.regex("(?<![跟和找问向对])我[^,，。 ]{0,4}$|[跟和对][他她][^,，。 ]{0,2}$|[去来]$")
_WANTS = lazy.regex(
    "(?P<silent>问(?:过|起|了)?(?:我们?)?|打听|咨询|说要?|讲要?|需要|(?:让|叫|喊)我们?|反映|[想还]?要(?![是么不紧来到等命]|的(?!那)|去(?!年)))"
    "|(?P<said>嫌|催|想[看换试买了]|投诉|抱怨|能不能|有没有|可不可以|是不是)"
)


MEETING = lazy.regex("会[面议]|见面|面谈|碰头|拜访|回访|培训|演示|验收|试驾|量[房尺]|签约|看[样房店]|饭局")
"""What two people meet for."""

_ONLY_WHERE = lazy.regex(
    "在?[他她]?[^,，。 给把去发送来到看量试]{0,6}"
    "(?:办公室|店里?|家里?|公司|学校|厂里?|那[边里儿]|工地|现场|大堂|茶楼|咖啡[厅馆])"
)
_AGREED_FIRST = lazy.regex("^(?:我?约(?:了|好了?|定了?)|改约) +(?=[^ ])")
_ONLY_AGREED = lazy.regex("我?约(?:了|好了?|定了?|在)?")
_FAULT = lazy.regex(
    "(?:坏|错|漏|破|裂|少|缺|堵|断|脏|卡纸?|松|掉|崩|锁|飘|偏|异响|死机|停机|报错|故障|连不上|打不开|没反应|不[亮转制热冷出响])"
)
_MENDS = lazy.regex("换|补|修|退|搞定|弄好|处理|解决|看|查|重[开发做]|上门|^去$|补上")
_BY_ME = lazy.regex("^我们?(?=[带送拿寄发给去来做出报改换补过帮])")
_SAID_BY = lazy.regex("^.{0,8}?(?:说|讲|反映|反馈|[:：])")


def is_thin(what: str) -> bool:
    """True for words that do not say what about: 给她回话, 再打个电话."""
    return _THIN.fullmatch(what.strip()) is not None


def about(what: str, before: str, named: str = "") -> str:
    """The task's words, with what was asked for in the text before them where they are thin; `named`: the customer.

    >>> about("给她回话", "王芳问能不能月结,我明天"), about("寄样册", "王芳问能不能月结,我明天")
    ('给她回话（能不能月结）', '寄样册')
    """
    what = _AGREED_FIRST.sub("", _ASKED_TO.sub("", what) or what)
    if _ONLY_WHERE.fullmatch(what):  # 会面取消，改约周四在他办公室
        meetings = MEETING.findall(before)
        return f"{meetings[-1] if meetings else '见面'}（{what}）"
    is_only_agreed = _ONLY_AGREED.fullmatch(what) is not None
    matter = _matter(before) if is_thin(what.replace(named, "") if named else what) else ""
    if not matter and _MENDS.search(what) and is_thin(what):
        matter = _fault(before, named)
    if not matter or matter in what:
        return what
    if is_only_agreed:  # 让我过去标定，约了周六
        return matter
    gives = _GIVES.fullmatch(what)
    if gives and _ACT.match(matter):  # 他让我算个价 我说周五给他
        return matter if matter.startswith("给") or not gives["whom"] else f"{matter} {what}"
    return f"{what}（{matter}）"


def _asked(before: str) -> list[str]:
    """The clauses, the last one first, without what is said by us or by a third party."""
    clauses, at, is_ours = [], 0, False
    for mark in _END.finditer(before):
        clauses.append("" if is_ours else before[at : mark.start()])
        at, is_ours = mark.end(), mark.group().startswith("我")
    clauses.append("" if is_ours else before[at:])
    return [clause for clause in reversed(clauses) if not _THIRD.search(clause)]


def _matter(before: str) -> str:
    """What the last clause that asks for something asks for; '' without one."""
    for clause in _asked(before):
        found = [match for match in _WANTS.finditer(clause) if not _OF_OURS.search(clause[: match.start()])]
        while found:
            last = found.pop()
            if found and last["said"] and not clause[last.end() :].strip(" 了吧呢"):
                continue  # 问补贴还有没有: what is there stands before
            words = clause[last.end() if last["silent"] else last.start() :].strip(" :：了吧呢")
            if len(words) > 1 and not is_thin(words):
                return _short(words)
    return ""


def _fault(before: str, named: str) -> str:
    """What is wrong, by the last clause that tells of it: 椅子颜色发错了; '' without one."""
    for clause in _asked(before):
        words = _SAID_BY.sub("", clause).strip(" :：了吧呢").removeprefix(named).strip(" 的")
        if _FAULT.search(words) and len(words) > 2:
            return _short(words)
    return ""


def _short(words: str) -> str:
    words = _BY_ME.sub("", words).removeprefix("的")
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"

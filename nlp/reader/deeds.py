"""What is to be done, in the words of the message: without the time, the asking and the fillers around it."""

import re
from datetime import date, timedelta

from nlp import lazy
from nlp.when import When, months, numerals

LENGTH = (
    r"\s?(?P<n>(?:[一二两三四五六七八九十]{1,2}|\d{1,2})(?:个半)?|半)\s?个?"
    r"(?P<unit>天|日|工作日|周|星期|礼拜|小时|钟头|分钟|刻钟|月|(?i:min(?:ute)?s?|h(?:ou)?rs?|h|days?)(?![a-z]))"
)
ANOTHER_LENGTH = LENGTH.replace("?P<n>", "?:").replace("?P<unit>", "?:")  # beside LENGTH in one pattern
_MINUTES = {"周": 10080, "星期": 10080, "礼拜": 10080, "月": 43200, "刻钟": 15, "分钟": 1, "m": 1}
_MINUTES |= {"小时": 60, "钟头": 60, "h": 60}


def minutes(length: re.Match[str]) -> float:
    """How long the words of a match of LENGTH are; a month counts thirty days.

    >>> minutes(re.search(LENGTH, "一个半小时")), minutes(re.search(LENGTH, "15min"))
    (90.0, 15.0)
    """
    words, unit = length["n"], length["unit"].lower()
    whole = numerals.integer(words.removesuffix("个半")) or 0
    return (whole + 0.5 * words.endswith("半")) * (_MINUTES.get(unit) or _MINUTES.get(unit[0], 1440))


FOR_A_SUM = lazy.regex(
    r"\s?[¥￥]?(?:(?:\d[\d.,]{0,14}|[一二两三四五六七八九十百]{1,12})\s?(?:[万千百]|块|元)|[1-9]\d{2,20}(?![\d点号:.-]))"
)
"""Behind 每月 what it costs: 每月3万6 4月1号起."""


def earlier(on: date, length: re.Match[str]) -> date:
    """The day so long before, at least one day: of whole months the same day of that month, the last of the last.

    >>> [str(earlier(date(2026, 6, 18), re.search(LENGTH, said))) for said in ("一个月", "一个半月", "3天", "2小时")]
    ['2026-05-18', '2026-05-03', '2026-06-15', '2026-06-17']
    """
    count = minutes(length)
    if length["unit"] == "月":
        day = months.shifted(on, -count / _MINUTES["月"])
        is_last = count % _MINUTES["月"] == 0 and on == months.month_end(on.year, on.month)
        return months.month_end(day.year, day.month) if is_last else day
    return on - (timedelta(minutes=count) if count >= 1440 else timedelta(days=1))


_LEAD_IN = lazy.regex(
    r"(?i)^(?:[\s,,::。、+]|等会儿?|待会儿?|一会儿?|等一?下|晚点|记着|一个|啊|【提醒】|@我|一(?:上班|到公司|到单位"
    r"|有空)就?|回头|以后"
    r"|请(?!(?![提记帮给把在于准务先再就联催发打寄送拿取带交])[^,，。 ]{1,8}?[吃喝来去到看听泡唱玩签过审批帮上出])"
    r"|吧(?=[喊叫提催])|一[下声](?=[把给去带发交])|麻烦|帮我|帮忙|记得|别忘了?|不要忘了?"
    r"|提醒(?:一下)?(?:我"
    r"|大家)?(?:一下|下|一声)?|提醒|喊我|叫我|remind me(?: to)?"
    r"|(?:ddl|deadline)(?![a-z])[是为: ]?|to\b|about|设个?(?:提醒"
    r"|闹钟)?|定个?(?:提醒|闹钟|时)?|加个?(?:待办|任务|提醒)|(?:麻烦)?记?待办|todo|(?:我|我们"
    r"|咱们?)(?:已经?)?(?:(?:答应|承诺|应[了承下])了?(?:[他她]们?|客户|对方|人家)"
    r"|说|答应(?:了)?|承诺|保证|应[了承下]?)?(?:需要|要(?!求)|得|会|再)?(?!们)|(?:他|她)?说?让我们?|要我们?|叫我们?"
    r"|(?:已经?)?(?:答应|承诺|保证|应下|答复|回复|告诉|回)了?(?:[他她]们?|客户|对方|人家)(?=\s)|(?:合计|寻思|琢磨|想着|打算|计划)着?(?=[\s去过给把带找跟约再])"
    r"|(?:好的?|行|可以|没问题)?那我(?=\s)|准(?=[给把能])"
    r"|已经?(?:答应|承诺|保证)了?|[于在](?= )|过去(?=[给找见看拜拿送取谈跟和把])|就(?![诊餐业医读近])"
    r"|在(?![线职读建校])|的时候"
    r"|(?:[他她]们?|客户|对方)?要求(?:我们?|咱们?)?(?=尽?快?(?:[派给发寄送把换退补赔去来做开出提重再]|上门))"
    r"|的(?![确士])|之?前|以前|会(?![议员场计展面签客])|要(?![求素点价紧])|得(?![到力分])|务必要?|必须|一定要?|/remind"
    r"|don'?t forget(?: to)?|(?:I )?(?:told|promised|assured) (?:him|her|them)(?: that)?|(?:I )?said(?= )"
    r"|(?:he |she |they |client |customer )?(?:wants?|needs?|asked for)(?= (?!to ))|need to(?= )|(?:I"
    r"|we)(?:'ll| will| owe| need to| have to| must)?(?= )|will(?= )"
    r"|by|on"
    r"|at)"
)
_TRAIL = lazy.regex(
    r"(?i)(?:[\s,,。!!::~]|提醒(?:一下)?+我?(?:一下|一声|下)?|叫我一声|叫我|喊我|记得"
    r"|by|on|at|before|请|麻烦|哈|啊|吧|哦|噢|的|(?<=[一-鿿]{3})[\s,，][他她]){1,20}$"
)
_RUNS_OUT = r"(?:(?<=到期)[,，\s]{1,6}(?:请?[您你]?在?)?到期)"  # 4月5号到期 到期前一周提醒我: said before
_ASKED_AMID = lazy.regex(
    rf"[,，\s]{{0,6}}(?:(?:那天|当天|到时候?|到点|届时|提前{LENGTH})(?:再|就|,)?)+(?:记得)?(?:(?:提醒|叫|喊|通知|告诉"
    rf"|催)(?:一?下)?我(?:一声)?|(?:提醒|[说吱提]|响)一?(?:声|下|嘴)(?=[,，。!！\s]|$))?[,，\s]*"
    r"|(?<=\S)[,，\s]{1,6}(?:提醒|记得提醒)(?:一?下)?我(?:一声)?[,，\s]*"
    rf"|(?:(?<=到期)|{_RUNS_OUT})前{ANOTHER_LENGTH}(?:再|就|请|记得|[,，\s]){{0,6}}(?:(?:提醒|叫|喊|通知)(?:一?下)?我(?:一?声)?)?"
    r"|[,，\s]{0,6}(?:别|不要)[让叫]我忘了?记?|[,，\s]{1,6}你?(?:帮我)?盯着我?点|提示我"
)
# A piece of such words alone asks for the reminder and says nothing of what is to be done.
_ASKING_WORDS = lazy.regex(
    r"(?i)(?:请|麻烦|劳烦|帮忙?|替|给我|你|您|我|先|再|就|千万|一定|务必|记得|记住|记死?|别|不[要许能]"
    r"|勿|[让叫喊催闹戳吼踢敲]|忘|了|掉|提醒|提示|通知|告诉|提|设|定|加|建|好|上|一?[个条下声脚点]|(?<=提醒|[叫喊催]我|醒我)一?次|着|闹[钟铃]|待办|日程|任务"
    r"|reminder|remind|alarm|todo|me|at|set|到点|到时候?|届时|那天|当天|这件?事|那种|能不能|可不可以|可以|怕|老|总"
    r"|记性|差|不灵|烂|没有?得救|咯|又|搞|整|弄|都|望|成|每个?(?:[年月周天]|星期|礼拜)|年年(?:都?要)?|重复|循环|[:：]|不行|不好|这|所以|因为|啊|哦|呀|吧|呢|喽|啦|哈|嘛|噢|嗯|的|为|于|牢|哒|[←→+*・•]|\s)+"
)
_ASKED_FIRST = lazy.regex(
    r"^(?:请|麻烦|帮我|记得|你|到时候?|再|就)*(?:(?:提醒|叫|喊|通知|告诉|催|闹|吼|戳|踢|敲)(?:一?下)?(?:我|大家)(?!们)(?:一?[下声脚])?"
    r"|提醒(?=[带拿给去把发交做]))(?=.)"
)
_ASKED_IN_ENGLISH = lazy.regex(
    r"(?i)(?<![a-z])(?:ping|call|remind|text|nudge|poke|alert|buzz) (?:me|我)(?: (?:to|at|on|about))?(?![a-z])"
    r"|(?<![a-z])(?:please |pls )?(?:don'?t|do not) (?:let me )?forget(?: (?:to|about))?(?![a-z])"
    r"|^(?:please |pls )?(?:block(?: (?:out|off|time|my|the|calendar))*(?:\s+for)?|pencil in"
    r"|note to self[:,]?|make sure (?:i|to|that i)|(?:put|add)(?=.* calendar)|(?:pls"
    r"|please)(?: remind)?:?)(?![a-z])"
    r"|(?<![a-z])(?:on|in|to|into) (?:my |the )?calendar(?![a-z])"
    r"|(?<![a-z])(?:set|make) (?:up )?(?:it |this )?(?:as )?(?:a )?recurring(?: one| reminder| task| event)?(?![a-z])"
    r"|(?<![a-z])set (?:up )?(?:an? )?(?:reminder|alarm)(?: (?:for|to|at))?(?![a-z])"
)
_PIECES = lazy.regex(r"([,，。;；!！\s]+)")


_GETS_DONE = lazy.regex("(?:给[他她])?(?:搞|弄|整)(?:定|好|完)")  # 我说今天下班前搞定


def only_asks(piece: str) -> bool:
    """True for words that ask to be reminded and say nothing of what is to be done."""
    return _ASKING_WORDS.fullmatch(piece) is not None


def _without_asking(text: str) -> str:
    """The text without the pieces that only ask for the reminder: 你替我记住了啊, set 个 reminder."""
    pieces = _PIECES.split(_ASKED_IN_ENGLISH.sub("", text))
    kept: list[str] = []
    for place in range(0, len(pieces), 2):
        piece = pieces[place] if not kept else _ASKED_FIRST.sub("", pieces[place])
        if not piece or (_ASKING_WORDS.fullmatch(piece) and not (kept and _GETS_DONE.fullmatch(piece))):
            continue
        if kept:
            kept.append(pieces[place - 1])
        kept.append(piece)
    return "".join(kept)


def what(text: str, *found: When | None) -> str:
    """What is to be done: the words without the times, the reminder words and the fillers around them."""
    for expression in sorted((f for f in found if f), key=lambda f: -f.span[0]):
        start, end = expression.span
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}" if start else text[end:]
    text, whole = _OF_MINE.sub("", text), _SUCH_A.search(text) is not None
    text = _ASKED_AMID.sub(" ", _without_asking(text))
    text = re.sub(r"\s{2,}", " ", re.sub(r"\s+,\s*|,\s+", ",", text)).strip()
    previous = None
    while previous != text:
        previous = text
        text = _LEAD_IN.sub("", text) or text.strip("的,， ")
    text = re.sub("(?<=.)(?:[,， ]*别忘了?|是)$", "", _TRAIL.sub("", text).strip()).strip()
    return f"{text}的" if whole and text else text


_OF_MINE = lazy.regex("(?<=[A-Za-z一-鿿]{2})(?<![跟让给叫和对找问催帮提醒陪约请等喊托那])我(?= )")  # paper我周日前发
_SUCH_A = lazy.regex(r"[个份台条套张件根把双][一-鿿]{1,3}的[吧哦啊。!！\s]*$")  # 换个静音的
_ACT = lazy.regex(
    r"(?i)[给发寄送报打带拿拉取搬补改换修装测办做出签谈约见访看去跑来过回复问催查核对算开递交提还结付收退订买进教培参盯盘接陪请安配搞弄处确备写整准申量挂加录转]"
    r"|上门|联系|沟通|通知|跟进|讲|call|send|visit|quote|mail|follow|ping|demo|review|meet|email|pay|book|check|prepare"
)


_ABLE = lazy.regex("^[^,，。 ]{0,4}?(?:可以|(?<![不只])能(?!源|量|耗|效|不能|否)|允许|支持)(?P<then>.*)")


def is_deed(words: str) -> bool:
    """False for what is possible then and nothing one does: 可以无条件撤销, 地里能下脚."""
    able = _ABLE.match(words)
    return able is None or (bool(_ACT.match(able["then"].lstrip("再就去")) if able["then"] else False))


def names_act(words: str) -> bool:
    """True when the words hold something that one can do."""
    return bool(_ACT.search(words))

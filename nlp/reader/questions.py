"""Questions typed to the bot: they are answered or asked about, and never kept as what a customer said."""

import re

from nlp import lazy, names
from nlp.reader import cues, strangers
from nlp.reader.reading import Message, Reading
from nlp.when import numerals

LONGEST = 24  # characters: a longer sentence with a question in it tells something
_END = lazy.regex(
    r"(?:多少(?:钱|个|单|次|货|家|台|件|万|块|客户)?了?|几(?:[个条单点次号家位天件台岁万]|回)(?:了)?|(?:什么|啥)(?:时候"
    r"|情况|日子|节日?|好|合适|事|样|东西|公司|职位|产品|货|的(?:[他她])?|意思|问题|行业)?了?|(?<!不)怎么(?:了|样了?|说)|咋(?:了|样了?)"
    r"|怎样|哪些(?:人|客户|事|货|产品)?|哪个?(?:位子|位置|地方)|哪(?:[个家天位里儿]|一?年|个月)(?:人|客户|的)?|(?<!那)谁|吗"
    r"|多久(?:没[^,。]{1,6})?了?)"
    r"(?:来着|呀|啊|呢|哦)?[? 。]*$|[?][ ?。]*$"
)
_START = lazy.regex("^(?:谁(?!都)|有谁|哪些|哪个|哪家|哪几|有没有|多少|几个|什么时候|为什么|为啥|怎么(?!都|也))")
_WHY = lazy.regex("(?:为什么|为啥|怎么|咋)")
_NAMED_WITH = lazy.regex(r"^[^,,。;; ]{2,5}呢[? ]*$")
_TOLD = lazy.regex(
    r"不(?:知道|清楚|确定|晓得|管|论|懂|明白)|无论|什么都|谁都|哪都|怎么都|没(?:什么|啥|多少|几|怎么)|什么的$|看看"
    r"|[,,。;;!\n]|定|希望|要求|打算|准备|考虑|着呢|[要想嫌]"
)
_BOOK = (
    (
        "today",
        lazy.regex(
            "(?:谁|哪些|哪个|哪几|有没有)[^,。]{0,8}生日|^(?:最近|近期|这周|本周|下周|今天|明天|这个月|本月|下个?月)"
            "[^,。]{0,4}生日的?(?:有谁|是谁|谁|有哪些|有没有|客户|的人)?[? ]*$"
            "|^我?(?:明天|后天|大后天|今天|这周|本周|下周|周末|(?:下|这)?周[一二三四五六日天])(?:我|上午|下午|早上|晚上"
            ")?"
            "(?:还|都|一共)?(?:有|要|该|得|需要)?(?:做|干|忙|去|见|跑|联系|拜访|跟进)?(?:什么|啥|哪些|哪个|哪几|几个|几"
            "件|谁)"
            "[^,。]{0,5}$"
        ),
    ),
    (
        "summary",
        lazy.regex(
            "^(?:我|我们|咱们?|全队|团队)?(?:的)?(?:这?上个?月|这个?月|本月|今年|去年|本周|这周|上周|今天|昨天|最近|本"
            "季度)?"
            "(?:我|我们|咱们?)?(?:一共|总共|都|总)?(?:卖|做|签|成交|出|开|赚|收|进账|入账|回款|到账)(?:了|出|掉)?(?:多"
            "少|几单|几个单|几[台辆套部]车?)"
            "|^我(?:们)?(?:手上|手里|名下)?的?(?:所有|全部)?客户(?:们|名单|列表|清单)?(?:都)?(?:有谁|有哪些|有多少|多少"
            "个?)?[? ]*$"
            "|^(?:我|我们)?的?(?:上个?月|这个?月|本月|今年|本周|上周)?的?(?:业绩|销售额|成交额|单量)(?:有)?(?:多少|怎么"
            "样|咋样)?[? ]*$"
        ),
    ),
)
_WANTED = lazy.regex("(?:想要?|要|需要)的?(?:是)?(?=(?:些)?(?:什么|啥|哪)[^,，。 ]{0,3}[?？ ]*$)")  # 平时要什么
_OF_RECORD = lazy.regex(
    "电话|手机|号码|微信|邮箱|生日|地址|公司|职位|职务|资料|情况|怎么了|怎么样|咋了|咋样|是谁|谁(?:在)?(?:跟|负责"
    "|管)|哪(?:家|里|儿|天|个?(?:位子|位置|地方))|来源"
    "|上次|平时|平常|一般|最近|这个?月|上个?月|本月|今年|去年|多久|买|订|下单|订单|下[了过]|欠|回款|付[了过]|花了|投诉|联系|拜访"
    "|几[单次]|做什么|什么人|呢"
)
_OPENING = lazy.regex("^(?:那|那个|请问|问下|问一下|对了|哎|诶|今天|昨天|最近|现在)?")


def asked(message: Message) -> Reading | None:
    """A question to the bot: the agenda, the summary, a customer's card, or, when nobody is named, unclear."""
    text = _without_excuse(message.body.strip())
    if message.contact or len(text) > LONGEST or cues.NOTE.match(text):
        return None
    if cues.REMIND.search(text) and not _WHY.match(text):
        return None
    who = message.who
    if not (who.known or who.candidates):
        for action, pattern in _BOOK:
            if pattern.search(text):
                return Reading(action, note=message.text)  # type: ignore[arg-type]
    if not _is_question(text, message):
        return None
    if (who.known or who.candidates) and not _OF_RECORD.search(text):
        candidates = (who.known,) if who.known else who.candidates
        return Reading("unclear", candidates=candidates, note=message.text, ask="question", confidence=0.3)
    if who.known or who.candidates:
        query = who.words or (who.known.name if who.known else None)
        return Reading("find", who.known, who.candidates, query=query, note=message.text, confidence=0.8)
    if message.current and re.search("[他她]|^这(?:个)?(?:人|客户)", text):
        return Reading("find", message.current, query=message.current.name, note=message.text, confidence=0.8)
    if stranger := strangers.named_in(_OPENING.sub("", text)):
        return Reading("find", query=stranger, note=message.text, confidence=0.6)
    return Reading("unclear", note=message.text, ask="question", confidence=0.3)


_FORGOT = (
    "(?:我|俺)?(?:又|一下子?|一时|给|都|实在|突然|是真)*(?:[搞弄]?忘(?:记|掉|光)?了?|不记得了?|记不(?:得|住|清|起|到)楚?了?"
    "|想不起来?了?|[一-鿿]{0,4}找不(?:到|着)了?)"
)
_EXCUSE = lazy.regex(rf"^{_FORGOT}[\s,，。]+|(?<=[\s,，。?？]){_FORGOT}[。! ]*$")


def _without_excuse(text: str) -> str:
    """The question without why it is asked: 马老师电话多少 我搞忘了; anything else stays."""
    bare = _EXCUSE.sub("", text).strip(" ,，。")
    return bare if bare and len(bare) < len(text) - 1 and _END.search(bare) else text


_OF_ANYBODY = lazy.regex(
    "(?:请问|今[天日儿]|昨天|最近|现在|目前|我?想知道|这?本?周|[这本上]个?月)*"
    "(?:谁(?!都|也|知道|晓得|让|叫|料|想到|家)|有谁|(?:有没有|有)?(?:哪些|哪几?[个位家])(?:老?客户|客人|人|单子?|会员)"
    "|有没有(?:老?客户|谁|人|[要想](?=.{1,10}(?:的|客户|人|吗)[?？]?$)))(?!.*(?:[他她]|没[说定讲]|不肯))"
    "[^,，。;；\n]{1,16}$"
)


def is_of_anybody(text: str) -> bool:
    """True for a question that seeks who it holds of: no note of the customer shown last.

    >>> is_of_anybody("谁说太贵了"), is_of_anybody("谁知道他要不要"), is_of_anybody("谁说太贵了，他说的")
    (True, False, False)
    """
    return _OF_ANYBODY.match(text.strip()) is not None


def is_asked(text: str) -> bool:
    """True for a question about what is known of a customer: 他电话多少; 多少钱 may be his own words."""
    text = numerals.plain(text.strip())
    told = cues.SPEECH.search(text) or _TOLD.search(text)
    asked = _END.search(text) or _START.match(text)
    return len(text) <= LONGEST and not told and bool(asked and _OF_RECORD.search(text))


def _is_question(text: str, message: Message) -> bool:
    words = message.who.words
    rest = text.replace(words, "", 1).strip() if words else text
    if (
        cues.SPEECH.search(rest)
        or _TOLD.search(_WANTED.sub("", rest))
        or (cues.ORDER.search(rest) and not _END.search(rest))
    ):
        return False
    if re.search(rf"[{names.HAN}A-Za-z0-9]\s+\S", rest):
        return False
    return bool(_END.search(rest) or _START.match(rest) or _NAMED_WITH.match(text))

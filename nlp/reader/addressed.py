"""Messages that ask the bot or order it about: 投诉拖了多久, 把上个月的数据导出来给我. No customer says them.

Rules and words may take them for a note of whoever they name, or was shown last; then the rep is asked first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nlp import lazy
from nlp.reader import cues, no_price
from nlp.reader.reading import Message, Reading

LONGEST = 20  # characters: a longer text with a question in it tells something
Kind = Literal["question", "instruction", "what_action"]
_OPENING = lazy.regex("^(?:请问|问一?下|想问一?下|我想知道|那个?|对了|哎|诶|今[天日]|现在|目前)+[,， ]*")
_SINCE = "(?:几|多少)(?:天|个?月|周|个?星期|小时|年)"
_WAYS = "(?:怎么|咋)(?:说|讲|回事|办|处理|弄|解决|样)"
_ENDS = lazy.regex(
    f"(?:{_SINCE}|多久|多长时间)(?:都|还)?(?:没(?:有)?[^,，。 ]{{1,6}})?了?$|{_WAYS}(?:的|了)?$"
    "|介绍来?了几[个位家](?:老?客户|人|朋友|同行|家长|新人)?$"
    "|(?<=[到着完好掉上出来去过了])(?:钱)?没(?:有)?$"
    "|^(?:客户|大家|他们|人家)们?(?:都|最|老|一般|主要)*(?:说|嫌|觉得|抱怨|反映|夸|投诉)(?:我们?|咱们?)的?(?:哪|什么|啥)"
)
_WHY = lazy.regex("(?:为什么|为啥|为何|干嘛|凭什么)(?:还|就|也|一直|老|总|到现在)*(?:没|不)")
# Words about a question that somebody has, and of a customer who speaks to us.
_TOLD = lazy.regex(
    f"不(?:知|清楚|确定|晓得|管|论|懂|明白)|无论|[看等听瞧](?:看|听)?[^,，。]{{0,6}}{_WAYS}|商量|研究|想想|愁|怕|急|纠结|头疼|犹豫|算了|反正"
    "|你们?|您|贵[司厂]|人家|[,，。;；!！…\n]|没(?:多久|几)|好几|(?:过|这|又|都)(?:了)?(?:几|多少)[天个周年]"
)
_LISTS = lazy.regex("(?:都|还)?(?:有|是)(?:哪些|哪几[个位家]|谁|多少|几[号点个])$")  # 节前要送的礼有哪些 is no reminder
_REMINDS = lazy.regex("提醒|记得|别忘|闹钟|[说讲问催想看查确认]")
_ASKED = lazy.regex(f"{_WAYS}|投诉(?!我|咱|你|说)|(?:要|催|讨|收|追)回?来")
_HAND_ME = "(?:给|发|传)(?:我|咱们?|群里?)(?:看看?|瞧瞧?|一下|一份)?"
_FIGURES = "(?:数据|报表|表格?|名单|清单|业绩|汇总|明细|战报|排行榜?|排名|统计|台账|记录|日报|周报|月报)"
_MAKES = "(?:导|拉|调|列|整理|汇总|打印|统计|筛|捋|理|翻)"
_ORDERS = lazy.regex(
    "^(?:请|麻烦|帮我|给我|替我|你)*(?:"
    f"[把将][^,，。]{{1,14}}?{_MAKES}(?:一?下|出来?|成[^,，。]{{1,4}})?(?:{_HAND_ME})?"
    f"|[把将][^,，。]{{0,10}}{_FIGURES}(?:都|再)?{_HAND_ME}"
    f"|{_MAKES}(?:一?下|出来?|[一个张]+份?)?[^,，。了]{{0,10}}{_FIGURES}(?:{_HAND_ME})?"
    f"|(?:在|到|往)?(?:微信|大|工作)?群里?(?:面)?(?:发|通知|公布|播报|说|喊)(?:一下|一声|个|下|一条)[^,，。了]{{0,12}}"
    f"|(?:在|到|往)?(?:微信|大|工作)?群里?(?:面)?(?:发|公布|播报)[^,，。了]{{0,6}}{_FIGURES}"
    f"|[^,，。了]{{0,10}}(?:{_FIGURES}|小结|总结)[ ,，]*(?:发|发给|转给?|传给?|报给?)(?:主管|经理|老板|领导|老大|上级)"
    f"|[^,，。了]{{0,10}}{_FIGURES}(?:{_HAND_ME}|[给让]我(?:看|瞧|瞅)(?:看|瞧|瞅|一下|一眼|下)?)"
    ")(?:吧|呗|啊|哈)?$"
)
# Of one's own doings and to the bot about itself; said where nobody is named.
_SLIP = lazy.regex(
    "^(?:[我你]|刚才|刚|上面|前面|上一?条|这条|那条|不好意思|抱歉|啊|哎呀|是|的|都| |,|，)*"
    "(?:发|打|输|写|记|点|按|弄|搞|录|说|选)错(?:人|群|客户|地方|字|号)?(?:了|啦)?"
    "(?:[ ,，。!！]*(?:请|帮我|给我|麻烦)?"
    "(?:撤回|撤销|取消|作废|删[了掉除]?|别记|不算|重来|不要了?)(?:一?下|吧|掉|了)?)?[。!！ ]*$"
    "|^(?:刚才|刚刚|上面|前面|上|这|那)+一?条(?:不算|不要了?|别记|作废|删了?)[。! ]*$"
    "|^算了[ ,，]*(?:别|不)(?:记|存|写)了?$"
)
_TO_THE_BOT = lazy.regex(
    "^(?:以后|今[天晚]|周末|周[一二三四五六日天]|晚上|下班后?|休息日?|节假日|早上|中午|半夜|的|时候|就|都|请|你)*"
    "(?:别|不要|甭|不用|不准|少)(?:再|老|总)?(?:给我|跟我|向我)?(?:发|推送?|弹|吵|打扰|提醒|通知|叫|烦)(?:我|消息|通知|提醒|信息|了)*[。!！]*$"
)
_OWN_TIME = lazy.regex(
    "^(?:我|今[天日儿]|明天|上午|下午|晚上|中午|现在|这会儿|周末|后面|都|就|已经|终于|要|先|去| )*"
    "(?:没(?:什么|啥)?事(?:儿|情)?(?:了|干|做)?|休息(?:了)?|下班了?|请假(?:了)?|开会(?:了|呢|中)?|在开会|吃饭(?:了|去)?|收工了?|忙完了?|有空|没空)[。!！]*$"
)


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a note that asks the bot or orders it about becomes that question."""
    if reading.action == "remind" and _LISTS.search(message.body.strip(" ?？。")) and not _REMINDS.search(message.body):
        return _asked(reading, message, "question")
    if reading.action != "note" or reading.ask or reading.parts or reading.coming or message.contact:
        return reading
    ask = None if cues.NOTE.match(message.body) else kind(message)
    if ask is None:
        return reading
    return _asked(reading, message, ask)


def _asked(reading: Reading, message: Message, ask: Kind) -> Reading:
    candidates = (message.who.known,) if message.who.known else message.who.candidates
    asked = replace(reading, action="unclear", customer=None, candidates=candidates, ask=ask, confidence=0.3)
    asked.task_what = asked.task_when = None
    return asked


def kind(message: Message) -> Kind | None:
    """What such a message is; None for anything told."""
    text = re.sub("[?!。~ ]+$", "", message.body.strip())
    if len(text) > LONGEST:
        return None
    words = message.who.words
    if not words and (_SLIP.match(text) or _TO_THE_BOT.match(text)):
        return "instruction"
    if not words and _OWN_TIME.match(text):
        return "what_action"
    if _ORDERS.match(text):
        return "instruction"
    is_sum = not words and no_price.is_to_reckon(text)
    return "question" if is_sum or _is_question(text, words) else None


def _is_question(text: str, words: str) -> bool:
    """True where something is asked and nobody is said to ask it."""
    rest = _OPENING.sub("", text.replace(words, "", 1) if words else text).strip()
    if _TOLD.search(rest) or not (_ENDS.search(rest) or _WHY.search(rest)):
        return False
    general = re.match("客户|大家|他们", rest) and _ENDS.search(rest)
    return bool(general) or not cues.SPEECH.search(_ASKED.sub("", rest))

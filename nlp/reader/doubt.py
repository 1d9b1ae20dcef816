"""When a message would be kept as a plain note though it sounds like something else: it is asked about.

A note is what a message becomes when no other reader is sure; the signs here say that the others may have missed it.
"""

import re
from dataclasses import replace

from nlp import lazy
from nlp.reader import approaches, asking, cues, deals, formerly, habits, orders, payments, sums, tasks
from nlp.reader.reading import OUTRIGHT, Message, Reading
from nlp.when import numerals

TOLD = (payments, approaches, habits, formerly)  # what tells that a message is nothing but a note
LONGEST = 30
LONGEST_NEWS = 48
_TOLD = lazy.regex(
    "了|过|着|说|问|想|要|嫌|催|不|没|已|是|在|有|太|很|挺|比较|好|会|能|得|吗|呢|也|[来去]$|[?？]|他|她|客户|们"
)
_ORDERS_THE_BOT = lazy.regex(
    "(?i)^(?:查|找|搜|看|翻|调|列|拉|导出?|统计|显示|打开|发我|给我|更新|改|修改|换|设|删|取消|撤|加|补|存|标|提醒|通知"
    r"|update|change|set|add|find|show|search|list|delete|remove|remind|cancel|check|export|mark|edit|log|create|new)"
    r"(?:一?下|掉|成|为|个|出|上|\b)?"
)


def doubted(reading: Reading, message: Message) -> Reading:
    """The reading; a note that may be an order, a reminder or a command comes with that question."""
    if reading.action != "note" or reading.customer is None or reading.ask or message.current is reading.customer:
        return reading
    if reading.confidence >= OUTRIGHT or cues.NOTE.match(message.body) or any(one.is_told(message) for one in TOLD):
        return reading
    if deals.may_be(message) or deals.in_story(message):
        ask = "note_or_order"
    elif reading.task_when is None and (_may_be_reminder(message) or _EVE.search(message.body)):
        ask = "note_or_remind"
    elif _may_be_command(message) or _asks_to_change(message) or _may_be_news(message):
        ask = "instruction"
    elif _may_be_question(message):
        ask = "question"
    else:
        return reading
    asked = replace(reading, customer=None, candidates=(reading.customer,), ask=ask, confidence=0.5)
    if ask == "note_or_order" and (amount := sums.likely(message)):
        asked.amount_fen, asked.product = amount.fen, orders.product(message, amount)
    if ask == "note_or_remind" and (ahead := tasks.ahead(message.body, message.now)):
        asked.task_what, asked.task_when = tasks.what(message.body, ahead[0]) or message.text, ahead[0]
    return replace(asked, action="unclear") if ask in ("instruction", "question") else asked


def _may_be_reminder(message: Message) -> bool:
    """True for a short message with a time to come in which nobody is said to do, say or want anything."""
    body = message.body
    ahead = tasks.ahead(body, message.now) if len(body) <= LONGEST else []
    if len(ahead) != 1 or not message.who.words:
        return False
    start, end = ahead[0].span
    rest = (body[:start] + " " + body[end:]).lower()
    if rest.strip().startswith(message.who.words.lower()):
        return False  # he is the one who does it
    return not _TOLD.search(rest.replace(message.who.words.lower(), " ", 1))


_EVE = lazy.regex("(?:前一[天晚]|前[两三]天|头一天)[^,，。]{0,4}(?:叫|喊|提醒|通知|告诉)(?:一?下)?我")
_CHANGES = lazy.regex(
    "(?:烦请|敬请|请予?|麻烦|帮我|给我|帮忙|pls|please)[^,，。说]{0,6}(?:更新|更改|更正|修改|变更|调整|改(?:返"
    "|过来|一?下|改)?|同步|关闭|关掉"
    "|核销|标记|注销|勾掉|销掉|删掉?|撤掉?|update|close|edit)(?:一?下|掉|吧|了|为[^,，。]{1,6})?[。.! ]*$"
    "|(?:系统|资料|档案|卡片)里?[^,，。说]{0,6}(?:改|更新|换|标)(?:过来|一?下|掉)[吧。! ]*$"
)


def _asks_to_change(message: Message) -> bool:
    """True for a message that ends with a request to change what is stored: …，烦请更新; 他让我改一下 is told."""
    asked = _CHANGES.search(message.body)
    return bool(asked) and not re.search("[让叫要催说]", message.body[: asked.start() if asked else 0][-6:])


# Words of a field with a change, of a task that is over, and of the bot as the one who is asked.
_NEWS = lazy.regex(
    "(?:微信|电话|手机|邮箱|号码?|名字|职位|公司|生日)号? ?不是|职[位务称].{0,3}(?:是|为|变|改|换|调)|(?:升|晋升"
    "|提拔)了?(?:任|为|职|到了?|成|[一-鿿]{0,3}(?:主任|经理|总监|主管|厂长|部长|院长|总))|升了(?!温|级|价)|调任"
    "|调岗|跳槽|改名(?!字)|更名|(?:店|厂|公司)名改|(?:wechat|location|email|phone)[^,，。]{0,6}(?:改|换|now|is)"
    "|全名(?:是|叫)?[一-鿿]{2}"
    "|调(?:去|往|到)[一-鿿]{2}|不在[^,，。]{1,6}了|单干|头衔|应为|(?:记|登|存)错|(?:地址|地区|城市)更新|店搬|又升"
    "|换了?(?:工作|单位|东家|岗|手机号?|电话|号|微信)"
    "|生日(?:是|改|[:：]|\\d|[农阴阳公]历|在\\d|为)|(?:办公室|公司|厂|店|地址)(?:已经?|正式)?(?:搬|迁|变更)[到至为]"
    "|新(?:电话|手机号?|号码?|微信|邮箱|地址)(?:是|[:：]|为)|(?:电话|手机|微信|邮箱|地址|公司名)(?:改|换"
    "|变更?)(?:成|为|了)"
)
_OVER = lazy.regex(
    "(?i)已(?:经)?(?:全部)?(?:完成|办结|办妥|完结|了结)|(?:任务|待办|事项|to-?do|task)[^,，。]{0,10}(?:完|结|关"
    "|消|销|done|close|ok)"
    "|[✅✔☑]|划掉|打勾|完毕|翻篇|删了吧|tick (?:it )?off|不用再[弹提叫催响]|(?:那|这)(?:事|活)儿?(?:结|完|了)了"
    "|(?:可以?|能|给我)(?:消|撤|划|销|删|关|勾|结)(?:了|掉|啦)?(?=$|[,，。 !])"
    "|[剔勾划销撤]了?(?:他|它|掉)(?=$|[,，。 ])"
    "|(?:那条|这条|提醒|任务)[^,，。]{0,2}(?:消|撤)(?:了|掉)|别再[^,，。]{1,5}我了?[。! ]*$|\\bsent[. ]*$"
    "|[做办弄搞]完了?[。! ]*$"
)
_TO_THE_BOT = lazy.regex(
    "(?i)^(?:请|麻烦|帮我|帮忙|给我|烦请)(?!了|你们)|[,，。 ](?:烦请|敬请|帮我|给我(?=[记查看改加设标关列]))"
    r"|\b(?:pls|please|remind|rmd|todo|to-?do|schedule|ping me)\b"
    "|(?:查|看|调|翻)(?:一?下|看|出来?)?[^,，。]{0,6}(?:资料|档案|记录|联系方式)|叫我一?[声下]|喊我一[声下]"
    "|提醒一?下(?![我他她你大])|记得(?:叫|喊|提醒)"
    r"|提一?[嘴句](?=$|[,，。 ])|[跟和]我(?:说|讲)一?声|记着点|盯一?下(?:[。! ]*$)|别[给整]?漏|别[拖误]"
    r"|提前[一二两三]天[^,，。说]{0,4}$|别[给整]?忘"
    r"|请系统|\b(?:eod|asap|deadline)\b"
)
_NO_NEWS = lazy.regex(
    "没|不|可能|也许|打算|准备|听说|据说|好像|要(?!求)|会|想|如果|了?吗|[?？]|快|差点|那天|[他她]们?公司(?!名)"
    "|我们|客户的?"
)


_DENIED = lazy.regex("不是|不在[^,，。]{1,6}了|非")
_OURS = lazy.regex("我?[催问][完过好]了?|[跟和]我(?:说|讲)一?声|提醒|叫我一?[声下]")
_WONDERS = lazy.regex(
    r"来着|(?:啥|什么)(?:时候|情况|动静|职位|人|公司|来头|事)|(?:几|多)(?:多|少|号|久|大|岁)(?!钱)"
    r"|(?<!好)几[回次单](?:货|单)?了?|哪(?:里|儿"
    r"|条|家|个|天|年|位)|是谁|谁是|\b(?:when|what|which|who|how)\b"
    r"|(?<=[过了])[^,，。 ]{0,6}没(?:有)?[呀啊呢嘛哦]?[?？ ]*$|(?:动静|消息|单子|回复|反应)没(?:有)?[?？ ]*$|[?？]\s*$"
)
_NO_WONDER = lazy.regex(
    "(?i:unknown|don'?t know|not sure|no idea)|不知|不清楚|不管|无论|没(?:啥|什么|多少|几|哪)|不(?:多|少"
    "|几)|都|也|多(?:少|久)钱?[都也]|随便|任何|来着呢"
    "|多多|好多|很多"
)
_LOOKED_FOR = lazy.regex(
    "(?:资料|档案|记录|contact|info|history|profile|电话|号码|邮箱|联系方式|名片)[^,，。说]{0,5}(?:发我|给我"
    "|看看|查一?下|瞅|调)|(?:查|瞅)一?下[。! ]*$|瞅瞅[。! ]*$|(?:拉|调|翻|找)出来看看|^[^,，。]{0,4}那个(?:客户"
    "|人)[。! ]*$"
)


def _may_be_question(message: Message) -> bool:
    """True for a note in which nobody speaks and something is wondered about or to be looked up: 周工留过邮箱没."""
    body = message.body
    if len(body) > LONGEST_NEWS or not message.who.words:
        return False
    rest = re.sub("我?想问一?[下问]?|问一?下|请问", "", body.lower().replace(message.who.words.lower(), " ", 1))
    if cues.SPEECH.search(rest):
        return False
    return bool(_LOOKED_FOR.search(rest)) or (bool(_WONDERS.search(rest)) and not _NO_WONDER.search(rest))


def is_wondered(text: str) -> bool:
    """True for a text that is nothing but a question of ours for a day: 牙椅是哪天到.

    >>> is_wondered("牙椅是哪天到"), is_wondered("她问是哪天到货"), is_wondered("约了哪天没定")
    (True, False, False)
    """
    rest = numerals.plain(text)
    return _ASKED.fullmatch(rest) is not None and cues.SPEECH.search(rest) is None and cues.NOTE.match(rest) is None


_ASKED = lazy.regex(
    r"(?![等看要先再约选])[^\s,，。;；他她说问看等确定]{1,8}是(?:在|要)?(?:哪一?天|哪个?月|几号|几点|[什啥]么?时候|周几|星期几)"
    r"(?:能|会|要)?(?:到货?|发货?|送|来|交货?|装|寄|约|续|签|开业?|生)?(?:了|的|呀|啊|呢|来着)?[?？。 ]*"
)


def _may_be_news(message: Message) -> bool:
    """True when a note without anybody speaking in it holds words of a change, of a task that is over or to the bot."""
    body = message.body
    if len(body) > LONGEST_NEWS or not message.who.words:
        return False
    rest = body.lower().replace(message.who.words.lower(), " ", 1)
    if cues.SPEECH.search(_OURS.sub("", rest)):
        return False
    if _TO_THE_BOT.search(rest) or _OVER.search(rest):
        return True
    clauses = re.split("[,，。;；!！ ]", rest)
    return any(_NEWS.search(clause) and not _NO_NEWS.search(_DENIED.sub("", clause)) for clause in clauses)


def _may_be_command(message: Message) -> bool:
    """True for a short message that opens like an order to the bot."""
    body = message.body.strip()
    command = _ORDERS_THE_BOT.match(body) if len(body) <= LONGEST else None
    if not command or not message.who.words:
        return False
    after = body[command.end() :].lower().strip()
    return after.startswith(message.who.words.lower()) and not (
        "了" in after or cues.PAST.search(after) or cues.SPEECH.search(after)
    )


def shown(message: Message) -> Reading:
    """What is left when no reader is sure: the list that is probably asked for, else a question."""
    who = message.who
    if not (who.known or who.candidates or message.contact) and (action := asking.likely(message.body)):
        return Reading(action, confidence=0.5)  # type: ignore[arg-type]
    return Reading("unclear", candidates=who.candidates, note=message.text, ask="what_action", confidence=0.2)

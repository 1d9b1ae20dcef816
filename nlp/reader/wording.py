"""A message in plain words: without greeting, please and thanks, dialect as standard Chinese; the note keeps it all."""

import re

from nlp import lazy
from nlp.reader import english, spelling
from nlp.when import dialect

_GREETING = (
    r"^(?:(?:你们?好|您好|老板好|[早晚]上好|[上中下]午好|早安|哈[喽啰]|嗨|在吗|hi|hello|hey|不好意思|打扰一?下|打扰了|辛苦了?"
    r"|小助手|小秘书|助手)(?:啊|呀|哈|哦)?[,，!！。~～:： ]+)+"
)
_ASKING = (
    r"^(?:请问一?下?[你您]?(?=我|能|可)|(?:能不能|可不可以|可以)?(?:敬请|恳请|请|麻烦|烦请|劳烦|有劳)(?:你|您|帮忙|帮我|给我|替我|帮|再)*|(?:能不能|可不可以|可以|能)(?:帮我|给我|替我)(?:看|查|找)(?=一?下))"
    r"[,， ]*"
)
_KEEPING = (
    r"^(?:帮我|帮忙|给我|你|您)*(?:登记|记录|记|录入|录|添加|新增|存|备注|更新)(?:一[下个笔条]|下|上)?(?:哦|啊|哈|吧|呀|喽"
    r"|哈)?\s?[:：,，]\s*"
)
_THANKS = lazy.regex(
    r"(?i)(?<![\s,，。;；/、!！])(?:[\s,，。;；/、!！]+(?:(?:非常|十分|太)?(?:谢谢|感谢|多谢|谢啦|谢了|拜托|辛苦|有劳|麻烦)(?:您|你|大家|啦|了|哦|哈|啊|呀)*"
    r"|thanks?(?: you)?|thx|please|pls))+[\s!！。~～]*$"
)
_GREETED, _ASKED, _KEPT = (lazy.regex(f"(?i){words}") for words in (_GREETING, _ASKING, _KEEPING))
_FIELD = "(?:职[务位称]|头衔|公司|单位|资料|信息|地址|电话|号码|手机号?|微信)"
_TO_CHANGE = lazy.rare(
    f"(?<=[^,，。;； ])[,，。;； ]*(?:你|麻烦|帮我?|给我)*把?(?:他|她|客户)?的?{_FIELD}(?:也|都|给|帮我?)*"
    "(?:改|换|更新|变更|更正|登)(?:一[改下换更]|[下掉了])*[吧呗啊哈。!！ ]*$"
)  # … 把他职务改一改
_SET_TO = lazy.rare(r"((?:改|换|写|登记|更新)[成为到][^,，。;；\s]{2,16})[吧呗哈][。!！ ]*$")
_TITLED = lazy.regex(
    r"^[\s【\[]*(?P<label>(?:[一-鿿A-Za-z]{0,6}(?:留资|线索|询盘|来电|进线|名片|新客户?|新增|转介绍|报名)|新))[】\]]?\s?[:：]\s*"
)

# Each dialect word with its plain one; only what is no part of a standard word.
_DIALECT = (
    *dialect.WORDS,
    ("而家|依家|宜家(?=[要有冇])", "现在"),
    ("几时", "什么时候"),
    ("系边个", "是谁"),
    ("边个", "谁"),
    ("边度", "哪里"),
    ("一?啲[乜咩][嘢野]?|(?<=[做干买卖讲搞要食])乜(?![嘢野])", "什么"),
    ("乜嘢|咩嘢|乜野|啥子|(?<![要那什怎这多])么[子斯]", "什么"),
    (
        "(?<=[号日天午晚早点])克(?=[问接送拿看取找](?![一-鿿]?[氏莱]))|(?<=我)克(?=[问接送拿看取找]|高铁|机场|现场|工地)",
        "去",
    ),
    (
        "(?:^|(?<=[今明后天晚早午]))(?:家人|姐妹|兄弟|宝子|朋友|各位|同志)们(?:[,，!！~ ]+|(?=[一-鿿]{1,2}[姐哥总工]))",
        "",
    ),
    ("点解", "为什么"),
    ("(?<![盘清重几一二两三四五六七八九十多早晚快好些有])点样(?![品机布衣板本书车件图式张册])|咋个", "怎么"),
    ("几多", "多少"),
    ("边[啲d]", "哪些"),
    ("谁系", "谁是"),
    ("啱啱", "刚刚"),
    ("返(?=去(?!年)|来|到)", "回"),
    ("(?<=[\\d一二两三四五六七八九十百千万])蚊(?![子帐])", "块"),
    ("搞掂", "搞定"),
    ("净系", "只是"),
    ("样办", "样品"),
    ("(?<=[一-鿿])对数(?=[,，。 ]|$)", "对账"),
    ("记低", "记一下"),
    ("走佬", "跑掉"),
    ("(?<=[新的个换])(?i:[wv]x)(?=[号:： 是改换])", "微信"),
    ("微信号?(?:就是|也是|就|跟|和)(?:[他她这的用本人个]|也)*(?:手机|电话)(?:号码?)?(?:一样|同号)?", "微信同号"),
    (
        "(?:(?<!意见)(?<!投诉)(?<!举报)信箱(?=[^@]{0,24}@)|电子?邮[箱址]?(?:地址)?)(?=[:： 是改换为成]*[A-Za-z0-9])",
        "邮箱",
    ),
    ("嘅客(?=[,，。?？ ]|$)", "的客户"),
    ("客就嚟", "客户快要"),
    ("(?<=[唔冇未都])识(?=[他她佢])", "认识"),
    ("[揾搵]", "找"),
    ("睇", "看"),
    ("[畀俾]", "给"),
    ("嘅", "的"),
    (
        "(?<=[他她总姐哥工板娘师傅任长理])讲(?![师课座解义台话价究稿数坛堂学和述演过得到好定完一故评习武席标安合]|明(?![天早晚儿后年日]))",
        "说",
    ),
    ("(?<=[别又再])望(?=了(?!一眼|望)|掉|记|$)", "忘"),
    ("(?<=[话码机信箱司址])转咗", "换了"),
    ("执咗?笠[咗了]?", "倒闭了"),
    ("咗", "了"),
    ("冇|莫得|木有", "没有"),
    ("[佢渠]哋|[佢]地", "他们"),
    ("我哋|阿拉(?![善伯斯])|俺们", "我们"),
    ("佢话(?![题费])", "他说"),
    ("(?<=[总姐哥工师板娘任理长])话(?=[佢他她])", "说"),
    ("(?<=我)话(?=[今明后下]|周[一二三四五六日]|礼拜|星期|\\d)", "说"),
    ("(?<=[答回])覆", "复"),
    ("覆(?=[佢他她][,，。 ]|[佢他她]?$)", "回复"),
    ("佢", "他"),
    ("俺", "我"),
    ("唔系", "不是"),
    ("唔(?!该)", "不"),
    ("唔该", "麻烦"),
    ("一?啲", "一些"),
    ("嗰", "那"),
    ("喺", "在"),
    ("嚟", "来"),
    ("(?:系咪)", "是不是"),
    ("提我(?![的名价们])", "提醒我"),
    ("(?i:(?<![a-z])(?:dd|ding|cue)|艾特|滴滴)\\s?我(?:一?[下声])?(?![们的])", "提醒我"),
    ("(?:招呼|知会|支会)我?一?[声下](?=$|[,，。! 哈啊])|[吼喊叫]我一嗓子", "提醒我"),
    (
        "(?<=.)(?:请|麻烦|帮我|给我)*[列加记放写](?:入|进|到)?"
        "(?:我的)?(?:待办|日程|任务)(?:事项|清单|列表|里|表)?(?:吧|谢谢)?(?=[。! ]*$)",
        "提醒我",
    ),
    (
        "^(?:(?:帮我|给我|替我|你|您)*(?:新增|新建|添加|登记|记录|录入|记|加|建|设|录)[下上]?(?:一?[项条个件])?(?:新的?)?"
        "(?:待办|任务|日程|提醒)(?:事项)?(?:一[条项个])?[:：,， ]+"
        "|(?:待办|任务|提醒)(?:事项)?(?:一[条项个])?[:：] ?)(?=.{4})",
        "提醒我 ",
    ),
    ("(?i:(?<![a-z])r(?:e?mi?nd|md) me(?![a-z]))", "remind me"),
    ("落了?[单柯]", "下单"),
    ("(?<=[信话码])系(?=[ A-Za-z0-9])|(?<=现在)系(?![统列])|(?<![一-鿿])系(?=做|那|[佢他])", "是"),
    ("信箱(?=[号: 是改换为成]*[A-Za-z0-9._-]+@)", "邮箱"),
    ("那(?:嘎达|嘎瘩|疙瘩|噶哒|旮旯|圪垯)", "那边"),
    ("合共", "一共"),
    ("倾(?=生意|合同|合约|价|偈|紧|完|好|过)", "谈"),
    ("瞅瞅|瞅一?眼", "看看"),
    ("唠(?:嗑|嗑儿)?(?=[了过完])", "聊"),
    *spelling.WORDS,
)
_PLAIN = tuple((lazy.regex(pattern), plain) for pattern, plain in _DIALECT)
_ANY = lazy.regex("|".join(pattern for pattern, _ in _DIALECT))


_HALF_DAY = lazy.regex(
    r"(?i)(?<=[一-鿿\s,，@])\s?(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?\s?(?P<half>[ap])m(?![a-z])"
)
_CHINESE = lazy.regex("[一-鿿]")
_ENGLISH_DAY = lazy.regex(
    r"(?i)\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:tomorrow|today|tonight|tmrw?|tmw|next|at|by)\b"
)
_BANKED = lazy.rare(
    "[壹贰叁肆伍陆柒捌玖拾佰仟万零]{2,12}(?=[元圆整])|[壹贰叁肆伍陆柒捌玖][拾佰仟万]零?[壹贰叁肆伍陆柒捌玖](?:[拾佰仟万零]|[壹贰叁肆伍陆柒捌玖](?=[拾佰仟]))*"
    "|(?<![一-鿿])[壹贰叁肆伍陆柒捌玖]?拾(?=[件箱瓶台套桶袋张个])"
)
_BANK = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


def _clock(match: re.Match[str]) -> str:
    """下午2点 for 2pm behind a day in Chinese."""
    hour, later = int(match["hour"]), match["half"] in "pP"
    part = "中午" if later and hour == 12 else "下午" if later and hour < 6 else "晚上" if later else "上午"
    return f"{part}{hour}点{match['minute'] + '分' if match['minute'] else ''}"


def standard(text: str) -> str:
    """The text with the words of a dialect as standard Chinese.

    >>> standard("听日下昼三点提我打畀王总")
    '明天下午三点提醒我打给王总'
    """
    if ("m" in text or "M" in text) and _CHINESE.search(text) and not _ENGLISH_DAY.search(text):
        text = _HALF_DAY.sub(_clock, text)
    text = _BANKED.sub(lambda match: match.group().translate(_BANK), text)
    text = spelling.jobs_as_meant(text)
    if not _ANY.search(text):
        return text
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return text


_NEXT_CLAUSE = lazy.rare(
    r"((?:现在[是叫]|升[为任到了]|[改换]名?[成为叫]|更名为?)[^\s,，。;；!！]{2,16}?)(?=原来那|原来的|以前那|以后(?:开会|都|就|我们|要|叫|请|大家))"
)


def plain(text: str, contact: bool) -> str:
    """The text in standard words without courtesies; of a lead's line the word before the colon stands apart.

    >>> plain("您好，麻烦帮我登记一下：郑姐提了两箱T恤，谢谢！", False)
    '郑姐提了两箱T恤'
    """
    told = _SET_TO.sub(r"\1", _TO_CHANGE.sub("", _THANKS.sub("", _GREETED.sub("", text))))
    asked = _ASKED.sub("", told)
    if asked != told or told != text:
        asked = _KEPT.sub("", asked)
    text = english.in_chinese(standard(asked)) if re.search(r"\w", asked) else text
    text = _NEXT_CLAUSE.sub(r"\1 ", text)
    return _TITLED.sub(lambda match: f"{match['label']},", text) if contact else text


def marked(text: str, word: str) -> str:
    """The text with a mark where the word stands, in whatever case.

    A pattern compiled for each name would cost more than all else that is done with it.

    >>> marked("给wang总发了2箱", "Wang总")
    '给\\x01发了2箱'
    """
    if not word or word.lower() == word.upper():
        return text.replace(word, "\x01") if word else text
    return re.sub(re.escape(word), "\x01", text, flags=re.I)

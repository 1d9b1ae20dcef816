"""News of several customers dictated without a stop: 张伟嫌交期慢刘芳想要样品 is cut where the next one begins.

Only before a customer named in full of whom something is told at once, and not where the word before takes him: 问刘芳,
说刘芳, 张伟的同事刘芳. A stop that speech recognition left out stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp import lazy
from nlp.reader import customers
from nlp.reader.customers import FULL, NICKNAME, Known

_DAY = (
    "(?:[今明昨后前]天|今[早晚]|明[早晚]|上午|下午|中午|晚上|早上|傍晚|下?(?:周|星期|礼拜)[一二三四五六日天]|刚才|刚刚)"
)
_THEN = "(?:然后|后来|接着|之后|完了|另外|还有|顺便|顺路|同时|又|再|还|也|就|都|而|但是?|不过|至于)"
_GO = "(?:(?:要|得|想|打算|准备|需要)?(?:去|见|找|拜访|回访|联系|走访|到|跑|给|约)(?:到|完)?了?(?:一?[趟下次])?)"
_BEGINS = lazy.regex(f"(?:{_DAY}|{_THEN})(?:{_DAY}|{_THEN})*{_GO}?$")
_TAKES = lazy.regex(  # a word that takes the person behind it, or stands for who he is
    "(?:[跟和与及同给对向问找说讲道诉让叫请帮为替把将被比陪约见去访系知听等看像骂带的是有在从于由派换转交送称喊等、]"
    "|担心|希望|怕|发现|要求|答应|回复|介绍|建议|老婆|老公|太太|爱人|儿子|女儿|觉得|认识|记得|懂得|显得|[遇碰见找看等去听感]到|(?:[见找问约请带骂换联系推荐碰遇拜访绍]|告诉|认识)了"
    "|[要买订欠说问给拿定做用]的[一-鿿]{0,2}|公司|厂|店|部|采购|财务|会计|老板|经理|助理|司机|秘书|员|师|总|姐|哥|客户|朋友|叫做?|代表|负责人|联系人|业主)$"
)
_TOLD = lazy.regex(
    "^(?:那[边里儿家单批笔]?|这边|家里?|女士|先生|小姐)?的?(?:[她他]们?)?(?:(?:大|小)?(?:儿子|女儿|太太|妈|爸|家人|店长|老板)|钱|货"
    "|又|也|还|就|都|已经?|刚|说是?|一直|现在|今[天早晚]|昨天|明[天早晚]|上午|下午|晚上|最近|下?周[一二三四五六日天]?|下?个?月|月底)*"
    "(?:说|讲|嫌|要(?!的)|想|问|让|答应|投诉|抱怨|反映|催|打?来?电话|微信|约[了好在]|[定订付买签收退拿量装](?:了|金|好|完)|没|不(?!是)"
    "|同意|觉得|需要|打算|准备|考虑|表示|发|很|挺|有点|有意向|有兴趣|感兴趣|过?生日|出差|住院|合同|单子|订单|报价|回访|拜访|来|去|等"
    "|可以|愿意|满意|着急|急|到了|送|量房|安装|验收|收到)"
)


def cut(clause: str, known: Sequence[Known]) -> list[str]:
    """The clause as one piece for each customer of whom something is told; whole where that is one.

    >>> cut("张伟嫌交期慢刘芳想要样品", [Known(1, "张伟"), Known(2, "刘芳")])
    ['张伟嫌交期慢', '刘芳想要样品']
    >>> cut("张伟问刘芳要了报价", [Known(1, "张伟"), Known(2, "刘芳")])
    ['张伟问刘芳要了报价']
    """
    hits = [hit for hit in customers.hits(clause, known) if hit.person in (FULL, NICKNAME)]
    if len({hit.known for hit in hits}) < 2:
        return [clause]
    lowered = clause.lower()
    places = sorted({(lowered.find(hit.words), hit.words) for hit in hits})
    ends = [0]
    for at, words in places[1:]:
        begun = _BEGINS.search(clause[:at])
        is_taken = begun is None and _TAKES.search(clause[:at]) is not None
        if not is_taken and _TOLD.match(clause[at + len(words) :]) is not None:
            ends.append(begun.start() if begun is not None else at)
    pieces = [clause[a:b].strip() for a, b in zip(ends, [*ends[1:], len(clause)], strict=True)]
    return [piece for piece in pieces if piece]

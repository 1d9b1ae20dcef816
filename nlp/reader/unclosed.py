"""What tells of no sale yet, though a sum is named: a price that came down, a wish, a chance, a bank card.

陈总那台降到278000 is a quote; 要买雇主责任险 一共2160 明天去收资料 is wished; 存了3800 扣款成功 is his bank's doing.
"""

from __future__ import annotations

from nlp import lazy, when
from nlp.reader import moments, no_price, owed
from nlp.reader.reading import Message
from nlp.when import numerals

_SUM, _LATER, _TODAY = owed.SUM, "§", "‡"  # stand for a sum, and for a time to come on a later day or today
_THEN = f"[{_LATER}{_TODAY}]"
_LOWERED = lazy.regex(
    "(?:[降压砍减让杀](?:价|了|个|给[他她]|一?下|[ ])*(?:到|成|至)|改(?:价|了|[ ])*到)了?[ ]?[¥￥]?"
    + _SUM
    + "|改(?:成|为|到|了|[ ])*(?:单价|总价|报价|价格|价)(?:成|为|到|了|是|[: ])*[¥￥]?"
    + _SUM
)
_NO_OFFER = (  # 报了两个班, 报了团, 报销: enrolled, insured, handed in
    "(?![^,，。;；]{0,10}?(?:[班课团营险游考学期卡节科保]|[\\d一二两三四五六七八九十]个?[人位名]))(?![名单销喜捷案备警税关表货数到修废停失])"
)
_OFFERED = lazy.regex(
    f"(?:[加补另改重]报|[给跟向]{owed.CUSTOMER}(?:那边|又|先|也|再|刚|今天|[ ])*报)"
    f"(?:了|过去|过|给)*{_NO_OFFER}[^。;；]*?{_SUM}"
)
_MAY_BE_OFFERED = lazy.regex(  # 报了5台录像机 每台620: ordered from us, or offered by us?
    rf"(?:^|[ ,，又今天刚还也{owed.CUSTOMER}])报(?:了|过去|过|[ :])*{_NO_OFFER}[^。;；]*?{_SUM}"
)
_AGREED = lazy.regex(
    "同意|答应|接受|成交|成了|[要定签拿买订]了|就定|签|下单|拍板"
    "|(?:[说他她 ,，]|^)(?:行|可以|好|没问题|ok|OK)(?=$|[ ,，。!了的])"
    "|[付打转汇交收给][了款清]|已[付打转汇交收缴]|全款|到账|卖|订单|[那这]单|合同|开[单票]|刷卡|买单|微信|现金|[定订]金"
    rf"|拿[下走了]|买[下走了]|提[走车货了]|定下|缴费|办卡|报名|[订拿来要买进提加]\s?(?:\d|[一二两三四五六七八九十百]|{_SUM})"
)
_WISHED = lazy.regex(
    "(?<![不没别主])(?:想要?|打算|准备|计划|需要|要)(?:再|先|给[^,，。; ]{1,5})?"
    "(?:买|办|投保?|上|做|订|采购|换|续|加保)(?![了的好过])"
)
_STEP = lazy.regex(
    f"{_THEN}[^,，。; ]{{0,4}}?(?:去|来|过去|过来|上门|到店|约|见面|再|当面)*(?:收|拿|取|送|签|谈|聊|看|核|填|补|交)"
    "[^,，。; ]{0,3}(?:资料|材料|合同|协议|方案|计划书|投保书|证件|证|执照|名单|样品?|细节|面谈)"
)
_SHARE = r"(?:[一二三四五六七八九1-9]成半?|[1-9]\d?\s?[%％]|一半)"
_ODDS = "(?:把握|胜算|成算|概率|可能性|机率)"
CHANCE = lazy.regex(
    f"{_ODDS}[大约概有是在差不多 ]{{0,4}}{_SHARE}|{_SHARE}(?:左右|以上)?的?{_ODDS}"
    rf"|(?<!首付)(?<!预付)(?<!定金)(?<!\d){_SHARE}(?:左右|以上)?(?:能|会|可以)(?:成|签|定|拿下)"
)
"""How likely a sale is: 把握七成, 六成胜算, 60%的把握, 80%能成; what it is said of is none yet."""
_ARRIVAL = "(?:到货|发货|发出|送到|送达|寄到|到店|到港|有货|缺货|延期|延迟|晚到|补齐|清关|通关|完工|装好)"
OF_DELIVERY = lazy.regex(
    f"(?:{CHANCE.pattern})[^,，。;； ]{{0,8}}?(?:{_ARRIVAL}|[能会]到)"
    f"|{_ARRIVAL}[的有是大概约 ]{{0,4}}(?:{CHANCE.pattern})"
)
"""A chance of goods that are sold: 订20箱 3000 八成概率周五到货."""
_EVEN = lazy.regex("五五开|对半开")  # 30万 五五开, where nothing is sold
_HOPED = lazy.regex(
    "(?<![没不])(?:有戏|有希望|有望|希望[很挺蛮比较]*大|有意向)(?![再又]|[复加]购|升级)|意向(?:很|比较|挺)?(?:强|大|高|明确)"
    f"|(?:有机会|争取)(?:在|{_THEN})*(?:签|定下来)(?!了)"
    "|(?:能|可以|有机会|争取)(?:拿下|成交|成(?=$|[ ,，。;；!！]))(?!了)"
)
_STILL_SIGNED = (  # not 签字提车 nor 下单给工厂, where it is sold, nor 定下来时间
    "(?:签(?:约|合同|协议|保单|字|下来)?(?![了的好过完妥单收到账字])(?<!签字(?=[提取领]))"
    "|定下来(?![了送安颜时地款尺哪怎])|成交(?!了)|下[定单](?![了给到生]|金)|拍板(?!了))"
)
_TO_SIGN = lazy.regex(  # nor 下周补签合同, 可以签单月结
    f"{_LATER}[^,，。;；{_SUM}了补]{{0,6}}?(?:前|再|就|来|去|过来|过去|能|会|要|准备|争取|店里|上门|面|正式|[ ])*"
    f"{_STILL_SIGNED}|合同(?:另外?|再|后面?|回头)签(?![了过好字])"
    "|(?<!保险)(?:能|可以)(?:签(?!单[ ,，]?[月周季挂记])|定下来)(?![了账字收])"
)
_PROPOSAL = lazy.regex(r"(?<!商业)(?<!创业)(?<!项目)(?:计划书|建议书)(?!费|款)")
_TO_SEND = lazy.regex(
    f"{_THEN}[^,，。;；{_SUM}了]{{0,4}}?(?:再|就|先|要|给(?:[@他她]|过去)?|[ ])*(?:发|送|给|出|做|寄|拿|带|讲)(?!了|货)"
)
_PERIOD = lazy.regex("[月周季年]|星期|礼拜")  # 争取本月签: not today
_CERTAIN = lazy.regex(r"(?<![想不没])要(?:\d|[一二两三四五六七八九十百])|[√✓✔✅☑🎉]")  # 要20箱; 签约 √
_TICKED = lazy.regex("[√✓✔✅☑🎉]")
_PROFIT = lazy.regex("利润|分成|分账|提成|佣金|投|合伙|股|运费|费用|成本|差价")
_ESTIMATED = lazy.regex(f"(?:预计|预估|估计|估摸|预算|预期)[大约概在是有差不多 ]{{0,4}}[¥￥]?{_SUM}")
_WOULD = lazy.regex(
    "(?<![不没别主])(?:想要?|打算|准备|计划|有意向?|意向)(?:再|先|跟我们|和我们|跟咱们?|和咱们?|今年|明年|下半年)*"
    "(?:签|买|做|上|订|采购|换|合作|定)(?![了的好过])"
)
_TAKEN = lazy.regex("[订定买拿签办投下交付打转](?:了|好|完|妥)|成交|下单|出单|拍板|已[付交打转收]|全款|到账")
_DONE = lazy.regex(  # before a paper that is still to come, or a further sale that is hoped for
    r"(?<![望能会机取没未想])中标(?=了|$|[ ,，。])|采购单|(?<![A-Za-z])(?:PO|po)(?![A-Za-z])|[加返]单|订[货购]|续[签费]"
    f"|定下来了|要了|现[金结]|刷卡|收到(?=了|$|[ ,，。{_SUM}])|[收卖]了|(?:微信|支付宝)(?:了|付|转|收|到)"
    "|[做剪修洗换装烫染]了(?![一个份套]*(?:方案|预算|报价|计划|设计|建议|样|调研|测算|沟通))"
)
_BANK_CARD = "(?:银行卡|银行|存折|工资卡|借记卡|扣款卡)"
_DEDUCTED = "(?:扣款|代扣|划扣|扣费)"
_NOT_DEDUCTED = lazy.regex(
    f"{_DEDUCTED}(?:又|也|还|再|都)*(?:失败|不成功|[没未](?:有)?(?:成|扣)|异常)|没扣成|余额不足(?![^。;；]{{0,8}}[充存付交]了?{_SUM})"
)
_IN_HIS_BANK = lazy.regex(
    f"存(?:了|进|入)*{_SUM}(?:块钱?|元)?[^{_SUM}。;；]{{0,10}}{_DEDUCTED}[^{_SUM}]*$"
    f"|存(?:了|进|入)*{_SUM}(?:块钱?|元)?(?:进|到|在|去|了|他|她|自己|的)*{_BANK_CARD}"
    f"|(?<!刷)(?<!用)(?<!我们)(?<!在我们){_BANK_CARD}[里上]?(?:又|已经?)?存(?:了|进|入)*{_SUM}(?![^。;；]*[买订])"
)


_NEARLY = lazy.regex("(?:快|眼看|就差|即将)(?:要|就)?(?:[签定订谈]|成交|下单|拍板)(?:约|合同|字|单|下来?|成|妥|好)?了")
_HIS_SALE = lazy.regex(f"^[ ,，]*{owed.CUSTOMER}(?:家|那边|自己|他们|店里?|最近|又|也|刚|才|就|[ ,，])*卖(?:了|掉|出)")


def is_told(message: Message) -> bool:
    """True where the sum is a quote that came down, that of a sale with a chance, or money that no sale of ours brings.

    快签了 is none yet, and 李娜卖了两车猪 is hers.
    """
    signed = _signed(message)
    nearly = _NEARLY.search(signed) is not None and _TAKEN.search(_NEARLY.sub(" ", signed)) is None
    if nearly or _HIS_SALE.search(signed):
        return True
    if no_price.is_paid_by_us(message.body):
        return message.who.known is not None  # for whom we pay is nobody who was shown last
    if (_HOPED.search(signed) and not _is_taken(signed)) or (_is_proposed(signed) and _TO_SEND.search(signed)):
        return True
    is_even = _EVEN.search(message.body) is not None and not _PROFIT.search(message.body)
    is_likely = CHANCE.search(message.body) is not None and not OF_DELIVERY.search(message.body)
    if (is_likely or is_even) and _TAKEN.search(signed) is None:
        return True
    if _OFFERED.search(signed) and _AGREED.search(signed) is None:
        return True
    if _IN_HIS_BANK.search(signed) or _NOT_DEDUCTED.search(signed):
        return True
    return _LOWERED.search(signed) is not None and _AGREED.search(signed) is None


def is_wished(message: Message) -> bool:
    """True where goods are wanted and their sum is an estimate, or a step of ours comes before they are bought.

    So is what may be no more than offered.

    想签年度框架 预计60万, 要买雇主责任险 一共2160 明天去收资料.
    """
    signed = _signed(message)
    if _ESTIMATED.search(signed) and _WOULD.search(signed) and _TAKEN.search(signed) is None:
        return True  # 想签年度框架 预计60万
    if _MAY_BE_OFFERED.search(signed) and _AGREED.search(signed) is None:
        return True  # 报了5台录像机 每台620
    if _is_proposed(signed) or (_TO_SIGN.search(signed) and not _is_done(_TO_SIGN.sub(" ", signed))):
        return True  # 一共22万5 月底前签合同: sold already, or not before it is signed?
    wish = _WISHED.search(signed)
    return wish is not None and _STEP.search(signed, wish.end()) is not None and _TAKEN.search(signed) is None


def _is_taken(signed: str) -> bool:
    """True for 订货30箱 9000 and 中标 48万, whose paper may still come."""
    return any(found.search(signed) for found in (_TAKEN, _DONE, _CERTAIN))


def _is_done(signed: str) -> bool:
    """The same without 要20箱: 要2台 12.8万 下周签 is none before it is signed."""
    return any(found.search(signed) for found in (_TAKEN, _DONE, _TICKED))


def _is_proposed(signed: str) -> bool:
    """True for 计划书 50万保额 年缴9800, of which nothing is taken."""
    return _PROPOSAL.search(signed) is not None and _AGREED.search(signed) is None and not _is_taken(signed)


def _signed(message: Message) -> str:
    """The words with a sign for the name, for each sum and for each time to come; other times are left out."""
    plain = numerals.plain(message.body)
    times = [one for one in when.find(plain, message.now) if not one.recurrence]
    today = message.now.date()
    found = [(one, one.on == today and not _PERIOD.search(one.words)) for one in moments.ahead(plain, message.now)]
    ahead = {one.span[0]: _TODAY if is_today else _LATER for one, is_today in found}
    return owed.signs(plain, message.who.words, times, ahead)[0]

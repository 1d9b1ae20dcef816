"""What was ordered: the words of an order that are neither customer, time, money nor the ordering itself."""

import re
from dataclasses import dataclass

from nlp import lazy, names, when
from nlp.fields import charges, money, places, prices, refunds, top_ups, totals
from nlp.reader import cues, kept, pay_clauses, returned_words, wording
from nlp.reader.reading import Message
from nlp.when import numerals

_FILLER = lazy.regex(
    r"(?i)^/order|(?:总价|总额|总共|共计|一共|合计|合起来|加起来|合同额|含税价?|不含税|未税|退款额|退款|金额|价值|货款|全款|定金|订金|人民币"
    r"|rmb|元整|块钱|元|(?<![模板地砖积冰方垫])块|的货|的单子?|单子|一批|[记入开走报录补](?:一笔|个单)|一笔|(?:开张|今年|本月|这个月|[本这]周)?(?:的?[第头][一二三四五六七八九十\d]?|一)单|今天|刚刚?|又|已经|客户|那边"
    r"|终于|确认|正式|大单|加?急[单件]|这边|直接|先|来|了|共|要|:|:|[,,。!!\s¥¥;;、])"
)

_NO_PRODUCT = lazy.regex(
    r"^(?:合同[:： ]|恭喜我?吧?|好消息|收到|已|另外|还|还有|那|这次|本次|还是|这季|这批|采购|的"
    r"|啊|本来|买|拿(?=[ 了])|冲|整成|[那这]个|[个辆批](?=..)|台(?!式|球|湾|面|钻|账|秤|布|历)(?=..)|订(?=..)|今早"
    r"|.{0,4}[用穿吃]的[那这]批)++|^.{0,4}把|(?:的事|的事儿"
    r"|的单|[那这][笔单批]"
    r"|的?合同|最后|最终|还是|当场|[给拢]){1,6}$|定的|订的|要的|买的"
    r"|^[一二两三四五半\d]+年$"
)
_OTHER_WORDS = lazy.regex(
    "(?i)^(?:哎[呀哟]|哇塞?|太好了|yes)|^(?:\\+\\s)?(?:received|confirmed|approved|之前[那的]?|cancel(?:l?ed)?|refund(?:ed)?|total|each|全年|首年|喜报|捷报|好消息|paid|payme|结果|人家|老客"
    "|加起来|现金|微信|支付宝)$|期款|进度款|设备款|^[送赠搭]|USD|HK|港币|美金|美元|[价费额][为是]?$|作废"
    "|买家|理赔(?!险)|客服(?!系统|软件|机器|耳机)|报价|保额|免赔|照收|利润|^至少|^[降压砍减让]到|满意|没想到|签的字|同意|答应|绕(?!线|组|管)(?<!缠绕)"
    "|[了 ][一二两三半]?[圈趟回次]|^钱|现款|现结|喝|[的交]钱$|收[款讫]|两清|战报|交钱|回的款|closed|拍板"
    "|^微信$|^第.次$|^单|质量|问题|破损|退|交期|到货|[打付汇转到回]的?款|^[打转汇付交][过来了]*$|到账|账期|[一二三四五六七八九]成"
    "|有戏|有希望|[发送交提]货|余款|^记得|提醒|^不?含"
    "|^[去到](?:了|过)?(?:柜台|银行|网点|营业厅|门店)|谢谢|感谢|的支持|开票|发票|补录|^商机|(?:付|给|交|还|打)了?一半|(?:扣款|扣费|付款|支付|交易|缴费|续费|转账)成功"
    "|^(?:体验)?(?:完|后|之后)?(?:[办开续充补]张?卡|消费|充值|补交|补差价?|扣[款费]|[续缴交付]费)(?:成功|完成|完)?$"
    "|^分[一两二三四五\\d]+[批次期]|^实[收付]|^[堂节](?= |$)|^(?:急|恭喜|先|那批|这批|的|给|跟|和)$|签了?合同|^按"
)
_TOLD = lazy.regex(
    r"(?i)[叫让因]|从(?!业)|[谈磨砍]|由于|最[后终]|前期|原[价来]|开价|报价|要价|落[实定]|敲定|打[返回]|照要|给[一-鿿]{1,3}$|回传|盖章|走完|流程|现结|月结|预付|尾款|包邮|运费|折"
    r"|出头|费劲|辛苦|当场|\b(?:signed|e?mail|incl|tax|invoice|PI|PO|cash|pay)\b|开好|开掉|给(?=.?$)|说|下单|打款|付款"
    r"|[含]\s?\d|税|总算|可算|终于|不容易|厉害|加油|恭喜|好耶|倾|学校|店长|爽"
)  # what is told beside the goods
QUANTITY = lazy.regex(
    r"(?<![A-Za-z\d])[\d一二两三四五六七八九十百]{1,12}\s?(?:条|台|个|件|套|箱|桶|袋|只|瓶|卷|张|吨"
    r"|双|盒|包|支|把|辆|斤|公斤|米|本|副)(?!点|月(?!饼))"
)


def is_only_counted(what: str | None) -> bool:
    """True where nothing is said of what, or no more than how many: 50件."""
    return not what or re.search(r"\w", QUANTITY.sub("", what)) is None


_ACQUIRED = lazy.regex(
    "(?:下单|[订定买拿进补续充提签购选挑租要加办投拍](?:购|下|走|定|好|妥|齐|成)?|追加|续[费签订]|采购|敲定|拿下|搞定|签收)(?:了|咗|哒|过)"
    "(?!我|他|她|你|电话|合同|字|主意|决心)"
    "|(?:来电话?|又|要|来|还是){0,6}(?:[订定买拿要补进]|(?<=[要再还])加)(?=[\\d一二两三四五六七八九十百]{1,12}[箱件套台个桶袋吨瓶盒张条把只支辆斤双卷包])"
)
_BUYING = lazy.regex(
    "^[- –—]*(?:(?:已?签|自用|全款|改单|急单|大单|小单|本次|这次|新|家里?|要|还|给[^ ]{1,3}|帮[^ ]{1,3}"
    "|在?原[来有]?){0,6}(?:购买|(?:委托|[托请让叫找](?=[我咱]))了?(?:我[方司们]?|咱们?)?(?:办理|代[办理]|出具|办)?(?!书)"
    "|[下签]定(?= )|卖(?= )|购[置入进去]|[提拿买订定要]的|卖的是|采购|代购|补货|签订|下达|办理|退回?|买走?|购|拿走?"
    "|提走)(?![卡价包货车单金款酒断])|单子?[:：])[:： ]*(?=[一-鿿A-Za-z])"
)
_SERVED = lazy.regex(
    "^(?:(?:[到来]店里?|过来|体验[完后])(?=[ 做办开续充体消一-鿿])"
    "|消费(?![者券金品贷卡税])|做(?![账工旧法大脸])|体验(?![馆店装课券卡])"
    "|[办开续充]卡(?=[ 一-鿿])|(?:续[费签]|补交|缴费)(?=[ 一-鿿])|[一两]?张(?=[^ ]{0,5}卡$)| )+(?=[一-鿿A-Za-z])"
)
_BESIDE = lazy.regex(
    r"^(?:点头|[下打到批报付交收给款]{1,2}) (?=\S)|^starts$|^(?:产品|品名|商品|货品|货物|标的|模块|品类"
    r"|内容|项目)[:： ]+|\s?(?:[×✕*@]|(?<=[\d个件套台只])[xX](?=\d)).*$"
    r"|(?<=\d[节次箱台个件套盒瓶桶])[¥￥]?\d{3,7}(?=$|\s)|(?:[ ，,]*老带新)?[ ，,]*实[付收]?$"
    r"|^(?:续报|加报|报名|[续报](?=\d))"
)
_BOUGHT_BEHIND = lazy.regex(
    "(?<=[一-鿿A-Za-z]{2})(?: ?done|嘛|项目|采购|订单|换新|实打|出单|照续|那种|那批|的货|整|[给拢合])$"
)
_A_SUM = lazy.regex(
    r"[总计价款费差单头年今框原现年额按欠赔退返涨降收付转][:： ]?[¥￥]?\d[\d.,]*(?:[万千kwKW]\d*)?$"
    r"|^(?:[是总约近]|[\d.,]+$|[一二两三四五六七八九十半]+[年月天成半]$)"
    r"|^[(（]|\d+[月号]|[号o]\d{4}|\d{5}|[一二两三四五六七八九]\s?[万千百][一二两三四五六七八九]$|^.?[首尾小大这那新]单$"
)
_SENTENCE = lazy.regex(
    "[我他她你咱这那没不也都就才又被把让叫给跟和说讲问想嫌觉很太只肯愿欠剩涨降砍压还分期]\\s?[一-鿿]|贵|便宜|[价款费头框期保][\\d一二两三四五六七八九]"
    "|预算|零头|尾款|返点|工期|质保|刷卡|收讫|押金|货值|年度|规矩|单位|亲家|两口子"
)


def product(message: Message, amount: money.Amount | None) -> str | None:
    """What was ordered: the words that are neither customer, time, money nor the ordering itself."""
    body = charges.without(totals.without_deposit(pay_clauses.without(refunds.without_fee(message.body))))
    if amount is not None and (both := top_ups.find(body)) is not None and both.fen == amount.fen:
        return "、".join(filter(None, (TOP_UP, both.what)))
    if amount is not None and _TOPPED_UP.search(body[: amount.start]):
        return TOP_UP
    each = totals.priced(body)
    if each and "、" in each.what:
        return each.what
    several = None if each else totals.batches(body) or totals.listed(body)
    if several or len(lines := _lines(message, body)) > 1:
        return "、".join(several.products if several else lines)
    if each and each.what and "＊" not in each.what:  # the digits of a model
        return each.what
    rest = re.sub("下了?(?:个|一个|笔|一笔)?\x01+的?[大小]?单", "\x01", _told(message, body, amount, each is not None))
    known = message.who.known
    words = [message.who.words, *((known.name, known.company or "", *known.nicknames) if known else ())]
    if known and known.company:
        forms = sorted(names.company_forms(known.company), key=len, reverse=True)
        words += [
            one for one in forms if one not in body or not re.search(f"[了订买购要]{re.escape(one)}(?!的)", body)
        ]  # 订了藏香: of 拉萨藏香
    for word in words:
        rest = wording.marked(rest, word)
    rest = _blanked(returned_words.without(rest, "\x01"))
    if each and (goods := _goods(rest.split("\x02")[0])[-1:]):
        return goods[0].words
    best = max(_goods(rest), key=_likelihood, default=None)
    return best.words if best and _likelihood(best) >= (0, 0) else None


TOP_UP = "充值"
"""What was bought where a card was filled up."""
_TOPPED_UP = lazy.regex("充(?:值|卡|钱|进去?|了|[ :：])*$")
_COUNT = rf"(?:\d{{1,6}}|[一二两三四五六七八九十百]{{1,4}})\s?{prices.PIECES}"
_WHAT = r"[一-鿿A-Za-z](?:[A-Za-z\d-](?![一-鿿]{0,2}\d)|(?![一二两三四五六七八九十百\d])[一-鿿])"
_LINE = lazy.regex(
    rf"(?P<what>(?:[A-Za-z]{{1,3}}\d{{1,4}})?{_WHAT}{{0,10}}?)\s?(?P<counted>{_COUNT})"
    r"(?=$|[\s,，、;；。+和跟\d¥￥每一@×xX*各]|[一-鿿]{2})"
)
_LINE_COUNT_FIRST = lazy.regex(
    rf"(?<![一-鿿A-Za-z\d.])(?P<counted>{_COUNT})的?(?P<what>{_WHAT}{{0,10}}?)(?=$|[\s,，、;；。+和跟\d¥￥每@×xX*]|单价|{_COUNT})"
    rf"|(?<=[一-鿿])(?P<counted2>{_COUNT})的?(?P<what2>{_WHAT}{{0,10}}?)(?=$|[\s,，、;；。+和跟\d¥￥每@×xX*]|单价|{_COUNT})"
)
_BEDDING = lazy.regex("被(?=[套子芯褥面])")
_VERBS = lazy.regex("/order|下了?单|订单|订货|今[天日]|昨天|刚刚?|又")
_NO_LINE = lazy.regex("^(?:共|合|总|每|另|送|赠|搭|分|第|上次|返|退|[一二两三四五六七八九十\\d])")
_LEADING = lazy.regex("^.*(?:下了?单|[订定买拿补进要提续签购加](?:了|购|的)|还有|另外|追加|采购|[和跟加+])")


def _lines(message: Message, body: str) -> list[str]:
    """Each of several goods with how many of it: 路由器3台, 交换机2台; 10箱苹果, 20箱梨."""
    body = wording.marked(body, message.who.words)
    for one in prices.told(numerals.plain(body)):
        if one["mao"]:  # the 8 of 8毛5一个 is no number of 毛
            body = body[: one.start()] + "\x01" * (one.end() - one.start()) + body[one.end() :]
    body = _VERBS.sub("\x01", _ACQUIRED.sub("\x01", body))
    first = re.search(_COUNT, body)
    count_first = first is not None and not re.search("[一-鿿A-Za-z]{2}\\s?$", body[: first.start()])
    found = []
    for line in (_LINE_COUNT_FIRST if count_first else _LINE).finditer(body):
        told = line.groupdict()
        what, counted = (told["what"] or told.get("what2") or ""), (told["counted"] or told.get("counted2") or "")
        bare = _LEADING.sub("", what)
        named = _named(bare) if len(bare) > 1 else bare if bare and bare in prices.SHORT else None
        if named and not (_NO_LINE.search(what) or _TOLD.search(named) or _SENTENCE.search(_BEDDING.sub("", named))):
            counted = counted.replace(" ", "")
            found.append(f"{counted}{named}" if count_first else f"{named}{counted}")
    return found


_PACKED = lazy.regex(r"\d提$")  # of drinks; elsewhere 提 is a verb


def is_several(product: str) -> bool:
    """True for 路由器3台、交换机2台: each has its own number.

    >>> is_several("路由器3台、交换机2台"), is_several("路由器3台")
    (True, False)
    """
    return sum((QUANTITY.search(part) or _PACKED.search(part)) is not None for part in product.split("、")) > 1


def pieces(product: str | None, counted: float | None) -> float | None:
    """How many pieces of the goods were ordered, `counted` of one; of several all, and None in more than one unit.

    >>> pieces("螺栓500个、螺母300个", 500.0), pieces("生抽10箱、油5桶", 10.0), pieces("生抽", 10.0)
    (800.0, None, 10.0)
    """
    if not is_several(product or ""):
        return counted
    each = [prices.counts(part, 0, len(part)) for part in (product or "").split("、")]
    numbers = [one[0]["n"] for one in each if len(one) == 1]
    units = {one[0]["piece"] for one in each if len(one) == 1}
    if len(numbers) != len(each) or len(units) > 1 or not all(re.fullmatch(r"\d+(?:\.\d+)?", one) for one in numbers):
        return None
    return sum(map(float, numbers))


def _blanked(rest: str) -> str:
    """The words without those of ordering; behind a verb of acquiring stands a mark of its own."""
    return cues.ORDER.sub("\x01", _ACQUIRED.sub("\x03", _NOTED_DOWN.sub("\x01", rest)))


def _told(message: Message, body: str, amount: money.Amount | None, worked_out: bool) -> str:
    """The words with the sum and the times blanked out; a sum that was worked out with a mark of its own."""
    chars = list(body)
    for found in money.find(body):
        whole = amount is not None and found.fen == amount.fen
        if whole or found.score >= money.MARKED:
            chars[found.start : found.end] = ["\x01" if whole else _SUM] * (found.end - found.start)
    if amount:
        chars[amount.start : amount.end] = ["\x02" if worked_out else "\x01"] * (amount.end - amount.start)
    plain = numerals.plain(body)
    apart = [one.span for one in when.find(message.body, message.now)] + [one.span() for one in prices.told(plain)]
    apart += [one.span() for one in _CHILD.finditer(body)]
    for start, end in apart:
        chars[start:end] = ["\x01"] * (end - start)
    return "".join(chars)


_NOTED_DOWN = lazy.regex("记(?:一?[个笔]|成|为|入|到|作)?(?=订单|单(?:$|[ ,，]))")
_CHILD = lazy.regex(  # 夕夕9岁 三年级
    r"(?:^|(?<=[\s,，。]))(?:[一-鿿]{0,3}\d{1,2}周?岁半?|[一二三四五六七八九]年级|[大中小]班|[初高][一二三])(?=$|[\s,，。])"
)
_PRICED = lazy.regex(
    r"(?:^|(?<=[\s,，、]))(?:返点|返利|返现|返|欠款?|余款|尾款|[一-鿿]{{0,4}}优惠|便宜|定金|运费|邮费|(?:上次|原来)?(?:单价|均价))"
    rf"[了:： ]?[¥￥]?{money.DIGITS}(?:[万千kw]|块钱?|元)?(?=$|[\s,，、])"
)


def bare(words: str, fen: int | None) -> str:
    """The goods without the order's sum or one that is told beside it, and without what was done with them.

    >>> bare("打印纸 3600", 360000), bare("打印纸 返点500", 800000), bare("轴承 6204", 360000), bare("消费 美甲", 16800)
    ('打印纸', '打印纸', '轴承 6204', '美甲')
    """
    words = _SERVED.sub("", _PRICED.sub(" ", words).strip())
    behind = words.rsplit(None, 1)
    if len(behind) > 1 and fen and money.amount_fen(behind[1]) == abs(fen):
        words = behind[0]
    return words.strip(" ,，、")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that may name goods, and whether they stand behind a verb of acquiring."""

    words: str
    acquired: bool


def _likelihood(piece: _Piece) -> tuple[int, int]:
    """How likely the piece names goods: what was acquired, what is counted, plain nouns; of equals the longer."""
    bare = QUANTITY.sub("", piece.words).strip()
    counted = bare != piece.words.strip()
    return 2 * piece.acquired + 2 * counted - 2 * bool(_SENTENCE.search(bare)), min(len(bare), 8)


_SUM = "\x04"  # stands for a sum that is not the order's: what is told with it is no goods
_APART = lazy.regex(r"([\x01\x02\x03,，。!！;；→|]|(?<![A-Za-z\d])/|/(?![A-Za-z\d]))")


def names_goods(words: str) -> bool:
    """False for what is told beside the goods: 款已到, 下单."""
    sent_to = words.startswith("发") and places.find(words[1:]) and not QUANTITY.search(words)
    none = (_NO_WORDS, _OTHER_WORDS, _PAID, pay_clauses.PRICE_BESIDE, _WHERE)
    return not (sent_to or any(one.search(words) for one in none))


_WHERE = lazy.regex("^(?:在(?!线)|从)[一-鿿]{1,6}$|^[去到][一-鿿]{1,4}[里处家边那店库]$")  # 在店里拿了10箱
_NO_WORDS = lazy.regex(r"[<>{}\\]|(?i:http)|^(?:\d+\s?)?个?(?:点位|工位|机位|坐席|用户|人次)$")
_PAID = lazy.regex("^[这那]?批?货$|^[赊挂]账$|^[货全尾余]?款(?:已|都|也|全)*[到付清结打收]|^(?:已|钱)|^全[付清]$")


def _goods(rest: str) -> list[_Piece]:
    """The pieces that may name goods, left to right."""
    found, acquired = [], False
    for piece in _APART.split(rest):
        if _APART.fullmatch(piece):
            acquired = piece == "\x03" or (acquired and piece == "\x01")
            continue
        told = _SENTENCE.search(piece) is not None and " " in piece.strip()
        for place, part in enumerate(piece.split() if told else [piece]):
            words, got = _named(part), acquired and place == 0
            if words and (got or not told or QUANTITY.search(words)):
                found.append(_Piece(words, got))
        acquired = acquired and not piece.strip()
    return found


def _named(piece: str) -> str | None:
    """What the piece names, without fillers; None where it cannot be goods."""
    if len(piece) < 2 or _SUM in _PRICED.sub(" ", piece):
        return None
    piece = _FILLER.sub(" ", _PRICED.sub(" ", piece)).strip()
    piece = _NO_PRODUCT.sub("", re.sub(r"\s+", " ", piece)).strip(" 的")
    piece = _BOUGHT_BEHIND.sub("", _SERVED.sub("", _BUYING.sub("", _BESIDE.sub("", piece)))).strip(" 的=＝-–—:：")
    bare = QUANTITY.sub("", piece).strip()
    if not 2 <= len(piece) <= 24 or not names_goods(piece) or _TOLD.search(piece) or kept.LEISURE.search(piece):
        return None
    if len(bare) < 2 and not (bare and bare in prices.SHORT and bare != piece):
        return None
    if (
        places.leading(bare) == len(bare)
        or _A_SUM.search(bare)
        or (piece[0] not in "老小阿大" and names.is_address(bare))
    ):
        return None
    return piece if re.search(r"[\u4e00-\u9fffA-Za-z]", piece) else None

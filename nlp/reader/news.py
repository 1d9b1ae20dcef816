"""News of a known customer without a number: a field told with its name, a new job, firm, town or birthday."""

import re
from dataclasses import replace

from nlp import fields as lead_fields
from nlp import lazy, names
from nlp.fields import Fields, birthdays, companies, jobs, places, segments
from nlp.reader import changes, cues
from nlp.reader.customers import Known
from nlp.reader.reading import Message, Reading

LONGEST = 48  # characters; a longer message tells a story
_LABELS = (
    ("title", "职位|职务|岗位|头衔|职称|title|Title"),
    ("company", "公司(?:名称?|全称|全名)|公司|单位名称?|单位|企业名称?|东家|店名|厂名"),
    ("region", "地区|城市|区域|所在地|地址|常驻地?"),
    ("industry", "行业"),
    ("source", "来源|渠道"),
    ("name", "姓名|名字"),
)
_LABEL = "(?P<label>" + "|".join(words for _, words in _LABELS) + ")"
_CHANGE = "(?:改(?![善造])|换(?!热)|更新|更正|修改|变更|变(?![频压电])|调整|设(?![备计施])|填(?!充)|登记|补|写(?!字))"
_VALUE = r"(?P<value>[^\s,，。;；!！?？了]{1,24}?)"
_WRONG = r"(?:写|填|登|录|记|搞|打|弄|输)?(?:错了?|不对|有误)[,，\s]*(?:应该)?(?:是|为|叫|改成)?"
_SET = rf"(?:现在|已经?|也|都|给他|给她|帮我)?{_CHANGE}(?:一?下)?(?:了)?(?:成|为|到|作|上|是|叫)?[:： ]?"
_NOT_BUT = rf"不是[^,，\s]{{1,16}}?了?[,，\s]*(?:而?是|应该是|{_CHANGE}[成为]?)"
_FROM_TO = r"[从由]?(?!地址|电话|手机|邮箱|微信|名)[^,，。\s改换变升是调]{1,12}(?:改|换|变|升|调整|变更)(?:成|为|到)"
_IS = "(?:应该|其实|现在|实际)?(?:是|为|叫)|[:：=]"
_TOLD = lazy.rare(
    rf"{_LABEL}\s?(?:{_NOT_BUT}|{_WRONG}|{_SET}|{_FROM_TO}|{_IS})\s?{_VALUE}"
    r"(?:了|啦|吧|的|哈|哦|噢|呢|才对)*(?=[\s,，。;；!！]|$)"
)
_SPACED = lazy.regex(rf"{_LABEL}\s{_VALUE}(?=[\s,，。;；!！]|$)")
_ORDERED = lazy.regex("^(?:帮我|麻烦|请|给我)?(?:更正|更新|修改|改一?下|改|补充|补一?下|补录|纠正|订正|资料)")
_CORRECTS = lazy.regex(
    r"^(?:哦|噢|啊|不对|不是|错了|写错了?|搞错了?|弄错了?|记错了?|更正|纠正|改一?下|修改|补充|把|将|他|她|的|这个"
    r"|应该|[,，:： 。!！])*$"
)
_UNSURE = lazy.regex(
    "[?？吗]|想|打算|准备|希望|如果|要是|会不会|可能|听说|据说|好像|问(?!题)|不(?:改|变|换)"
    "|没(?:改|变|换)|还没|谁|哪|什么"
)
_JOB = lazy.rare(
    r"(?:升职|升任|晋升|提升|提拔|荣升|升|提|(?:现在|已经)(?:是|当|做|任)|是|当|做|任|改任|调任|接任|担任|转岗"
    r"|调岗|转做|改做|改当|转|调)"
    r"(?:成(?!都)|为|做|了|到|官|任|去|上){0,4}(?=(?P<title>[一-鿿A-Za-z]{2,8}?)(?:了|啦|岗|$|[,，。 ]))"
)
_NO_JOB = lazy.regex("[店厂司院](?!长)|校(?![长区])|[当在去岗到为的]")
_NEW_FIRM = lazy.regex(
    r"(?:跳槽|跳|换(?:了)?(?:家)?(?:公司|单位|工作|东家)|离职|入职|加入|去|现在在|现在去"
    r"|现在到)(?:了)?(?:[,，\s]*(?:现在|目前|已经))?(?:去了?|到了?|在|是|叫|进了?)?[,，\s]*"
    r"(?P<company>[一-鿿A-Za-z（）()]{3,20}?)(?:[,，\s]*(?:当|做|任|担任"
    r"|干)(?:了)?(?P<title>[一-鿿A-Za-z]{2,8}?))?(?:上班|工作|那边)?(?:了|啦)?(?=[,，\s。]|$)"
)
_RENAMED = lazy.regex(
    r"(?:公司|单位|厂|店|店铺|集团)(?:现在)?(?:(?:改|更|换)了?(?:名|牌子)(?:叫|为|成|做|了|[:： ])+|的?(?:名字?"
    r"|名称)(?:改|换|变)(?:叫"
    r"|为|成|做|了)+|改叫|现在叫)"
    r"[:: ]?(?P<company>[^\s,，。;；]{2,20})"
)
_RENAMED_TO = lazy.regex(r"更名(?:叫|为|成|做)[:： ]?(?P<company>[^\s,，。;；]{3,20})")
_MOVED = lazy.regex(
    r"(?:搬|迁|搬家|搬迁|挪|调|转)(?:到|去|回|至)(?:了)?(?P<place>[一-鿿]{2,8}?)(?:去|来|那边"
    r"|上班)?(?:了|啦)?(?=[,，\s。]|$)"
)
_ASKED_FOR = lazy.regex(
    "(?:地区|地址|城市|资料|信息|名片|档案|备注)?(?:改|更新|登记|换|同步|补|存)(?:一?下|改|掉)|改过来"
)


_RELATIVE = lazy.regex(
    "(?:老婆|老公|太太|爱人|媳妇|儿子|女儿|孩子|小孩|宝宝|闺女|妈妈?|爸爸?|母亲|父亲|孙子|孙女)的?过?生日"
)


def told(message: Message) -> Reading | None:
    """李娜生日5月20号, 王芳升财务副总了, 张经理公司改名叫立信精工: news of a known customer, or None."""
    body = message.body
    known = message.who.known or _spoken_of(message)
    if known is None or len(body) > LONGEST or cues.REMIND.search(body) or cues.NOTE.match(body):
        return None
    corrected = message.who.known is None and message.current is not None
    told_day = (
        (message.who.known or (corrected and _CORRECTS.match(body[: max(0, body.find("生日"))])))
        and changes.BORN.search(body)
        and not re.search("[??]|吗|多少|哪天|送|礼|过生日|祝", body)
    )
    if told_day and not _RELATIVE.search(body) and (birthday := _birthday(message, known)):
        return birthday
    rest = body.replace(message.who.words, " ", 1) if message.who.words else body
    if _UNSURE.search(rest):
        return None
    found = _labelled(message, known) or _renamed(body) or _own_name(rest) or _in_english(rest)
    if found is None and message.who.known:
        found = _new_job(message, known) or _new_firm(rest) or _moved(rest) or _new_job(_joined(message), known)
    if found is None:
        found = changes.outright(rest, known) if message.who.known else None
    if found is not None and found.company:
        found = replace(
            found,
            company=re.sub(
                "^(?:现在|目前|如今|已经)*(?:叫做?|是|为|回|去了?|搁|在|到了?)?(?=[一-鿿]{2})", "", found.company
            ),
        )
    if found is None or all(getattr(found, name) is None for name, _ in _LABELS):
        return None
    found.title = jobs.spelled(found.title)
    return Reading("update", known, fields=replace(found, note=body), note=message.text, confidence=0.85)


def _spoken_of(message: Message) -> Known | None:
    """The customer replied to, when the message opens with the field that is wrong: 不对，职位是采购总监."""
    if message.current is None or message.who.candidates:
        return None
    label = re.search(f"{_LABEL}|生日", message.body)
    return message.current if label and _CORRECTS.match(message.body[: label.start()]) else None


def _labelled(message: Message, known: Known) -> Fields | None:
    body = message.body
    matches = list(_TOLD.finditer(body))
    if not matches and (_ORDERED.match(body) or _is_bare(message)):
        matches = list(_SPACED.finditer(body))
    found = Fields()
    for match in matches:
        before = body[: match.start()]
        begins = before[-1:] in (" ", ",", "，", "。")
        if re.search(_CHANGE, match.group()) or (
            begins and match["label"] in ("职务", "职位")
        ):  # 公司搬到嘉定了 地区更新成嘉定: the clause alone counts
            before = re.split(r"[,，。;；\s]", before)[-1]
        if not _is_about(message, before):
            continue
        field = next(name for name, words in _LABELS if re.fullmatch(words, match["label"]))
        value = re.split("改成|改为|换成|变成|->|→", match["value"])[-1]
        value = re.sub("^(?:应(?:该|当)?(?:是|为|叫)?|现在?(?:是|为|任|叫)|其实是|已经?是)(?=..)", "", value)
        value = re.sub("(?:了|啦|吧|一下)+$", "", value.strip("「」“”\"'的"))
        explicit = re.search(_CHANGE, match.group()) is not None
        if value and getattr(found, field) is None and (kept := _checked(field, value, explicit, match["label"])):
            setattr(found, field, kept)
    return found if any(getattr(found, name) for name, _ in _LABELS) else None


def _is_bare(message: Message) -> bool:
    """True for 张伟 职位 店长: the customer, and nothing else before the field."""
    match = _SPACED.search(message.body)
    return bool(match) and not message.body[: match.start() if match else 0].replace(message.who.words, "").strip(
        " 的,"
    )


def _is_about(message: Message, before: str) -> bool:
    """True when little but the customer and words of changing stands before the field."""
    rest = before.replace(message.who.words, "") if message.who.words else before
    rest = re.sub(
        "帮我|麻烦|请|更正|更新|修改|改一?下|改|补充|纠正|把|将|给|他|她|们|的|那边|这边|现在|客户|资料"
        "|不对|错了|写|[,，:： 。!！]",
        "",
        rest,
    )
    return len(rest) <= 3 and not cues.SPEECH.search(rest)


def _checked(field: str, value: str, explicit: bool, label: str) -> str | None:
    """The value as it is kept, or None when it cannot be one."""
    if re.match("(?:[上下好全齐]$|一下$|不|没|很|也|都|在|做|比较|有点|太|有(?!限)|要|挺)", value):
        return None
    if field == "title":
        return value if segments.is_title(value) or (explicit and re.fullmatch("[一-鿿A-Za-z]{2,12}", value)) else None
    if field == "company":
        named = companies.is_company(value) or 0 < places.leading(value) < len(value) or "名" in label
        return value if len(value) >= 2 and named else None
    if field == "region":
        return places.region_of(value)
    if field == "source":
        return lead_fields.source_of(value) or value
    if field == "name":
        return value if names.looks_like_name(value) else None
    return value


def _renamed(body: str) -> Fields | None:
    named = _RENAMED.search(body) or _RENAMED_TO.search(body)
    words = re.split("→|->|=>|改为|改成", named["company"])[-1].rstrip("了") if named else ""
    return Fields(company=words) if len(words) > 1 else None


_ENGLISH = lazy.regex(  # of words with single blanks
    r"(?i)^\s?(?:(?:please|pls|update|change|set|edit|correct)\s?)*(?:'s|的)?\s?"
    r"(?P<label>job title|title|position|company|employer|city|region|industry)\s*"
    r"(?:(?:wrong|incorrect|error|outdated)[,，]?\s*)?"
    r"(?:(?:it )?should be|is now|(?:was )?changed to|updated? to|改成|改为|=|:|->|→|to|as|is|now)+\s*(?:an? )?"
    r"(?P<value>[^\s,，。;；][^,，。;；]{1,29}?)"
    r"(?:,?\s+not\b[^,，]*)?(?:[,，]?\s*(?:pls|please|kindly)[^,，]*)?[\s.!]*$"
)
_ENGLISH_LABELS = {"company": "company", "employer": "company", "city": "region", "region": "region"}
_ENGLISH_LABELS |= {"industry": "industry"}


def _in_english(rest: str) -> Fields | None:
    """The field of update 赵敏 title → purchasing director."""
    told = _ENGLISH.match(re.sub(r"\s{2,}", " ", rest))
    if told is None:
        return None
    field, value = _ENGLISH_LABELS.get(told["label"].lower(), "title"), told["value"].strip()
    found = Fields()
    setattr(found, field, (places.region_of(value) or value) if field == "region" else value)
    return found


def _own_name(rest: str) -> Fields | None:
    """The new name of 李娟改名叫李婉娟了."""
    match = re.match(r"\s*(?:他|她)?改名(?:叫|为|成)?(?P<name>[一-鿿]{2,4}?)(?:了|啦)?(?=[\s,，。]|$)", rest)
    return Fields(name=match["name"]) if match and names.is_full_name(match["name"]) else None


def _new_job(message: Message, known: Known) -> Fields | None:
    """The job of 周工升厂长了, told of nobody else."""
    asked = _ASKED_FOR.search(message.body)
    for job in _JOB.finditer(message.body):
        if not segments.is_title(job["title"]) or job["title"] == known.title or _NO_JOB.search(job["title"]):
            continue
        if message.body[: job.start()].endswith(("不", "没", "别", "未")):
            continue  # 不是工程师了: what he is no more
        if (
            re.match("[是当做任]", job.group())
            and not re.match("了|啦", message.body[job.end("title") :])
            and not asked
        ):
            continue  # 王芳是财务 不管采购 is no news
        before = re.sub(
            "升(?:职|官|迁)了?|提拔了?|调(?:岗|职)了?|换(?:岗|工作)了?|恭喜|现在|已经|不(?:做|当"
            r"|是)[^,，\s]{1,8}了|[,，。 ]",
            "",
            message.body[: job.start()],
        )
        before = before.replace(message.who.words, "")
        before = re.sub(
            "(?:调|转)[到去](?:了)?[一-鿿]{1,10}(?:店|公司|厂|部|校区|院区|处|科|室|组|中心|车间|总部)", "", before
        )
        if len(before.strip()) <= 3 and changes.is_all_told(message.body, job.end("title")):
            return Fields(title=job["title"])
    return None


def _joined(message: Message) -> Message:
    """The message without the spaces in what is told: 王芳 升了 采购总监."""
    words = message.who.words
    rest = message.body.replace(words, "", 1).strip() if words else message.body
    return replace(message, body=f"{words} {re.sub(r'(?<=[了为成任])[ ]+', '', rest)}")


def _new_firm(rest: str) -> Fields | None:
    """The firm, and the job there, of 跳槽了 现在在西安曲江书城 当店长."""
    moved = re.search("跳槽|换(?:了)?(?:家)?(?:公司|单位|工作|东家)|离职|入职|加入|现在(?:在|去|到)", rest)
    if not moved or len(re.sub(r"不在[^,，\s]{0,8}了|离职了?|[,，\s]", "", rest[: moved.start()])) > 4:
        return None
    for match in _NEW_FIRM.finditer(rest):
        firm = match["company"]
        if companies.is_company(firm) or 0 < places.leading(firm) < len(firm) - 1:
            title = match["title"] if match["title"] and segments.is_title(match["title"]) else None
            return Fields(company=firm, title=title)
    return None


def _moved(rest: str) -> Fields | None:
    """The town of 搬到泉州去了 地区改一下; without the second half it is a note."""
    moved = _MOVED.search(rest)
    asked = _ASKED_FOR.search(rest, moved.end()) if moved else None
    region = places.region_of(moved["place"]) if moved and asked else None
    return Fields(region=region) if region else None


_KEEP_IT = lazy.regex(
    "生日(?:给我|帮我|麻烦|你|请|也|都|先)*(?:记|登记|存|补|加|录|改|更新|标)(?:一?下|上|录|成|到|为|好|进去)*[,，: ]*"
)


def _birthday(message: Message, known: Known) -> Reading | None:
    """The birthday told, also with the name between the word and the day; a day that does not exist is asked about."""
    found = lead_fields.extract(message.body, message.now)
    if not found.birthdays:
        found = lead_fields.extract(message.body.replace(message.who.words, " ", 1), message.now)
    if not found.birthdays and not found.impossible:
        found = lead_fields.extract(_KEEP_IT.sub("生日", message.body), message.now)
    if found.birthdays:
        said = birthdays.as_said(found.birthdays, message.body)
        only = Fields(birthdays=said, birthday_words=found.birthday_words, note=message.body)
        return Reading("update", known, fields=only, note=message.text)
    if found.impossible:
        asked = {"ask": "impossible_date", "query": found.impossible.strip()}
        return Reading("update", known, fields=found, note=message.text, confidence=0.3, **asked)  # type: ignore[arg-type]
    return None

"""A lead as one line, in any order and with any separators → its fields; what is left over is the note."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from nlp import lazy, lexicon, names
from nlp.fields import birthdays, companies, jobs, number_owners, people, places, relatives, speech, work_of_others
from nlp.fields.birthdays import Birthday
from nlp.when import impossible, numerals


@dataclass
class Fields:
    """What a line says about a person; absent fields are None or empty."""

    name: str | None = None
    title: str | None = None
    company: str | None = None
    region: str | None = None
    industry: str | None = None
    source: str | None = None
    wechat: list[str] = field(default_factory=list)
    email: list[str] = field(default_factory=list)
    mobile: list[str] = field(default_factory=list)
    landline: list[str] = field(default_factory=list)
    gender: str | None = None
    birthdays: list[Birthday] = field(default_factory=list)
    birthday_words: str | None = None
    nickname: str | None = None
    address: str | None = None
    note: str = ""
    impossible: str | None = None


COMMAND = lazy.regex(
    r"(?i)^\s*[【\[(]?(?:/(?:add|new)\b|(?:帮我|请|麻烦)?(?:加|新增|新加|添加|录入|登记|新建|建|录"
    r"|存)(?:一?下|一?个|一?位)?(?:新?客户|线索|新?联系人|潜在客户)[:: ,吧]*+|加一?个新?客(?=[:: ,])|(?:加|新增"
    r"|添加|录入)(?:一?个|一位)?[:: ]++|新客户|新线索|新联系人|潜在客户|客户[:: ]|(?:add"
    r"|new)\s+(?:customer|lead|contact|client)s?)[】\])]?[:: ,]*+"
)
# Words before a lead that begin a note as well: only with a number behind them.
OPENING = lazy.regex(
    r"^\s*+(?:那个|嗯|对了|喂|早)?[,， ]*(?:之前|刚才|昨天|上次)?(?:漏(?:了|录了?|记了?)|补录|补登|登记|录入|帮我录"
    r"|录|记|存|建|加|来|新增|收到)(?:一?下|了?一?[个位条]人?|档案?)*"
    r"(?:[:：, ，]*(?:新?客户|线索)[:：, ，]*|[:：, ，]+)|^\s*又来?了?一?个(?=[一-鿿]{2,4}\s)"
    r"|(?:名片(?:信息|扫描)?|客户名单加一个|帮忙存个客户|今天来公司的客户)[:：, ，]+|^\s*(?:来了"
    r"|又来了?)?(?:一?[个条])?(?:新?线索|新?询盘|潜客"
    r"|商机)(?:一[条个])?[:：, ，]+|^\s*客户(?=[一-鿿]{2,4}(?:[\s,，\x01]|电话|手机))"
)
_EMAIL = lazy.rare(r"[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]+)+")
NO_HANDLE = (  # WeChat voice msg
    "(?:voice|video|audio|moments?|messag\\w+|groups?|official|account|channel|request|contact|please|number|added|friends?"
    "|calls?|chats?|reply|instead|always|never|later|today|first|again|sticker|transfer|payment|article)(?![A-Za-z0-9_-])"
)
WECHAT = lazy.rare(
    r"(?i)(?:微信号?|wechat|weixin|\bwx|\bvx|薇信|威信|v信|(?<![A-Za-z])[vV](?=[: ]))(?:id|号)?"
    rf"\s*+(?:是|为|叫|(?:改|换|更新|变)(?:成|为)?|[: =])?\s*+(?!{NO_HANDLE})"
    r"(?P<id>[A-Za-z][A-Za-z0-9_-]{4,19})(?![A-Za-z0-9@]|\.[A-Za-z0-9])"
)
_WECHAT_PHONE = lazy.regex(
    r"(?i)(?:wx|vx|wechat|v)同号|(?:微信|wx|vx|wechat)(?:也是|同号|是|同)?(?:手机号?|电话|上面这个"
    r"|这个号)(?:号)?|(?:手机|电话)?微信同号|微信同(?:手机|电话)|同微信"
)
_LABELS = {
    label: field
    for field, labels in (
        ("name", "姓名 名字 联系人 客户姓名 客户名 客户名字 对接人 负责人 真名 称呼 name"),
        ("company", "客户名称 公司名 单位名称 公司名称 公司 单位 企业 工作单位 company"),
        ("title", "职位 职务 岗位 头衔 title position"),
        ("region", "地区 城市 区域 所在地 地址 city"),
        ("industry", "行业 所属行业"),
        ("source", "来源 客户来源 渠道 source"),
        ("note", "备注 说明 需求 note"),
        ("gender", "性别"),
    )
    for label in labels.split()
}
_LABEL = lazy.rare(
    rf"(?i)(?<![一-鿿A-Za-z])({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s?[::]\s?"
    rf"((?:[(（][^()（）\n\x01]*[)）]|[^,，;;。\n|/\x01])*?)(?=\s*(?:[,，;;。\n|/\x01]|[一-鿿A-Za-z]{{2,5}}[::]|$))"
)
_LEAD_WORDS = lazy.regex(
    r"(?:手机号?码?|电话号?码?|联系电话|联系方式|座机|固话|邮箱|email|e-mail|mail|tel"
    r"|mobile|phone|mob|传真|微信)(?:号码?)?\s?(?:是|为|[::])?\s?$",
    re.I,
)
_NOTHING = lazy.regex(
    r"(?<![一-鿿])(?:公司|单位|职位|职务|岗位|邮箱|微信|生日|地区|行业|来源|名字|姓名)[:： ]?(?:暂无|不详|未知"
    r"|没有|暂缺|待定|保密|不清楚|不知道|无(?![一-鿿]))"
)
_GENDER = lazy.regex(r"(?<![一-鿿])(男|女)(?:性|士|的)?(?![一-鿿])")


LONGEST = 1500
"""Characters in which fields are looked for; what comes after is note."""


class _Line:
    """The text with the parts already understood blotted out, place by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = self.whole = numerals.plain(text)

    def blot(self, start: int, end: int, lead: bool = True) -> None:
        if lead and (before := _LEAD_WORDS.search(self.plain[:start])):
            start = before.start()
        self.plain = self.plain[:start] + "\x01" * (end - start) + self.plain[end:]

    def forget(self, start: int, end: int) -> None:
        """Blots out what was taken back, for those as well who look at the whole line."""
        self.blot(start, end, lead=False)
        self.whole = self.whole[:start] + "\x01" * (end - start) + self.whole[end:]

    def cut(self, start: int, end: int) -> None:
        """Leaves a stretch out altogether, so that its neighbours stay one piece."""
        self.text = self.text[:start] + self.text[end:]
        self.plain = self.whole = self.plain[:start] + self.plain[end:]


def extract(text: str, now: datetime) -> Fields:
    """The fields of a lead line; nothing is invented, and what no field takes is the note."""
    fields = Fields()
    text, rest = text[:LONGEST], text[LONGEST:]
    line = _Line(text)
    if command := COMMAND.match(line.plain):
        line.blot(0, command.end(), lead=False)
    people.spelled(line)
    relatives.aside(line, fields, now.date())
    work_of_others.aside(line, fields)
    _contacts(line, fields)
    if (fields.mobile or fields.landline or fields.wechat) and (opening := OPENING.match(line.plain)):
        line.blot(0, opening.end(), lead=False)
    _labelled(line, fields)
    people.corrected(line)
    for match in _NOTHING.finditer(line.plain):
        line.blot(*match.span(), lead=False)
    _birthdays(line, fields, now)
    _sources(line, fields)
    _gender(line, fields)
    _latin_company(line, fields)
    speech.read(line, fields)
    _segments(line, fields)
    speech.surname_told(line, fields)
    for name in ("name", "company", "title"):  # as typed, in its own script
        words = getattr(fields, name)
        if words and (place := line.whole.find(words)) >= 0:
            setattr(fields, name, line.text[place : place + len(words)])
    if fields.region is None:
        fields.region = _region(line.whole, fields)
    _gender_of_name(fields)
    fields.note += rest
    return fields


def _contacts(line: _Line, fields: Fields) -> None:
    for match in _EMAIL.finditer(line.plain):
        fields.email.append(match.group())
        line.blot(*match.span())
    for match in WECHAT.finditer(line.plain):
        fields.wechat.append(match["id"])
        line.blot(*match.span())
    numbers = number_owners.his(line.plain)
    taken_back = number_owners.taken_back(line.plain, numbers)
    for phone in numbers:
        if phone.number in taken_back and phone is not numbers[-1]:
            line.blot(phone.start, phone.end)
            continue
        target = fields.mobile if phone.kind == "mobile" else fields.landline
        if phone.number not in target:
            target.append(phone.number)
        line.blot(*_in_brackets(line.plain, phone.start, phone.end))
    if (same := _WECHAT_PHONE.search(line.plain)) and fields.mobile:
        fields.wechat = fields.wechat or [fields.mobile[0]]
        line.blot(*_in_brackets(line.plain, *same.span()), lead=False)


def _in_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the brackets round it: 张经理(13812340003)."""
    before, after = re.search(r"[((]\s*$", text[:start]), re.match(r"\s*[))]", text[end:])
    return (before.start(), end + after.end()) if before and after else (start, end)


def _labelled(line: _Line, fields: Fields) -> None:
    for match in list(_LABEL.finditer(line.plain)):
        key = _LABELS[match[1].lower()]
        end = match.end(2) if key == "note" else match.start(2) + _value_ends(match[2], key)
        value = line.text[match.start(2) : end].strip()
        if not value or "\x01" in value:
            continue
        if key == "gender":
            fields.gender = "male" if "男" in value else "female" if "女" in value else None
        elif key == "source":
            fields.source = source_of(value) or value
        elif key == "region":
            fields.region = places.region_of(value) or value
        elif key == "note":
            fields.note = f"{fields.note} {value}".strip()
        elif key == "name" and (aside := re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", value)):
            if names.is_full_name(aside[2]) and names.is_address(aside[1]):  # 小何(何佳佳)
                fields.name = aside[2]
            elif jobs.is_title(aside[2]) or jobs.is_department(aside[2]):  # 朱主任(采购)
                fields.name, fields.title = aside[1], fields.title or aside[2]
            else:  # 孙立(与孙丽同音)
                fields.name, fields.note = aside[1], f"{fields.note} {aside[2]}".strip()
        elif key == "name" and (whose := jobs.of_department(value)):
            fields.title, fields.name = fields.title or whose[0], whose[1]  # 教务处方主任
        else:
            setattr(fields, key, value)
        line.blot(match.start(), end, lead=False)


def _value_ends(value: str, key: str) -> int:
    """Where the value of a label ends: at the first space before Chinese characters, save within an address."""
    for space in re.finditer(r"(?<=\S)\s+(?=[一-鿿])", value):
        following = re.match(r"\S+", value[space.end() :])
        if key != "region" or not following or not re.search("[路街号楼室区座栋]|市场|广场|大厦", following.group()):
            return space.start()
    return len(value)


def _birthdays(line: _Line, fields: Fields, now: datetime) -> None:
    for found in birthdays.find(line.plain, now.date()):
        if found.birthday is None:
            fields.impossible = found.words
            continue
        fields.birthdays.append(found.birthday)
        fields.birthday_words = fields.birthday_words or found.words
        own = re.search("(?:[他她]?自己|本人)的?$", line.plain[: found.start])
        line.blot(own.start() if own else found.start, found.end, lead=False)
    if fields.impossible is None:
        fields.impossible = impossible(line.text)


@cache
def _source_patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    labelled = "(?:来源|渠道)[: 是]?"
    return tuple((name, re.compile(told), re.compile(labelled + name)) for name, told in lexicon.table("sources"))


def source_of(words: str) -> str | None:
    """The name of the lead source that the words say, or None."""
    for name, pattern, _ in _source_patterns():
        if pattern.search(words) or words == name:
            return name
    return None


def _sources(line: _Line, fields: Fields) -> None:
    if fields.source:
        return
    for name, pattern, labelled in _source_patterns():
        if match := pattern.search(line.plain) or labelled.search(line.plain):
            fields.source = name
            line.blot(*match.span(), lead=False)
            return


def _gender(line: _Line, fields: Fields) -> None:
    if match := _GENDER.search(line.plain):
        fields.gender = fields.gender or ("male" if match[1] == "男" else "female")
        line.blot(*match.span(), lead=False)


def _latin_company(line: _Line, fields: Fields) -> None:
    if fields.company is None and (found := companies.latin(line.plain)):
        fields.company = found[0]
        line.blot(found[3], found[2], lead=False)


def _segments(line: _Line, fields: Fields) -> None:
    from nlp.fields import segments  # reads Fields' parts; imported here because it needs the class above

    left = segments.read(line.plain, line.text, fields, line.whole)
    note = " ".join(part for part in left if part)
    fields.note = f"{fields.note} {note}".strip() if fields.note else note


def _region(text: str, fields: Fields) -> str | None:
    if fields.company and (region := places.region_of(places.branch(fields.company))):
        return region
    blotted = numerals.plain(text)
    for words in (*fields.email, fields.name):
        blotted = blotted.replace(words, " ") if words else blotted
    native = _NATIVE.search(blotted)
    return places.region_of(blotted) or (places.region_of(native["place"]) if native else None)


_NATIVE = lazy.regex(r"(?<![一-鿿])(?P<place>[一-鿿]{2,6})人(?![一-鿿])")


def _gender_of_name(fields: Fields) -> None:
    if fields.gender is None and fields.name:
        if re.search("(?:先生|哥)$", fields.name):
            fields.gender = "male"
        elif re.search("(?:女士|小姐|姐|太太|阿姨)$", fields.name):
            fields.gender = "female"

"""Names of people: which words are one, how people are addressed, and the keys by which a customer is found."""

import re
from functools import cache, lru_cache

from nlp import house_kinds, lazy, lexicon, name_sounds, numbered_firms
from nlp.name_sounds import sounds as sounds

HAN = "\u4e00-\u9fff"
CALLS = (
    "秘书|助理|总|姐|哥|工|老板娘?|老师|经理|主任|主管|店长|厂长|院长|校长|园长|处长|科长|局长"
    "|所长|医生|大夫|先生|女士|小姐|阿姨|叔|董事长|董|律师|教授|师傅|会计|部长|队长|书记"
    "|博士|总监|采购|太太|大姐|大哥|姨|爷|少|掌柜|护士长|教练|主席|站长|组长|班长|村长"
    "|镇长|会长|台长|社长|编辑|导|司机|副总|总工|船长|场长|矿长|馆长|行长|庄主|馆主|班主任|大厨|厨师长|嫂|嫂子|婶|伯|大爷"
    "|大叔|老倌子|老倌|老爷子|大妈|大嫂|大伯|妹子|嬢嬢|娃儿|老师傅|同学|法官|警官|副院长|副校长|副厂长|副主任|副经理|科|局|处"
)
_NOT_GIVEN = lazy.regex(
    "[的了吗呢吧啊是在有和说问要很也都就还这那她他你们给把被让叫从到您没不个]|[电手我站局办厂店院所族县]$"
)
_NICK = lazy.regex(rf"(?:[老小阿大][{HAN}](?:[{HAN}])?|[{HAN}]{{1,3}}(?:{CALLS})|[{HAN}]{{1,2}}(?:儿))")
_LATIN_CALL = lazy.regex("[A-Za-z]{1,10}(?:总|哥|姐|老师|先生|女士|经理)")
PINYIN_SURNAME = (
    "zhang|wang|li|zhao|chen|yang|huang|zhou|wu|xu|sun|ma|zhu|hu|guo|he|lin|gao|luo"
    "|zheng|liang|xie|song|tang|han|deng|feng|cao|peng|zeng|xiao|tian|dong|pan|yuan|cai"
    "|jiang|yu|du|ye|cheng|wei|su|lv|lu|ding|ren|yao|shen|zhong|tan|fan|liao|shi|jin|jia"
    "|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|yin|xue|yan|duan|lei|long|tao|mao|hao"
    "|gu|gong|shao|wan|qian|dai|mo|kong|xiang|liu|wong|chan|cheung|lee|lam|ng|ho|leung"
)
_LATIN_NAME = lazy.regex(
    rf"(?:(?:{PINYIN_SURNAME})\s[a-z]{{2,12}}|[A-Z][a-z]{{1,12}}(?:\s[A-Z][a-z]{{1,14}}){{"
    rf"0,2}}|(?:Mr|Ms|Mrs|Miss)\.?\s[A-Z][a-z]+|[a-z]{{2,12}}\s(?:{PINYIN_SURNAME}))"
)


@cache
def _surname_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.alternatives("surnames"))


def surname(word: str) -> str | None:
    """The surname at the start of the word, compound ones first, or None."""
    match = _surname_pattern().match(word)
    return match.group() if match else None


@lru_cache(maxsize=4096)
def is_full_name(word: str) -> bool:
    """True for a surname with one or two (after a compound surname: one to two) characters that is no ordinary word."""
    family = surname(word)
    if not family or not re.fullmatch(f"[{HAN}]{{2,4}}", word):
        return False
    given = len(word) - len(family)
    if (word[:2] in lexicon.words("not_names") and len(family) == 1) or _NOT_GIVEN.search(word[len(family) :]):
        return False
    return 1 <= given <= 2


def may_be_full_name(word: str) -> bool:
    """True for a full name, also for one that holds a little word: 常有福, 李和平, 王可心."""
    return is_full_name(word) or (len(word) == 3 and word[1] in "有和可" and is_full_name(word[0] + word[2]))


@lru_cache(maxsize=4096)
def is_address(word: str) -> bool:
    """True for 王总, 李姐, 老张, 小刘, 欧阳老师 and the like."""
    if not _NICK.fullmatch(word):
        return _LATIN_CALL.fullmatch(word) is not None
    if word[0] in "老小阿大" and len(word) <= 3:
        rest = word[1:]
        return (
            surname(rest) is not None
            and word not in lexicon.words("not_addresses")
            and (len(rest) == 1 or rest == surname(rest) or rest[1:] in CALLS.split("|"))
        )
    call = re.fullmatch(rf"(.{{1,3}}?)({CALLS})", word)
    if call and call[2] in ("科", "局", "处") and surname(call[1]) != call[1]:
        return False  # 张处 is somebody, 油田物资处 is an office
    return bool(call) and (surname(call[1]) == call[1] or is_full_name(call[1])) if call else False


def is_latin_name(words: str) -> bool:
    """True for a name in Latin letters: zhang wei, Tom Lee, Ms. Chen."""
    return bool(_LATIN_NAME.fullmatch(words)) and not is_no_person(words)


_NO_PERSON = lazy.regex(
    r"(?i)\b(?:fair|expo|show|exhibition|group|trading|street|road|hotel|park|cent(?:er|re)|company|sir|madam|manager"
    r"|director|buyer|purchas\w+|sales|official|site|website|lead|client|customer|contact|source|title|name|phone|tel"
    r"|mobile|email|wechat|from|via|new|add|update|note|price|sample|quote|order|today|tomorrow|ltd|inc|tech|team"
    r"|engineer|founder|owner|ceo|cto|cfo|booth|hall|please|pls|thanks|hello|hi|canton|oem|odm|operations)\b"
)


def is_no_person(words: str) -> bool:
    """True for English words of trade that are written like a name: Canton Fair, official site."""
    return not re.search(f"[{HAN}]", words) and _NO_PERSON.search(words) is not None


def looks_like_name(word: str) -> bool:
    """True when the word alone would be taken for a person."""
    return is_full_name(word) or is_address(word) or is_latin_name(word)


_LEGAL = lazy.regex(
    r"(?:股份|集团)?(?:有限责任|有限)?(?:公司|分公司)$|[((].{1,6}[))]|(?:集团|股份|企业"
    r"|厂|店|商行|工作室|事务所|实业|控股)$"
)
_TRADES = (
    "科技|电子|五金|网络|贸易|医疗|物流|酒店|模具|教育|服饰|服装|餐饮|文化|食品|粮油"
    "|机械|建材|家具|家居|包装|印刷|化工|塑料|电器|信息|软件|传媒|广告|旅游|装饰|建筑"
    "|汽配|医药|生物|环保|能源|新能源|材料|新材料|纺织|灯饰|照明|农业|商贸|国际|供应链"
    "|超市|设备|自动化|实业|咨询|培训|健身|美容|口腔|齿科|牙科|眼科|诊所|医院|学校|咖啡|书店|药房|门窗"
    "|卫浴|陶瓷|不锈钢|钢材|光电|通讯|数码|茶业|酒业|水产|水果|生鲜|幼儿园|宠物|家政"
    "|物业|地产|置业|工程|管理|投资|租赁|汽车|精密|工贸|电气|器械|仪器|制造|发展|技术"
    "|企业管理|文旅|影视|烘焙|火锅|日化|美妆|母婴|体育|园林|石材|玻璃|涂料|橡胶|电缆"
    "|电力|水务|安防|消防|保洁|进出口|外贸|鞋业|皮具|箱包|珠宝|玩具|文具|办公|酒楼|饭店"
    "|餐厅|宾馆|民宿|大酒店|大饭店|大药房"
)
_TRADE_END = lazy.regex(rf"(?:{_TRADES})$")


def company_forms(company: str) -> set[str]:
    """The company as typed, and shorter ways to say it: without region, legal form and trade."""
    from nlp.fields import places  # the gazetteer reads these names' neighbours; imported late to keep the rooms apart

    company = re.sub(r"\s+", " ", company.strip())
    if re.search("[A-Za-z]", company):
        lowered = company.lower()
        return {lowered, lowered.split(" ")[0]} if len(lowered.split(" ")[0]) > 2 else {lowered}
    bare = company[places.leading(company) :]
    forms = {company, bare if len(bare) >= 2 else company}
    for word in (company, bare):
        short = word
        for _ in range(3):
            short = short if _TRADE_END.search(short) else _LEGAL.sub("", short)  # 酒店 is one word, no 酒 with a 店
            if len(short) >= 2:
                forms.add(short)
        cut = _TRADE_END.sub("", short)
        while len(cut) >= 2 and cut != short:
            forms.add(cut)
            short, cut = cut, _TRADE_END.sub("", cut)
    return {
        form
        for form in forms
        if 2 <= len(form) <= 12
        and not _TRADE_END.fullmatch(form)
        and places.leading(form) != len(form)
        and (form == company or not house_kinds.ONLY_KIND.fullmatch(form))
    }


_ADDRESS_OF_TITLE = (
    ("董事长", ("总", "董", "董事长")),
    ("总经理", ("总", "总经理", "经理")),
    ("副总", ("总", "副总")),
    ("总裁", ("总",)),
    ("总监", ("总", "总监")),
    ("创始人", ("总",)),
    ("CEO", ("总",)),
    ("厂长", ("厂长", "总")),
    ("店长", ("店长",)),
    ("老板", ("老板",)),
    ("店主", ("老板",)),
    ("经理", ("经理",)),
    ("主任", ("主任",)),
    ("主管", ("主管", "经理")),
    ("工程师", ("工",)),
    ("技术", ("工",)),
    ("老师", ("老师",)),
    ("教师", ("老师",)),
    ("校长", ("校长",)),
    ("园长", ("园长",)),
    ("院长", ("院长",)),
    ("医生", ("医生",)),
    ("处长", ("处长", "处")),
    ("科长", ("科长", "科")),
    ("会计", ("会计",)),
    ("采购", ("采购",)),
)
_COMMON_CALLS = ("总", "姐", "哥", "工", "老板", "老师", "经理", "先生", "女士", "主任")


def surname_addressed(word: str) -> str | None:
    """The surname in a way of address that holds nothing else of the name; None where it holds more.

    >>> [surname_addressed(word) for word in ("王总", "老王", "欧阳老师", "建国哥")]
    ['王', '王', '欧阳', None]
    """
    if not is_address(word):
        return None
    if word[0] in "老小阿大" and len(word) <= 3:
        return surname(word[1:])
    family = surname(word)
    return family if family and re.fullmatch(CALLS, word[len(family) :]) else None


def addresses(name: str, title: str | None = None) -> set[str]:
    """How a person of that name is spoken of: 王总, 王姐, 老王, 小王, and by the title."""
    family = surname(name)
    if not family or not is_full_name(name):
        return set()
    calls = set(_COMMON_CALLS)
    for word, said in _ADDRESS_OF_TITLE:
        if title and word in title:
            calls.update(said)
    forms = {family + call for call in calls}
    return forms | ({f"老{family}", f"小{family}", f"阿{family}"} if len(family) == 1 else set())


def given_forms(name: str) -> set[str]:
    """The given name alone when it has two characters, with 姐 / 哥 after its last; the parts of 仁青卓玛."""
    family = surname(name)
    if not family or not is_full_name(name) or is_address(name):  # 周小姐 is called 周小姐, not 小姐
        return part_forms(name)
    given = name[len(family) :]
    forms = {given[-1] + "姐", given[-1] + "哥", given[-1] + "总", "小" + given[-1], "阿" + given[-1]}
    if len(family) == 2:
        forms.add(family)  # 欧阳 alone is a form of address
    return forms | ({given, given + "姐", given + "哥"} if len(given) == 2 else set())


_DOT = lazy.regex("[·•・‧∙.．]")
_NO_PART = lazy.regex(rf"{_LEGAL.pattern}|(?:{_TRADES})|{CALLS}|[的了店厂司馆部家户]|朋友|同事|亲戚|微信|电话")


def part_forms(name: str) -> set[str]:
    """仁青 and 卓玛 of who has no surname: what stands between dots, else of four characters and more both ends."""
    bare = _DOT.sub("", name)
    from nlp import family_calls  # as above
    from nlp.fields import places

    if family_calls.opening(name) == name:  # 小天 of 小天妈妈
        return {family_calls.child_of(name) or name}
    if not re.fullmatch(f"[{HAN}]{{4,}}", bare) or is_full_name(bare) or _NO_PART.search(bare) or places.leading(bare):
        return set()
    if kind := house_kinds.KIND.search(bare):
        owner = bare[: kind.start()]  # 老王 of 老王烧烤; of 红星小学 any other is another
        is_owner = len(owner) == 2 and (is_address(owner) or owner[0] == "阿" or owner in ("胖子", "瘦子"))
        return {owner} if is_owner else set()
    if len(parts := {part for part in _DOT.split(name) if len(part) > 1}) > 1:
        return {*parts, bare}
    return {part for size in (2, 3) if len(bare) - size > 1 for part in (bare[:size], bare[-size:])}


def name_keys(name: str, company: str | None = None, nicknames: tuple[str, ...] | list[str] = ()) -> set[str]:
    """Every key under which a customer must be indexed so that `mentions` finds him."""
    keys = {_key(name), *map(_key, nicknames)} | addresses(name) | given_forms(name) | sounds_alike(name)
    keys.update(sound for nickname in nicknames for sound in sounds_of_call(nickname))
    if company:
        keys |= company_forms(company) | numbered_firms.keys(company)
    if re.fullmatch(r"[A-Za-z .'-]+", name):
        keys.update(part for part in _key(name).split(" ") if len(part) > 1)
    return {key for key in keys if key}


def _key(words: str) -> str:
    return re.sub(r"\s+", " ", words.strip()).lower()


def sounds_alike(name: str) -> set[str]:
    """The full name's pinyin marked as a sound key (`~zhang wei`), one per reading, for names heard and not seen."""
    return {"~" + sound for sound in sounds(name)} if is_full_name(name) else set()


def sounds_of_call(nickname: str) -> set[str]:
    """The sound keys of a form of address, en and eng taken for one: 老陈 is heard as 老成, 周工 as 周公.

    >>> sorted(sounds_of_call("老陈")), sounds_of_call("小天妈妈")
    (['~lao chen', '~lao cheng'], set())
    """
    heard = sounds(nickname) if len(nickname) in (2, 3) and is_address(nickname) else ()
    return {"~" + said for sound in heard for said in (sound, name_sounds.slurred(sound))}


def pinyin_keys(name: str) -> set[str]:
    """Full pinyin and initials of a name in every reading, lower case, without tones or spaces.

    >>> sorted(pinyin_keys("张伟"))
    ['zhangwei', 'zw']
    """
    keys: set[str] = set()
    if not re.search(f"[{HAN}]", name):
        plain = re.sub(r"[^a-z0-9]", "", name.lower())
        return {plain, "".join(word[0] for word in name.lower().split())} - {""}
    for sound in sounds(re.sub(f"[^{HAN}]", "", name)):
        keys.update((sound.replace(" ", ""), "".join(part[0] for part in sound.split())))
    return keys


def titled(name: str, title: str) -> set[str]:
    """The forms of address that the person's title gives: 采购经理 张伟 → 张经理, 张总."""
    family = surname(name)
    if not family or not is_full_name(name):
        return set()
    return {family + call for word, said in _ADDRESS_OF_TITLE if word in title for call in said}

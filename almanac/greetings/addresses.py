"""How a person is addressed: 王总, 陈老师, 李姐, 王先生; the bare name when nothing better is known."""

import re

COMPOUND_SURNAME = re.compile(
    "(?:欧阳|司马|上官|诸葛|司徒|皇甫|尉迟|令狐|慕容|宇文|长孙|夏侯|东方|南宫|公孙|端木|百里|轩辕|独孤|西门|申屠|钟离|"
    "闻人|澹台|公冶|宗政|濮阳|淳于|单于|太史|仲孙|拓跋|赫连|呼延|东郭|万俟|闾丘|鲜于|亓官|司寇|司空|即墨|第五|公羊|"
    "梁丘|左丘)"
)
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪"
    "严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫佘洛练肖付代蓝容党刁晏冼尚蒲闻穆褚娄官和皮麦储"
    "占冷应商全连艾占邬戚仇苟巩揭岑占匡瞿桑古敖简饶佟卓晁沙米臧楼虞嵇滕竺满厉巫丰宫滑胥井练涂银习原智苍牧池郁燕漆木师"
    "祖幸候桓国花湛粟惠宗晋喻楚窦迟栾鞠邝缪蔚占闪沃钮卞奚仲阚逯宣姬呼党区么帅计修海亓阙农危母青粱水朴南过都"
)
# Ends of a job title and what is said after the surname for them; the first that fits is taken.
# None: the job is no form of address.
TITLE_ENDS: tuple[tuple[str, str | None], ...] = (
    ("助理", None),
    ("秘书长", "秘书长"),
    ("秘书", None),
    ("老板娘", None),
    ("董事长", "董"),
    ("董事", "董"),
    ("总经理", "总"),
    ("总裁", "总"),
    ("老总", "总"),
    ("创始人", "总"),
    ("合伙人", "总"),
    ("法人", "总"),
    ("总工程师", "总工"),
    ("工程师", "工"),
    ("教师", "老师"),
    ("讲师", "老师"),
    ("编辑", "老师"),
    ("店主", "老板"),
    ("医师", "医生"),
)
# Ends that are said as they are.
SPOKEN_END = re.compile(
    "(?:老师|经理|总监|主任|主管|老板|教授|医生|大夫|护士长|护士|律师|会计|教练|师傅|院长|校长|园长|厂长|店长|科长|处长|"
    "局长|部长|站长|所长|队长|会长|行长|村长|镇长|县长|区长|市长|社长|馆长|组长|班长|台长|书记|主席|主编|总编|总工|警官|"
    "法官|检察官|博士|导演|记者|船长|机长)$"
)
# Titles of one word are taken only when they are the whole title: an 员工 is no 王工.
SHORT_TITLE = re.compile("(?:副|老|大)?([董总工姐哥叔姨嫂婶爷伯])")
POLITE_ENDS = frozenset({"先生", "女士", "小姐", "阿姨", "叔叔", "大哥", "大姐"})
LATIN_TITLES = frozenset({"ceo", "coo", "cfo", "cto", "cmo", "cio", "boss"})
GENDER_WORDS = {"male": "先生", "男": "先生", "先生": "先生", "female": "女士", "女": "女士", "女士": "女士"}
FAMILIAR_FIRST = ("老", "小", "阿")  # 老陈, 小李, 阿强
FAMILIAR_LAST = "哥姐弟妹嫂叔姨婶爷伯"
IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
CHINESE = re.compile(r"[一-鿿]+")


def find_surname(name: str) -> str | None:
    """Return the surname of a Chinese personal name, compound ones included, or None when it does not look like one."""
    if not CHINESE.fullmatch(name):
        return None
    if COMPOUND_SURNAME.match(name) and len(name) <= 4:
        return name[:2]
    return name[0] if 2 <= len(name) <= 3 and name[0] in SURNAMES else None


def _spoken_title(title: str) -> str | None:
    bare = IN_BRACKETS.sub("", title).strip()
    if bare.lower() in LATIN_TITLES:
        return "总"
    for end, spoken in TITLE_ENDS:
        if bare.endswith(end):
            return spoken
    short, found = SHORT_TITLE.fullmatch(bare), SPOKEN_END.search(bare)
    if short:
        return short[1]
    return found[0] if found else None


def _is_address(name: str) -> bool:
    """Tell whether a name already is a form of address: 王总, 欧阳老师, 老陈."""
    if not CHINESE.fullmatch(name) or len(name) < 2:
        return False
    if name[0] in FAMILIAR_FIRST and len(name) <= 3:
        return True
    rest = name[2:] if COMPOUND_SURNAME.match(name) else name[1:]
    return any(pattern.fullmatch(rest) for pattern in (SPOKEN_END, SHORT_TITLE)) or rest in POLITE_ENDS


def is_formal(address: str) -> bool:
    """Return whether a form of address wants 您 after it, whoever says it.

    >>> is_formal("韩总监"), is_formal("丁先生"), is_formal("老陈"), is_formal("李姐"), is_formal("柏志远")
    (True, True, False, False, False)
    """
    familiar = address[:1] in FAMILIAR_FIRST or address[-1:] in FAMILIAR_LAST
    return _is_address(address) and not familiar


def address(name: str, title: str | None = None, gender: str | None = None, nickname: str | None = None) -> str:
    """Return how to address a person: the nickname, else surname with title, else with 先生 or 女士, else the name.

    `gender` is male or female (男, 女); a name that already is an address stays as it is.

    >>> address("王建国", "采购总经理", None), address("欧阳明", None, "female"), address("Tom", None, None)
    ('王总', '欧阳女士', 'Tom')
    """
    name = name.strip()
    if nickname and nickname.strip():
        return nickname.strip()
    surname = find_surname(name)
    if _is_address(name) or surname is None:
        return name or "您"
    ending = _spoken_title((title or "").strip().removeprefix(surname)) or GENDER_WORDS.get(
        (gender or "").strip().lower()
    )
    return surname + ending if ending else name

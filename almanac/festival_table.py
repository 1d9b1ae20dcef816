"""The days of the Chinese year as data: one line a day, the rules that place it in a year, whom it is for."""

from typing import Literal, NamedTuple

from almanac.audience import EVERYBODY, MEN, WOMEN, Audience

Kind = Literal["traditional", "solar_term", "statutory", "occupational"]


class Lunar(NamedTuple):
    """A lunar day; day 0 is the last day of the month before."""

    month: int
    day: int


class Solar(NamedTuple):
    """A day of the solar year."""

    month: int
    day: int


class Sunday(NamedTuple):
    """The nth Sunday of a month."""

    month: int
    nth: int


class Term(NamedTuple):
    """A solar term by its Chinese name."""

    name: str


class Entry(NamedTuple):
    """One festival: its code, its name, its rule, its kind, whether it is greeted, and whom it is for."""

    code: str
    name: str
    rule: Lunar | Solar | Sunday | Term
    kind: Kind
    greet: bool = False
    audience: Audience = EVERYBODY


TEACHERS = Audience(occupations=("老师", "教师", "教授", "讲师", "校长", "园长"), industries=("教育", "学校", "培训"))
NURSES = Audience(occupations=("护士", "护理"))
DOCTORS = Audience(occupations=("医生节", "医师", "大夫", "院长"), industries=("医院", "诊所"))
REPORTERS = Audience(
    occupations=("记者", "编辑", "主编", "总编"), industries=("传媒", "媒体", "新闻", "报社", "电视台")
)
PROGRAMMERS = Audience(occupations=("程序员", "开发工程师", "软件", "架构师", "算法"), industries=("软件", "互联网"))
SOLDIERS = Audience(occupations=("军人", "军官", "战士", "退役"))
POLICE = Audience(occupations=("警官", "民警", "警察"))
FIREFIGHTERS = Audience(occupations=("消防",))
LAWYERS = Audience(occupations=("律师", "法官", "检察官", "法务"), industries=("律师", "法律"))
FARMERS = Audience(occupations=("农户", "农场主"), industries=("农业", "种植", "养殖", "农资", "合作社"))
ATHLETES = Audience(occupations=("教练",), industries=("体育", "健身"))

TERMS = (
    ("minor_cold", "小寒"),
    ("major_cold", "大寒"),
    ("start_of_spring", "立春"),
    ("rain_water", "雨水"),
    ("awakening_of_insects", "惊蛰"),
    ("spring_equinox", "春分"),
    ("grain_rain", "谷雨"),
    ("start_of_summer", "立夏"),
    ("grain_buds", "小满"),
    ("grain_in_ear", "芒种"),
    ("summer_solstice", "夏至"),
    ("minor_heat", "小暑"),
    ("major_heat", "大暑"),
    ("start_of_autumn", "立秋"),
    ("end_of_heat", "处暑"),
    ("white_dew", "白露"),
    ("autumn_equinox", "秋分"),
    ("cold_dew", "寒露"),
    ("frost_descent", "霜降"),
    ("start_of_winter", "立冬"),
    ("minor_snow", "小雪"),
    ("major_snow", "大雪"),
    ("winter_solstice", "冬至"),
)
GREETED_TERMS = frozenset({"winter_solstice"})

TRADITIONAL = (
    Entry("spring_festival", "春节", Lunar(1, 1), "traditional", greet=True),
    Entry("lantern", "元宵", Lunar(1, 15), "traditional", greet=True),
    Entry("dragon_head", "龙抬头", Lunar(2, 2), "traditional"),
    Entry("qingming", "清明", Term("清明"), "traditional"),
    Entry("dragon_boat", "端午", Lunar(5, 5), "traditional", greet=True),
    Entry("qixi", "七夕", Lunar(7, 7), "traditional"),
    Entry("ghost_festival", "中元", Lunar(7, 15), "traditional"),
    Entry("mid_autumn", "中秋", Lunar(8, 15), "traditional", greet=True),
    Entry("double_ninth", "重阳", Lunar(9, 9), "traditional", greet=True),
    Entry("winter_clothes", "寒衣节", Lunar(10, 1), "traditional"),
    Entry("laba", "腊八", Lunar(12, 8), "traditional", greet=True),
    Entry("minor_new_year", "小年", Lunar(12, 23), "traditional", greet=True),
    Entry("new_years_eve", "除夕", Lunar(1, 0), "traditional", greet=True),
)
STATUTORY = (
    Entry("new_year", "元旦", Solar(1, 1), "statutory", greet=True),
    Entry("labour_day", "劳动节", Solar(5, 1), "statutory", greet=True),
    Entry("national_day", "国庆节", Solar(10, 1), "statutory", greet=True),
    Entry("mourning_day", "国家公祭日", Solar(12, 13), "statutory"),
)
OCCUPATIONAL = (
    Entry("police_day", "人民警察节", Solar(1, 10), "occupational", audience=POLICE),
    Entry("womens_day", "妇女节", Solar(3, 8), "occupational", greet=True, audience=WOMEN),
    Entry("youth_day", "青年节", Solar(5, 4), "occupational"),
    Entry("nurses_day", "护士节", Solar(5, 12), "occupational", greet=True, audience=NURSES),
    Entry("mothers_day", "母亲节", Sunday(5, 2), "occupational", audience=WOMEN),
    Entry("childrens_day", "儿童节", Solar(6, 1), "occupational"),
    Entry("fathers_day", "父亲节", Sunday(6, 3), "occupational", audience=MEN),
    Entry("army_day", "建军节", Solar(8, 1), "occupational", audience=SOLDIERS),
    Entry("fitness_day", "全民健身日", Solar(8, 8), "occupational", audience=ATHLETES),
    Entry("doctors_day", "医师节", Solar(8, 19), "occupational", greet=True, audience=DOCTORS),
    Entry("teachers_day", "教师节", Solar(9, 10), "occupational", greet=True, audience=TEACHERS),
    Entry("harvest_day", "农民丰收节", Term("秋分"), "occupational", audience=FARMERS),
    Entry("programmers_day", "程序员节", Solar(10, 24), "occupational", audience=PROGRAMMERS),
    Entry("reporters_day", "记者节", Solar(11, 8), "occupational", greet=True, audience=REPORTERS),
    Entry("fire_day", "消防日", Solar(11, 9), "occupational", audience=FIREFIGHTERS),
    Entry("law_day", "宪法日", Solar(12, 4), "occupational", audience=LAWYERS),
)
SOLAR_TERMS = tuple(Entry(code, name, Term(name), "solar_term", code in GREETED_TERMS) for code, name in TERMS)
ENTRIES = TRADITIONAL + STATUTORY + OCCUPATIONAL + SOLAR_TERMS

# On these nobody is sent anything cheerful, whatever else falls on the day.
NO_GREETING = frozenset({"qingming", "ghost_festival", "winter_clothes", "mourning_day"})
# Days of national mourning by decree. Source: announcements of the State Council; new ones are the admin's to add.
MOURNING_DECREED = frozenset(
    {(2008, 5, 19), (2008, 5, 20), (2008, 5, 21), (2010, 4, 21), (2010, 8, 15), (2020, 4, 4), (2022, 12, 6)}
)

# Names people use for a day in "before …", beside the names above; these days are not in the list of a year.
OTHER_DAYS: dict[str, Lunar | Solar] = {
    "南方小年": Lunar(12, 24),
    "情人节": Solar(2, 14),
    "植树节": Solar(3, 12),
    "消费者权益日": Solar(3, 15),
    "愚人节": Solar(4, 1),
    "五四": Solar(5, 4),
    "六一八": Solar(6, 18),
    "建党节": Solar(7, 1),
    "光棍节": Solar(11, 11),
    "双十二": Solar(12, 12),
    "平安夜": Solar(12, 24),
    "圣诞节": Solar(12, 25),
    "跨年": Solar(12, 31),
}
ALIASES = {
    "新年": "元旦",
    "阳历年": "元旦",
    "大年初一": "春节",
    "年初一": "春节",
    "正月初一": "春节",
    "农历新年": "春节",
    "过年": "春节",
    "年三十": "除夕",
    "大年三十": "除夕",
    "大年夜": "除夕",
    "正月十五": "元宵",
    "上元": "元宵",
    "灯节": "元宵",
    "三八": "妇女节",
    "女神节": "妇女节",
    "女王节": "妇女节",
    "三一五": "消费者权益日",
    "315": "消费者权益日",
    "五一": "劳动节",
    "国际劳动节": "劳动节",
    "端阳": "端午",
    "龙舟节": "端午",
    "六一": "儿童节",
    "618": "六一八",
    "七一": "建党节",
    "八一": "建军节",
    "七月半": "中元",
    "鬼节": "中元",
    "八月十五": "中秋",
    "团圆节": "中秋",
    "十一": "国庆节",
    "十月一": "国庆节",
    "国庆": "国庆节",
    "圣诞夜": "平安夜",
    "双十一": "光棍节",
    "双11": "光棍节",
    "双12": "双十二",
    "圣诞": "圣诞节",
    "北方小年": "小年",
    "北小年": "小年",
    "南小年": "南方小年",
    "重九": "重阳",
    "老人节": "重阳",
    "医生节": "医师节",
    "1024": "程序员节",
    "丰收节": "农民丰收节",
    "警察节": "人民警察节",
    "公祭日": "国家公祭日",
}

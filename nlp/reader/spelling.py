"""Words as they sound or slip from the fingers, put as they are meant: 升总经里, 交哒, 做酒店得客, 电话好多."""

import re
from functools import cache

from nlp import lazy, names

_ENDS = r"(?=[\s,，。;；!！?？~]|$)"
_DONE = "[交完好妥掉过发寄弄办做写送签定订走搞清付打拿谈填报传]"
WORDS = (
    (r"(?<=\w)(?<![么萌棒乖小阿哒])哒(?!哒)", "了"),
    (f"(?<={_DONE})[咯喽啰咧嘞]{_ENDS}", "了"),
    ("(?<=了)[咯喽啰咧嘞]" + _ENDS, ""),
    ("(?P<deed>[一-鿿]了)(?P=deed)" + _ENDS, r"\g<deed>"),
    (f"(?<=[话码机信是])(?<!手机)(?<!电话卡)好多(?=[咯啊呢哦嘛呀]*{_ENDS})[咯啊呢哦嘛呀]*", "多少"),
    ("(?<=有)撒(?=[要事活没安任])|(?:(?<=[做办干跑])|^)撒(?=时候|事)|(?<=[做办干])撒$", "啥"),
    ("(?<![一-鿿])咯(?=个|边|里|位|家)|(?<=[^一二两三几哪那这])咯(?=个[^,，。 ]{2})", "那"),
    ("(?<=[叫姓做干是])么[子事得]", "什么"),
    ("(?<=[查找改看寻记翻问弄存补提搞讲说])一哈(?!哈|尔滨)", "一下"),
    ("(?:(?<=我)|^)寻(?![思常求址味找盘租根亲呼梦]|[总工姐哥老经]|.{0,2}[到着])|寻(?=一?下)", "找"),
    (
        "(?<![一-鿿])莫(?=再|要|让|喊)|莫(?=再[催闹喊叫吵提给让送错]|催|闹|忘|让我|喊我|吵|提醒)"
        "|(?<!约)莫(?=[再又]|搞忘|把我?[这那]|给我忘)",
        "别",
    ),
    ("(?<=[店厂行业庄馆铺摊饭餐贸育流])得(?=客(?!人自|户能))|(?<=[店厂行庄馆铺])得" + _ENDS, "的"),
    (f"有那(?=(?:几[个家位]|些)[客户人]{{0,2}}{_ENDS})", "有哪"),
    ("(?<=提醒)[窝沃握]", "我"),
    ("周[武午舞伍](?=之?前)", "周五"),
    ("投[速素宿]", "投诉"),
    ("小周末[ ,，]*(?:就是)?", ""),
    ("[卫威薇]信(?=[号: 是改换为A-Za-z])", "微信"),
    ("(?<=升)付(?=总|经理|主任|院长|校长|厂长|处长|科长|局长|部长|主管)", "副"),
)
"""Each pattern with its plain word."""

_JOBS = ("经理", "主任", "采购", "总监", "主管", "店长", "会计", "出纳", "厂长", "科长")
_SLOT = lazy.regex(
    "(?:(?<=[升当做])|(?<=升[总副大高区部])|(?<=升..)|(?<=升...))(?!经历|主人)[一-鿿]{2}(?=了|啦|[,，。;；!！]|\\s|$)"
)


@cache
def _by_sound() -> dict[str, str]:
    return {sound: job for job in _JOBS for sound in names.sounds(job)}


def jobs_as_meant(text: str) -> str:
    """The text with the post that somebody gets as it is written, where it was typed by its sound.

    >>> jobs_as_meant("升总经里了"), jobs_as_meant("不做采够了"), jobs_as_meant("他经历多")
    ('升总经理了', '不做采购了', '他经历多')
    """
    return _SLOT.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    words = match.group()
    return next((job for sound in names.sounds(words) if (job := _by_sound().get(sound))), words)

"""Traditional characters → simplified ones, for reading what is typed; the stored text stays as typed.

More of them than in `traditional`, which holds those that the fitted tagger and the rules of time read with.
"""

from typing import Final

from nlp import lazy, traditional

_MORE: Final = (
    "績绩彈弹歷历壽寿緩缓緣缘縱纵羅罗聖圣蔣蒋虛虚蟲虫覺觉託托誕诞諾诺貝贝負负貿贸贊赞躍跃較较載载醬酱鋒锋閃闪風风鬥斗魯鲁龐庞龔龚儀仪劍剑勞劳勢势喬乔圍围圓圆執执堅坚壇坛壯壮夢梦奪夺婁娄寶宝岡冈島岛幣币幹干"
    "廚厨悅悦懷怀揚扬搖摇擁拥敘叙暢畅榮荣槍枪樸朴檸柠淚泪淺浅湊凑溝沟滅灭滾滚漸渐濱滨煉炼燒烧燙烫牽牵獻献瑪玛畢毕盜盗盡尽種种積积窮穷籃篮籌筹紀纪納纳純纯統统絕绝繪绘纖纤羨羡翹翘聞闻膽胆臟脏薑姜薩萨蘋苹蝦虾"
    "討讨詩诗語语諸诸謀谋譽誉貪贪踐践軌轨辯辩迴回邁迈鄒邹醜丑鈞钧鉤钩鑄铸閔闵頌颂頒颁頗颇餃饺饋馈饒饶馳驰駱骆驅驱鬚须鯉鲤鴨鸭鵝鹅齋斋龜龟瑋玮嫻娴嬋婵婭娅娛娱綺绮緯纬紗纱綱纲綿绵紡纺繡绣灝灏瀟潇淵渊滙汇鶴鹤"
    "鷹鹰鴿鸽鳴鸣駿骏騏骐驍骁驕骄鋮铖鐸铎鉑铂鈺钰釗钊軒轩輯辑轅辕頤颐韋韦賈贾贏赢賜赐賦赋貫贯詠咏謙谦謹谨堯尧嶽岳崗岗峯峰莖茎薔蔷蘊蕴葦苇墾垦奧奥嫵妩巖岩帶带廟庙彥彦彌弥徹彻憲宪戀恋晉晋暉晖曠旷棟栋楓枫樺桦"
    "氫氢涇泾渾浑滄沧潛潜瀅滢瀾澜灘滩煒炜煥焕熾炽燁烨燦灿獅狮瑤瑶璣玑瓏珑疇畴眾众碩硕磯矶礦矿祿禄禎祯禕祎肅肃艦舰褲裤觸触貞贞達达遙遥遜逊鄔邬鄰邻銑铣鋅锌鎢钨鎳镍閣阁閩闽闕阙隴陇韻韵驛驿鬱郁鯤鲲鮑鲍軸轴轎轿"
    "閥阀閏闰絨绒繩绳纜缆羣群聶聂腸肠艙舱螢萤貓猫鈣钙錫锡鎂镁鑒鉴雛雏飼饲閆闫尙尚眞真綫线峽峡嶄崭窪洼灤滦贛赣棧栈"
)
BOTH: Final = "乾後夥"  # simplified characters, too, of names and firms (李乾): never changed
_ALL: Final = (
    {ord(old): new for old, new in zip(_MORE[::2], _MORE[1::2], strict=True)}
    | traditional.OF_RULES
    | traditional.SIMPLIFIED
)
_TABLE: Final = {old: new for old, new in _ALL.items() if chr(old) not in BOTH}
_MARKS: Final = lazy.regex(r"([\s,，。;；、]+)")
_CANTONESE: Final = {ord("係"): "是", ord("唔"): "不", ord("嘅"): "的"}


def plain(text: str) -> str:
    """The text in simplified characters, character for character.

    >>> plain("本月業績"), plain("黃太"), plain("李乾")
    ('本月业绩', '黄太', '李乾')
    """
    return text.translate(_TABLE)


def may_change(text: str) -> bool:
    """True where reading the text changes one of its characters, 乾 too, which its rules take for 干."""
    return text.translate(_ALL) != text


def as_read(name: str, text: str) -> str:
    """The name as it stands in what is read of the text: 李乾 as 李干 where the text has a 乾, too."""
    ours = {ord(char): _ALL[ord(char)] for char in BOTH if char in text}
    return name.translate(_TABLE).translate(ours)


def as_typed(words: str, text: str) -> str:
    """Words that were read in the simplified text, as they were typed in it.

    >>> as_typed("刘德华", "找劉德華"), as_typed("转介绍", "老客帶來")
    ('劉德華', '转介绍')
    """
    if not words or words in text:
        return words
    at = _seen(text).find(_seen(words))
    if at >= 0:
        return text[at : at + len(words)]
    pieces = _MARKS.split(words)
    if len(pieces) == 1:
        return words
    return "".join(piece if _MARKS.fullmatch(piece) else as_typed(piece, text) for piece in pieces)


def _seen(text: str) -> str:
    """The text as rules see it, character for character."""
    from nlp.when import numerals  # it stands above the names, which are read with this module

    return numerals.plain(text.translate(_ALL))


def spoken(text: str) -> str:
    """The same with the commonest little words of Cantonese put as one writes them elsewhere.

    >>> spoken("唔係何太 係黃太")
    '不是何太 是黄太'
    """
    return plain(text).translate(_CANTONESE)

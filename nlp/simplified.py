"""Traditional characters → simplified ones, for reading what is typed; the stored text stays as typed.

More of them than in `traditional`, which the fitted tagger reads with and which therefore stays as it is.
"""

from typing import Final

from nlp import lazy, traditional

_MORE: Final = (
    "績绩級级藝艺術术彈弹歷历曆历尋寻屬属異异壽寿慣惯獨独顯显豐丰屆届簡简緩缓緣缘編编縱纵罰罚羅罗義义聖圣聰聪臨临莊庄蓮莲蔣蒋虛虚蟲虫複复覺觉託托詢询詳详誌志誕诞諾诺貝贝負负貢贡貿贸賀贺賓宾賢贤購购"
    "贈赠贊赞躍跃軍军較较載载輝辉輪轮遺遗醬酱鈴铃銘铭鋒锋錦锦鍵键鏈链閃闪閱阅闖闯陸陆韓韩頁页風风飄飘餅饼餘余鬥斗魯鲁鴻鸿鵬鹏麗丽龐庞龔龚傑杰儀仪劍剑劑剂勞劳勢势協协啟启喬乔圍围園园圓圆執执堅坚壇坛"
    "壯壮夢梦奪夺婁娄嬌娇寬宽寶宝岡冈島岛嶺岭幣币幹干廚厨彎弯徑径恆恒悅悦憂忧懷怀戰战戲戏掃扫揚扬搖摇搶抢擁拥擊击攜携敘叙暢畅曉晓榮荣槍枪樸朴檸柠殘残殺杀沖冲淚泪淺浅湊凑溝沟滅灭滾滚漸渐潔洁潤润澤泽"
    "濱滨灑洒煉炼燒烧燙烫牽牵狀状獻献瑪玛環环瓊琼畢毕癢痒盜盗盡尽種种稱称穩稳積积窮穷籃篮籌筹糧粮絲丝紀纪納纳純纯細细終终統统絕绝繼继繪绘纖纤羨羡翹翘聞闻膚肤膽胆臟脏舉举艷艳薑姜薩萨蘋苹蝦虾衛卫襯衬"
    "討讨訴诉評评詩诗語语諸诸謀谋譽誉貪贪趨趋跡迹踐践軌轨輔辅輛辆辯辩迴回適适邁迈郵邮鄒邹醜丑鈞钧鉤钩錶表鑄铸鑽钻閔闵階阶霧雾頌颂頒颁頗颇飲饮餃饺饋馈饒饶馳驰駱骆驅驱鬚须鯉鲤鳳凤鴨鸭鵝鹅鹽盐麥麦黨党"
    "齋斋龜龟"
    "偉伟愛爱勛勋穎颖瑩莹強强濤涛維维嵐岚幫帮廳厅綜综繳缴腦脑製制譯译賽赛鈔钞鋪铺靚靓駛驶劃划嚮向塗涂墊垫夾夹妝妆寢寝廢废彙汇復复悶闷惡恶慘惨懶懒憶忆掛挂暈晕暫暂曬晒棄弃棗枣樹树橋桥況况濃浓煙烟盤盘禍祸窩窝"
    "範范綁绑緒绪縫缝腎肾腫肿襪袜詐诈詞词諒谅諮咨譜谱販贩賭赌連连違违釀酿陣阵陝陕飽饱騷骚晝昼內内喚唤剛刚刪删瑋玮嫻娴嬋婵婭娅娛娱綺绮緯纬紗纱綱纲綿绵紡纺繡绣灝灏瀟潇淵渊滙汇鶴鹤鷹鹰鴿鸽鳴鸣駿骏騏骐驍骁驕骄"
    "鋮铖鐸铎鉑铂鈺钰釗钊軒轩輯辑轅辕頤颐韋韦賈贾贏赢賜赐賦赋貫贯詠咏謙谦謹谨堯尧嶽岳崗岗峯峰莖茎薔蔷蘊蕴葦苇墾垦奧奥嫵妩巖岩帶带廟庙彥彦彌弥徹彻憲宪戀恋晉晋暉晖曠旷棟栋楓枫樺桦氫氢涇泾渾浑滄沧潛潜瀅滢瀾澜"
    "灘滩煒炜煥焕熾炽燁烨燦灿獅狮瑤瑶璣玑瓏珑疇畴眾众碩硕磯矶礦矿祿禄禎祯禕祎肅肃艦舰褲裤觸触貞贞達达遙遥遜逊鄔邬鄰邻銑铣鋅锌鎢钨鎳镍閣阁閩闽闕阙隴陇韻韵驛驿鬱郁鯤鲲鮑鲍軸轴轎轿閥阀閏闰絨绒繩绳纜缆羣群聶聂"
    "腸肠艙舱螢萤貓猫鈣钙錫锡鎂镁鑒鉴雛雏飼饲閆闫尙尚眞真綫线峽峡嶄崭窪洼灤滦贛赣棧栈"
)
BOTH: Final = "乾後夥"  # simplified characters, too, of names and firms (李乾): never changed
_ALL: Final = {ord(old): new for old, new in zip(_MORE[::2], _MORE[1::2], strict=True)} | traditional.SIMPLIFIED
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

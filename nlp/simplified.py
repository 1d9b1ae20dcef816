"""Traditional characters → simplified ones, for reading what is typed; the stored text stays as typed.

More of them than in `traditional`, which the fitted tagger reads with and which therefore stays as it is.
"""

from typing import Final

from nlp import traditional

_MORE: Final = (
    "績绩級级藝艺術术彈弹歷历曆历尋寻屬属異异壽寿慣惯獨独顯显豐丰屆届簡简緩缓緣缘編编縱纵罰罚羅罗義义聖圣聰聪臨临莊庄蓮莲蔣蒋虛虚蟲虫複复覺觉託托詢询詳详誌志誕诞諾诺貝贝負负貢贡貿贸賀贺賓宾賢贤購购"
    "贈赠贊赞躍跃軍军較较載载輝辉輪轮遺遗醬酱鈴铃銘铭鋒锋錦锦鍵键鏈链閃闪閱阅闖闯陸陆韓韩頁页風风飄飘餅饼餘余鬥斗魯鲁鴻鸿鵬鹏麗丽龐庞龔龚傑杰儀仪劍剑劑剂勞劳勢势協协啟启喬乔圍围園园圓圆執执堅坚壇坛"
    "壯壮夢梦奪夺婁娄嬌娇寬宽寶宝岡冈島岛嶺岭幣币幹干廚厨彎弯徑径恆恒悅悦憂忧懷怀戰战戲戏掃扫揚扬搖摇搶抢擁拥擊击攜携敘叙暢畅曉晓榮荣槍枪樸朴檸柠殘残殺杀沖冲淚泪淺浅湊凑溝沟滅灭滾滚漸渐潔洁潤润澤泽"
    "濱滨灑洒煉炼燒烧燙烫牽牵狀状獻献瑪玛環环瓊琼畢毕癢痒盜盗盡尽種种稱称穩稳積积窮穷籃篮籌筹糧粮絲丝紀纪納纳純纯細细終终統统絕绝繼继繪绘纖纤羨羡翹翘聞闻膚肤膽胆臟脏舉举艷艳薑姜薩萨蘋苹蝦虾衛卫襯衬"
    "討讨訴诉評评詩诗語语諸诸謀谋譽誉貪贪趨趋跡迹踐践軌轨輔辅輛辆辯辩迴回適适邁迈郵邮鄒邹醜丑鈞钧鉤钩錶表鑄铸鑽钻閔闵階阶霧雾頌颂頒颁頗颇飲饮餃饺饋馈饒饶馳驰駱骆驅驱鬚须鯉鲤鳳凤鴨鸭鵝鹅鹽盐麥麦黨党"
    "齋斋龜龟"
)
_TABLE: Final = {ord(old): new for old, new in zip(_MORE[::2], _MORE[1::2], strict=True)} | traditional.SIMPLIFIED
_CANTONESE: Final = {ord("係"): "是", ord("唔"): "不", ord("嘅"): "的"}


def plain(text: str) -> str:
    """The text in simplified characters, character for character.

    >>> plain("本月業績"), plain("黃太")
    ('本月业绩', '黄太')
    """
    return text.translate(_TABLE)


def spoken(text: str) -> str:
    """The same with the commonest little words of Cantonese put as one writes them elsewhere.

    >>> spoken("唔係何太 係黃太")
    '不是何太 是黄太'
    """
    return plain(text).translate(_CANTONESE)

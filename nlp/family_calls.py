"""How parents of a school's children are called: 小天妈妈, 豆豆奶奶, 张子涵家长, 陈妈妈; and the child alone."""

from nlp import lazy, lexicon, names, simplified

_HAN = names.HAN
KIN = "妈妈|爸爸|奶奶|爷爷|外婆|外公|姥姥|姥爷|家长(?![期沙辈年远城])|妈(?!妈)|爸(?!爸)"
_CALL = lazy.regex(rf"(?P<child>[{_HAN}]{{1,3}}?|[A-Z][a-z]{{1,9}})(?P<kin>{KIN})(?![群会班课团圈辈节们亲]|课堂)")
_BEFORE = lazy.regex(
    r"\s*+(?:(?:今[天早晚]|昨[天晚]|刚|刚才|早上|上午|中午|下午|晚上|群里面?|微信上?|电话里)[\s,，]*+)*"
    r"(?:(?:[加存录建跟和给]|新增|添加|录入|登记|新建)(?:一?[个位下]|(?=[\s:：]|新?客户|[跟给])))?"
    r"(?:新?客户|投诉|订单)?[\s:：,，]*+"
)
_LITTLE = lazy.regex(
    r"[我你您他她它咱谁哪这那的了吗呢吧是有在个位说和跟与把被让叫从给问请来去要想打找见带陪对向到不没每各家全当做单]"
)
_TWICE = lazy.regex(rf"(?P<one>[{_HAN}])(?P=one)")
_PET = lazy.regex(rf"[小阿][{_HAN}]{{1,2}}|[{_HAN}]{{1,2}}[宝儿仔]")
_GIVEN = lazy.regex(  # two characters that children's names are made of
    "[子梓紫涵晗轩萱宇雨欣馨怡诺依一浩皓泽思诗琪淇悦月乐佳嘉俊博晨辰瑞睿熙希曦梦语彤桐瑶妍雅雪宁安然天佑铭明阳洋文杰豪毅涛航恩心芯沐沛若溪夕茜茗可柯琳霖玥悠静婷晴秋果奕艺祺麒昊翔逸"
    "伊朵贝元源楠钰煜宸珊媛娜颖慧美丽芳婧薇柔清竹书墨云朗星鑫森皓立承成志远]{2}"
)
_DOES = (
    r"(?:(?:今[天早晚]|昨[天晚]|明[天早晚]|后天|周[一二三四五六日末]|上午|下午|刚才?|又|也|还|都|就|已经?|这[周次节]"
    r"|[ ,，])*"
    r"(?:请假|请了假|没来|来了|来不了|不来|来上课|来试听|上课|缺课|旷课|迟到|早退|补课|试听|调课|停课|转班|插班|退班|感冒|发烧|生病"
    r"|病了|咳嗽|考级|考过|拿了?奖|毕业|升班|报了|续报|续费|续课|转学|受伤|摔))"
)
_CHILD = lazy.regex(rf"(?P<child>(?P<one>[{_HAN}])(?P=one)|[小阿][{_HAN}])(?={_DOES})")


def opening(text: str) -> str | None:
    """Who is called so at the start of the text, simplified, or None.

    >>> [opening(text) for text in ("小天妈妈报了春季班", "加客户 豆豆奶奶 138", "陳媽媽續報", "今天张子涵家长来了")]
    ['小天妈妈', '豆豆奶奶', '陈妈妈', '张子涵家长']
    >>> [opening(text) for text in ("孩子妈妈说贵", "他妈妈来了", "王总妈妈住院", "全职妈妈多", "小天家长群")]
    [None, None, None, None, None]
    """
    plain = simplified.plain(text)
    before = _BEFORE.match(plain)
    found = _CALL.match(plain, before.end() if before else 0)
    return found.group() if found and is_child(found["child"], found["kin"]) else None


def child_of(name: str) -> str | None:
    """The child by whom a customer is called: 小天 of 小天妈妈; of 陈妈妈 none.

    >>> child_of("小天妈妈"), child_of("张子涵家长"), child_of("陈妈妈"), child_of("李娜")
    ('小天', '张子涵', None, None)
    """
    found = _CALL.fullmatch(name)
    child = found["child"] if found and is_child(found["child"], found["kin"]) else None
    return child if child and len(child) > 1 else None


def child_at_opening(text: str) -> str | None:
    """The child of whom the text tells what pupils do, called by a pet name.

    >>> child_at_opening("小天今天请假了"), child_at_opening("豆豆周六来不了"), child_at_opening("小票今天没来")
    ('小天', '豆豆', None)
    """
    found = _CHILD.match(simplified.plain(text).strip())
    return found["child"] if found and _is_pet_name(found["child"]) else None


def named_in(text: str) -> str | None:
    """Who opens the text: a parent called by a child, or the child alone of whom it tells what pupils do."""
    return opening(text) or child_at_opening(text)


def is_child(child: str, kin: str = "妈妈") -> bool:
    """True for what stands before 妈妈 where so a parent is called: a child's name, or a surname alone."""
    if child.isascii():
        return len(kin) > 1 and bool(child)
    if child in lexicon.words("not_children") or _LITTLE.search(child) or names.is_address(child):
        return False
    if len(child) == 1:
        return len(kin) > 1 and names.surname(child) == child
    return names.may_be_full_name(child) or _is_pet_name(child) or _GIVEN.fullmatch(child) is not None


def _is_pet_name(word: str) -> bool:
    return word not in lexicon.words("not_children") and bool(_TWICE.fullmatch(word) or _PET.fullmatch(word))

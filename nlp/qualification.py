"""What a note says of a lead: money, authority, need, and the checkpoints of desire and ability, each yes or no.

Words are looked for clause by clause, the denial before the claim; the last clause that speaks of a thing decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy

_CLAUSE = lazy.regex("[，,。；;！!？?\n]")
_ASKED = lazy.regex("有没有|是否|是不是|能不能|够不够|要不要|问问|问清|打听|不知道|不确定|不清楚|如果|要是|假如")

# fact → (words that say no, words that say yes)
_WORDS: dict[str, tuple[str, str]] = {
    "money": (
        "(?:没有?|无|缺|没什么)(?:预算|钱|资金)|预算(?:不够|不足|有限|紧|砍|被砍|没批|没下来|超了|用完)"
        "|(?:资金|手头|现金流)(?:紧|不足|周转不)|付不起|买不起|超(?:出)?预算",
        "预算(?:已经?|都|也)?(?:批|下来了?|有了?|够|充足|到位|没问题|定了|\\d)|有预算|有钱|资金(?:充足|到位|没问题)"
        "|不差钱|(?:付|交|打)了?(?:定金|订金|预付款|首付)|款项?(?:备好|到位|准备好)",
    ),
    "authority": (
        "(?:做不了|作不了|不能做|说了不算|没法做|没权)主?|(?:他|她)?说了不算|要?(?:请示|上报|汇报|问)(?:一下)?(?:老板|领导|上面|总部|总经理)"
        "|(?:老板|领导|总部|上面|总经理|董事会)(?:才能|来)?(?:拍板|决定|定|审批|点头|签字)|(?:要|得|需)(?:走)?(?:审批|招标)",
        "(?:他|她|本人|自己)?(?:能|可以)?(?:拍板|做主|作主|说了算|一个人定|自己定|决定)|有决定权|有决策权|(?:他|她)就是老板|是老板",
    ),
    "need": (
        "(?:没有?|暂无)需求|不需要|用不上|用不着|暂时不(?:买|要|考虑)|不考虑|不打算|已经(?:买了|订了|定了别家)|库存还(?:多|够)|先不(?:买|要)",
        "急需|急用|急着要|需要|有需求|想(?:买|要|订|采购|换)|打算(?:买|采购|换|订|上)|计划(?:采购|买|上)|要(?:采购|订货|下单|补货|进货|一批)|缺货|等着用",
    ),
    "interest": (
        "(?:不|没)(?:太|怎么)?(?:感兴趣|有?兴趣)|没(?:什么)?兴趣|敷衍|爱答不理|不想(?:听|聊|看|了解)",
        "(?:很|挺|蛮|比较)?感兴趣|有兴趣|想(?:了解|看看|试试|听听)|主动(?:问|联系|来问|找)|要(?:资料|样品|目录|样本)|追着问",
    ),
    "involvement": (
        "不(?:谈|聊|问)(?:价|条款|合同)|不肯(?:谈|细聊)",
        "(?:谈|聊|商量|讨论|问)了?(?:一下)?(?:价|价格|合同|条款|账期|付款|交期|折扣|细节)|议价|砍价|还价|讨价还价|要(?:了)?(?:报价|合同)|改合同|账期",
    ),
    "fit": (
        "不(?:太)?(?:合适|适合|符合|匹配|对口)|规格不对|达不到|满足不了|型号不对|不对路",
        "(?:很|正|挺|比较|都)?(?:合适|适合|符合要求|满足要求|匹配|对口)|样品(?:通过|合格|没问题)|试用(?:通过|满意)|规格对",
    ),
    "trust": (
        "不(?:太)?(?:放心|信任|相信|认可)|信不过|怀疑|担心(?:质量|品质|售后|交期)|怕(?:质量|坏|出问题)",
        "(?:很|比较)?(?:放心|信得过|认可)|信任|信赖|质量(?:没的说|没问题|很好|过硬|认可)|口碑好|朋友推荐",
    ),
    "liking": (
        "(?:不想|懒得)理|态度(?:差|冷|不好)|很冷淡|没好脸色|反感|挂(?:了)?(?:我)?电话",
        "聊得(?:来|很?好|开心|投机)|关系(?:好|不错|很铁|熟)|老朋友|老乡|一起吃饭|请(?:我|他|她)?吃饭|很热情|态度好|喝了?茶",
    ),
    "credit": (
        "(?:信誉|信用)(?:差|不好)|(?:经常|老是?|总是?|一直)(?:拖款|拖欠|欠款|拖着)|拖欠|老赖|赖账|跑路|被执行|失信",
        "(?:信誉|信用)(?:好|不错|没问题)|付款(?:及时|爽快|准时|快|很好)|从不拖欠|不拖款|回款快",
    ),
    "payment_plan": (
        "(?:不肯|不愿意?|拒绝)(?:预付|付定金|付款)|付款(?:方式|条件)?(?:谈不拢|没谈拢|没定)",
        "分期|月结|季结|货到付款|款到发货|预付\\d|预付(?:款|三成|一半)|(?:付|交|打)了?(?:定金|订金)|付款(?:方式|计划)(?:定|谈好|确定|没问题)|账期\\d",
    ),
}
FACTS = tuple(_WORDS)
_PATTERNS = {fact: (lazy.regex(no), lazy.regex(yes)) for fact, (no, yes) in _WORDS.items()}
_DECIDER = lazy.regex(
    "总经理|董事长|老板|法人|创始人|合伙人|(?<!副)厂长|院长|(?<!副)校长|店主|总裁|CEO|(?<!助理)总监$|负责人$|老总"
)
_NO_DECIDER = lazy.regex("助理|秘书|文员|前台|实习|采购员|业务员|跟单|内勤|司机|会计|出纳|仓管|专员")
_CHIEF = lazy.regex("^[\u4e00-\u9fff]{1,2}总$|老板$|董事?长?$")


@dataclass(frozen=True, slots=True)
class Told:
    """What a note says of one thing, and the words that say it."""

    answer: bool
    words: str


def told(text: str) -> dict[str, Told]:
    """What the note says of each of FACTS; what it leaves open is left out.

    >>> told("预算已批，但要老板拍板，急需一批螺栓")["money"]
    Told(answer=True, words='预算已批')
    >>> {fact: one.answer for fact, one in told("没预算，他自己能拍板").items()}, told("有没有预算")
    ({'money': False, 'authority': True}, {})
    """
    found: dict[str, Told] = {}
    for clause in _CLAUSE.split(text):
        if not clause.strip() or _ASKED.search(clause):
            continue
        for fact, (no, yes) in _PATTERNS.items():
            denial = no.search(clause)
            if denial or yes.search(clause):
                found[fact] = Told(denial is None, clause.strip()[:20])
    return found


def decides(name: str, title: str | None) -> bool | None:
    """Whether who is called so and has this title decides by himself; None when neither says it.

    >>> decides("王总", None), decides("张伟", "采购员"), decides("张伟", "采购经理"), decides("李雷", "总经理")
    (True, False, None, True)
    """
    if title and _NO_DECIDER.search(title):
        return False
    if (title and _DECIDER.search(title)) or _CHIEF.search(name):
        return True
    return None

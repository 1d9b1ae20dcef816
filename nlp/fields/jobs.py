"""Which words are a job or a department."""

import re
from functools import cache

from nlp import lazy, lexicon, names
from nlp.fields import pieces

DEPARTMENTS = (
    "设备|采购|招采|物资|信息|药剂|总务|后勤|教务|德育|工程|财务|行政|人事|市场|销售|技术|生产|品管|品质|质量|仓储|企划"
    "|运营|物流|研发|客服|法务|外贸|业务|项目|综合|办公|基建|招商|宣传|人力资源|检验|麻醉|放射|护理"
)
_TITLE_MODIFIERS = r"[一-鿿A-Za-z]{0,6}?"
_NO_TITLE = lazy.regex("[要想说叫找让了的]|公司|集团|问(?!$)")


def is_department(words: str) -> bool:
    """True for a department alone: 检验科, 采购部."""
    return re.fullmatch(f"(?:{DEPARTMENTS})(?:部|科|处|室|办|中心|组)", words) is not None


def of_department(words: str) -> tuple[str, str] | None:
    """The department and the person of 教务处方主任, or None."""
    match = re.fullmatch(f"(?P<dept>(?:{DEPARTMENTS})(?:部|科|处|室|办|中心|组))的?(?P<who>.+)", words)
    return (match["dept"], match["who"]) if match and names.looks_like_name(match["who"]) else None


@cache
def _title() -> re.Pattern[str]:
    word = lexicon.alternatives("titles")
    return re.compile(rf"(?:{_TITLE_MODIFIERS}{word}(?:兼|/|&|、|和|及)?){{1,4}}(?:助理|代理)?", re.I)


def is_title(words: str) -> bool:
    """True when the words are a job: 采购经理, 董事长兼CEO."""
    if pieces.ENGLISH_JOB.fullmatch(words):
        return True
    if words in lexicon.words("titles"):
        return True
    if not 1 < len(words) <= 10 or _NO_TITLE.search(words) or _TOLD_WITH.match(words) or _ENDS_CALL.search(words):
        return False
    return not _of_house(words) and _title().fullmatch(words) is not None


_TOLD_WITH = lazy.regex(
    "新[来换任到调上聘招进增加]|一[个位名]|[做其该写个位刚这那他她它我你是]|[现原前][任在来]|人是|应该|就是|改|换了?"
)
_ENDS_CALL = lazy.regex(
    "[部处科室办院校厂店].(?:老师|师傅|总|姐|哥|工)$|..[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁马苗方俞任袁柳唐罗薛雷贺汤]师傅$|(?<=.)(?:女士|先生|小姐)$"
)
_HOUSE = lazy.regex(
    "^..+(?:医院|学校|机构|[中小大]学|公司|酒店|超市|集团|银行|幼儿园|餐厅|会所|合作社|事务所|工作室|[厂院馆店])"
)


def _of_house(words: str) -> bool:
    """True for 少儿英语机构校长: a house stands before the job."""
    jobs = lexicon.words("titles")
    return any(words[at:] in jobs and _HOUSE.fullmatch(words[:at]) for at in range(3, len(words) - 1))


_LETTERS = lazy.regex(
    "(?i)(?<![a-z])(?:[sae]?vp|c[etofimrsp]o|hr(?:bp|d|m)?|it|pmc?|gm|bd|qa|qc|sqe|pr|r&d|kol|mcn|ae|am)(?![a-z])"
)


def spelled(title: str | None) -> str | None:
    """VP for vp: such letters are written large."""
    return _LETTERS.sub(lambda match: match.group().upper(), title) if title else title


_LATIN_WORDS = lazy.regex(r"[A-Za-z&/ .'’-]+")
_LATIN_JOB = lazy.regex(
    r"(?i)\b(?:\w*manager|director|buyer|head|lead(?:er)?|chief|president|founder|owner|boss|partner|engineer|technician|architect"
    r"|developer|designer|planner|officer|assistant|secretary|executive|supervisor|specialist|coordinator|consultant|analyst"
    r"|advis[eo]r|representative|rep|agent|merchandiser|purchas\w+|procurement|sourcing|accountant|controller|treasurer|auditor"
    r"|sales|marketing|operations|logistics|finance|teacher|professor|lecturer|principal|dean|doctor|nurse|pharmacist|chef|captain"
    r"|trader|broker|dealer|editor|producer|chair\w*|trainer|coach|operator|staff|clerk|admin\w*|receptionist|cashier|driver|md|[sae]?vp|bd|po)\b"
)


_STATE = lazy.regex(
    "个体(?:户|工商户|经营)?|[小大]规模(?:纳税人)?|一般纳税人|(?:在读)?(?:大学生|应届(?:毕业)?生)|待业|失业|无业|退休|灵活就业|自雇"
)


def may_be_title(words: str) -> bool:
    """False for English words that name no post (voice, prefers) and for a state; other words may be one.

    >>> may_be_title("IT Director"), may_be_title("CTO"), may_be_title("prefers"), may_be_title("个体户")
    (True, True, False, False)
    """
    if _STATE.fullmatch(words):
        return False
    if not _LATIN_WORDS.fullmatch(words) or re.fullmatch("[A-Z&]{2,5}", words) or _LETTERS.search(words):
        return True
    return _LATIN_JOB.search(words) is not None

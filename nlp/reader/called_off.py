"""How words call a task off: 取消 …, … 取消了, 那条删掉, 不去了; and whether a task is named in them."""

from nlp import lazy

_PLEASE = r"(?:请|麻烦|帮我|帮忙|给我|把|将)*"
OFF_FIRST = lazy.regex(
    rf"^\s*{_PLEASE}(?:取消|撤销|撤掉|撤了|去掉|删掉|删除|删了|停掉|不要)(?!了)(?:一?下|掉)?(?P<what>.+?)(?:了|吧|。|!)*$"
)
_GO = (
    r"(?:(?:给|跟|和|找)[^,，。;；]{1,6}?)?"
    r"(?:去|来|过来|打(?:电话|给)?|办|做|送|寄|发|跑|见|约|管|拜访|联系|跟进|回访|过去|上门|开)"
)
OFF_LAST = lazy.regex(
    r"(?:(?:给我|先|就|都|也|已经?|临时|又){0,6}(?:取消|撤销|作废|泡汤|黄|免|算|撤)(?:掉|吧|了){1,6}|取消"
    r"|(?<=[那这][个条件])(?:提醒|任务|待办)?(?:给我|帮我|先|就|都){0,6}(?:删除?|去|停)(?:掉|了)+"
    r"|(?<=提醒|任务|待办|闹钟)(?:给我|帮我|先|就|都){0,6}删除?(?:掉|了)+"
    rf"|(?:就|都|也|先|我){{0,6}}(?P<visit>(?:不用|不必|不需要|用不着|甭|别)(?:再)?{_GO}|(?:不用|不必|不需要|用不着)再?[问催盯追聊]|不(?:再)?(?:去|见|约|拜访|上门)|[去见]不[成了]|不要(?=[^了,，。]{{2,6}}了))"
    r"(?P<whom>[^,，。;；]{0,6}?)了|(?:先|就|都|也){1,6}不(?:打|寄|送|发|交|写|约)了"
    r"|(?:先|就|都){0,6}(?:不[办做开要]|[约开办]不[成了])了"
    r"|(?<!提醒)(?<!任务)(?<!待办)(?<!闹钟)(?:先|就|都)*不用了)[吧哈啊。!！ ]*$"
)
EVERY = lazy.regex("所有|全部|全都|一切|每[个条件]")
ALL = lazy.regex(f"{EVERY.pattern}|都")
TASK = lazy.regex("提醒|任务|待办|闹钟|日程|安排|行程")
NAMES_TASK = lazy.regex(rf"{TASK.pattern}|那[个条件次]|这[个条件次]")
UNWANTED = lazy.regex(
    rf"^\s*{_PLEASE}不要(?!了)|不要[^了,，。]{{0,6}}了[吧哈啊。!！ ]*$"
    r"|^(?!.*(?:[那这][个条件次趟]|[今明后]天|[周号点]))[^,，。]*不用了[吧哈啊。!！ ]*$"  # 发票不用了
)
REASON = lazy.regex(
    r"取消了(?=[^,，。;；!！\s]{0,6}(?:有事|没空|没时间|出差|生病|感冒|发烧|临时|来不了|去不了|不方便|加班|开会|住院|请假|不舒服|走不开)"
    r"[^,，。;；!！\s]{0,4}$)"
)  # 看房取消了赵敏有事: the reason follows
OWN = lazy.regex("(?:就|都|也|先|再){0,6}(?:不(?!用|必|需)|[去见约开办来]不[成了])")
_BESIDE = lazy.regex("[跟和与同给找对陪帮替约见]$")


def is_doer(before: str, called: str) -> bool:
    """True when the customer stands where the one who does it stands: 孙丽不去了, not 孙丽那不去了 nor 跟孙丽不约了."""
    said = before.strip()
    return said.endswith(called) and not _BESIDE.search(said[: -len(called)].rstrip())


def is_of_goods(words: str) -> bool:
    """True for what may be said of goods: 样品不要了, and not 那个提醒不要了."""
    return UNWANTED.search(words) is not None and TASK.search(words) is None

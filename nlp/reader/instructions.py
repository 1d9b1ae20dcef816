"""Commands in words that change what is stored: 取消张经理下周二的提醒, 把朱杰转给小周.

No note and no reminder is made of them, and nothing is changed on a guess: they are asked about.
"""

from nlp import lazy, names
from nlp.reader import contacts, cues
from nlp.reader.reading import Message, Reading

LONGEST = 40
_PLEASE = r"^(?:请|麻烦|帮我|帮忙|给我|我要|我想)*\s*"
_STORED = (
    "提醒|任务|待办|闹钟|日程|回访|拜访|早卡|早报|日报|周报|推送|免打扰|静音|笔记|记录|标签|备注|生日|电话|手机号?"
    "|公司|职位|姓名|名字"
    "|资料|订单|那单|这单|客户|[这那上]一?[条个笔单]|刚才|刚刚"
)
_UNDO = lazy.regex(rf"{_PLEASE}(?:撤销|撤回|撤消|取消|反悔)(?:一下|掉|吧|上一步|上一条|操作)?[。! ]*$")
_CANCEL = lazy.regex(
    rf"{_PLEASE}(?:取消|撤销|撤回|撤消|去掉|停掉|停止|关掉|关闭"
    rf"|不要)(?!了)[^,,。;;]{{0,20}}(?:{_STORED})[^,,。;;]{{0,6}}$"
)
_DELETE = lazy.regex(rf"{_PLEASE}(?:删除|删掉|删了|删去|移除|清空)[^,,。;;]{{0,20}}$")
_WITH = lazy.regex(
    rf"{_PLEASE}(?:把|将)[^,,。;;]{{0,16}}(?:{_STORED})[^,,。;;]{{0,4}}(?:取消|删|撤|推|延|挪|移|调|改|换|提前|停|关)"
    r"(?:[^,,。;;]{0,16})$"
)
_MOVE = lazy.regex(
    rf"{_PLEASE}[^,,。;;说让]{{0,16}}(?:提醒|任务|待办|闹钟|早卡)(?:时间)?(?:都|先|给我)?(?:取消|删|撤|推|延|挪|移"
    rf"|改|提前)"
    r"[^,,。;;]{0,12}$"
)
_GONE = lazy.regex(rf"{_PLEASE}(?:把|将)(?P<what>[^,,。;;]{{1,12}}?)(?:删|移除|撤)(?:除|掉|了|回|销)?[吧。! ]*$")
_HAND = lazy.regex(
    rf"{_PLEASE}(?:把|将)(?P<what>[^,,。;;]{{1,12}}?)(?:都|全)?(?:转|移交|交|分|派|划|让)(?:给"
    rf"|到)(?!了)[^,,。;;了]{{1,8}}$"
)


def meant(message: Message) -> Reading | None:
    """A command to cancel, move, delete or hand over, as unclear; None for anything told."""
    text = message.body.strip()
    if len(text) > LONGEST or message.contact or cues.NOTE.match(text) or cues.DONE.search(text):
        return None
    if contacts.read(message):  # 把朱杰的公司改成无锡大河 is news of him
        return None
    plain = any(pattern.match(text) for pattern in (_UNDO, _CANCEL, _DELETE, _WITH, _MOVE))
    if not plain and not _of_person(text, message):
        return None
    who = message.who
    candidates = (who.known,) if who.known else who.candidates
    return Reading("unclear", candidates=candidates, note=message.text, ask="instruction", confidence=0.3)


def _of_person(text: str, message: Message) -> bool:
    """True for 把朱杰转给小周, 把朱杰删了: what is handed over is a customer and no paper."""
    match = _HAND.match(text) or _GONE.match(text)
    if not match:
        return False
    what = match["what"].strip()
    return what == message.who.words or names.is_full_name(what) or names.is_address(what) or "客户" in what

"""Money that we gave a customer, as a compensation or back: 医药费转给她了428, 赔了他200, 退给她500. It is no sale."""

from __future__ import annotations

import re

from nlp import lazy, when
from nlp.reader import cues, owed
from nlp.reader.goods import QUANTITY
from nlp.reader.reading import Message

_CUSTOMER, _SUM = owed.CUSTOMER, owed.SUM
_LONGEST = 60  # characters
_HIM = f"(?:{_CUSTOMER}|[他她您]们?|人家|客户|对方)"
_SOME = "(?:[^,，。;；¤]{0,8})"
_MADE_GOOD = lazy.regex(
    f"(?<![理不])(?:赔(?:偿|付|补)?|补偿|补贴|报销|垫付|慰问){_SOME}{_SUM}|{_SUM}(?:块钱?|元)?[^,，。;；]{{0,6}}(?:赔(?:偿|付)?|补偿|报销)"
    rf"|{_SUM}[^,，。;；]{{0,4}}(?:是|算|当)?(?:我们?)?(?:赔|补偿|报销)"
)
_GAVE = "(?:转账?|打款?|付|退|退还|退回|返|返还|还|汇|补|发红包)"
_TO_HIM = lazy.regex(
    f"(?<![我咱]){_GAVE}[给了回还]*{_HIM}(?:了|过去|回去|的|[: ])*{_SUM}"
    f"|{_SUM}(?:块钱?|元|也|都|已经?|[ ,，])*{_GAVE}(?:了|回|还)*给?(?:了)?{_HIM}(?:了|[。!！ ]*$)"
    f"|(?:给|向|跟){_HIM}(?:又|已经?|先|也|再)*(?:转|打|退|返|汇|补)(?:账|款|了|过去|回去|还)+[^,，。;；¤]{{0,4}}{_SUM}"
)
_SOLD = lazy.regex("退货|退款|退单|退订|[那这]单|的货|换货|[订买拿签进续]了|成交|提成|发票|定金|订金|预[收付]|货款")
_OPEN = lazy.regex("[?？吗]|提醒|记得|别忘|要求|想让?|如果|要是|可能|威胁")


def is_told(message: Message) -> bool:
    """True where nothing else was sold, and we are told to have given a sum to the customer.

    Whether it is done or only promised, it is a note; a reminder is what asks for one.
    """
    body = message.body
    if len(body) > _LONGEST or body.startswith("/"):
        return False
    signed = _signed(message)
    if _OPEN.search(signed) or _SOLD.search(signed) or cues.ORDER.search(signed) or QUANTITY.search(signed):
        return False
    return _MADE_GOOD.search(signed) is not None or _TO_HIM.search(signed) is not None


def _signed(message: Message) -> str:
    """The words with a sign for the name and for each sum; times are left out."""
    signed, _ = owed.signs(message.body, message.who.words, when.find(message.body, message.now))
    return re.sub(f"{_SUM}(?:块钱?|元)?", _SUM, signed)

"""What a customer does again and again (孙丽每周一休息, 李娜除了周一都在店里): a note, for none of it is ours to do."""

from __future__ import annotations

from nlp import lazy
from nlp.reader import cues
from nlp.reader.reading import Message

LONGEST = 40  # characters
_EACH = "每(?:个)?(?:天|日|周|月|年|季度?|星期|礼拜|工作日|晚|早|逢)"
_DAY = (  # as many as follow: what they leave to the repeats behind could be read in many ways
    "(?:周|星期|礼拜)[一二三四五六日天末]"
    "(?:(?:[、和到至]?[一二三四五六日天])*[、和到至]?(?:周|星期|礼拜)[一二三四五六日天])*+"
)
_WHEN = rf"(?:(?:{_EACH}|{_DAY}|逢)(?:[一二三四五六日天末底初中\d号、和到至点半早中下上晚午前后以]|最后)*)"
_USUALLY = "(?:都|才|一般|通常|基本上?|大多|总是?|老是|固定|经常|常|只|雷打不动)"
_GOES = "去(?!拜访|回访|看|见|送|收|催|一[次趟]|他|她|拿)"
_IS_THERE = (
    "(?:不?在(?!线|网上)|休息?(?=$|[,，。 ])|不?(?:上班|下班|值班|营业)|[开关]门|收工|收摊|出摊|有空|没空"
    "|没时间|不?方便|很?忙|[开有][^,，。 我]{0,3}会(?=$|[,，。 ])|进货|盘[点货库](?=$|[,，。 ])|跑步|健身"
    f"|跳[舞操]|打(?:球|拳|牌|麻将|太极)|接送?(?:孩子|娃|小孩)|带[孩娃]|吃[素斋]|{_GOES}"
    "|出差|睡|午休|遛狗|钓鱼|游泳|上课)"
)
_HABIT = lazy.regex(
    rf"^(?:那边|家|店里|公司|一般|通常|平时|是|说)*(?:{_WHEN}|除了?{_WHEN}(?:以外|之外|外)?|{_WHEN}(?:除外|以外|之外))"
    rf"(?:[、和,，]?{_WHEN}(?:[,，]?{_WHEN})*)?(?:{_USUALLY})*[^,，。 ]{{0,4}}?"
    rf"(?:{_IS_THERE}|(?<=才)[^,，。 ]|(?<=只)[^,，。 ]|(?<=一般)[^,，。 ])"
)
_AGAIN = lazy.regex(rf"{_EACH}|{_USUALLY}|(?:周|星期|礼拜)[一二三四五六日天末].*[一二三四五六日天](?!点)|逢")
_EXCEPT = lazy.regex(rf"(?:除了?{_WHEN}(?:以外|之外|外)?|{_WHEN}(?:除外|以外|之外)).{{0,6}}(?:都|全|每天|天天)")
_OURS = lazy.regex("我|咱|提醒|记得|别忘|送货|寄|催|回访|拜访")


def is_told(message: Message) -> bool:
    """True where the known customer is the one who does it and we are asked for nothing."""
    words, body = message.who.words, message.body.strip().lower()
    if message.who.known is None or not words or len(body) > LONGEST or not body.startswith(words):
        return False
    rest = body[len(words) :].strip()
    if cues.REMIND.search(body) or _OURS.search(rest):
        return False
    habit = _HABIT.match(rest)
    return (habit is not None and _AGAIN.search(habit.group()) is not None) or _EXCEPT.match(rest) is not None

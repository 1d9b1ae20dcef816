"""Which things of a numbered list a reply speaks of, and what it says of them: 第二个取消了, 1改到四点, 1和3做完了."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy
from nlp.when import numerals

_DEED = "改|取消|推|延|挪|换|提前|完|做|办|搞|弄|好了|不|已|处理|联系|打|发|寄|送|祝|约|ok|OK"
_PLACE = lazy.regex(
    r"\s{0,8}(?:第\s?(?P<of>[一二两三四五六七八九十]|\d{1,2})\s?[个件条项位]?(?!次|天|周|年|月|季)"
    rf"|(?P<bare>\d{{1,2}})\s?(?:[.、:：，,]\s?|\s|(?={_DEED})))(?:的?(?:那个|那件|事))?(?P<rest>.+)"
)
_DONE = lazy.regex(
    "(?:我|已经?|都|也|全){0,6}(?:完成|[做办弄搞忙](?:完|好|定|妥)|搞定|处理[完好]?|联系|打|发|寄|送|交|回|见|去|好|ok|OK|完|结束)"
    "(?:完|好|出去|过去)?[了过]+"
)
_FINISHED = lazy.regex(
    "(?!收到|[知看听想]到|[没不还别未快等])(?:我|已经?|都|也|全|刚|今天|早就|那个|这个){0,6}(?:完成|搞定|办妥|做好|[好完]了|(?i:ok)了"
    "|[写看填做办弄搞开报交发寄送打拜问催签拿取收装谈讲聊说付买吃测修洗备核对查盘录存约][一-鿿]?(?:完|好|过|掉|妥|出去|到)了?"
    "|[写看填做办弄搞开报交发寄送打问催签拿取装谈讲聊说付买吃测修洗查盘录存约去见]了)"
)
_THING = r"(?:第\s?(?:[一二两三四五六七八九十]|\d{1,2})|\d{1,2})\s?[个件条项]?"
_NEXT = lazy.regex(rf"(?<![\s,，;；。\n])[\s,，;；。\n]+(?={_THING}\s?(?:{_DEED}))")
_SEVERAL = lazy.regex(
    rf"\s{{0,8}}(?P<all>{_THING}(?:\s?(?:[和、,，及跟]|\s)\s?{_THING}){{1,6}})\s{{0,8}}(?:都|全|也){{0,4}}(?P<rest>(?:{_DEED}).*)"
)
_NUMBER = lazy.regex(r"\d{1,2}|[一二两三四五六七八九十]")
_GREETED = lazy.regex(
    "(?:[他她]的?|那[个条]|这[个条])?(?:生日)?(?:的)?祝(?:福|贺)(?:语|短信|消息|微信)?(?:我|已经?|都|也){0,6}(?:[发送说]?(?:过去|出去)?[了过]+|已发|已送)"
    "|(?:我|已经?|都|也){0,6}(?:给[他她]|跟[他她])?(?:[发送说]过?了?生日?祝福了?|祝[福贺]?[过了]+)(?:[他她])?(?:生日)?(?:快乐)?了?"
)
_END = lazy.regex(r"[\s,，。.!！~吧啊哈]*")
_BORDER = lazy.regex(rf"^{_END.pattern}|{_END.pattern}$")


@dataclass(frozen=True, slots=True)
class Told:
    """`place` counts from 1, None where no number is said; `rest`: what is said of the thing."""

    place: int | None
    rest: str

    @property
    def is_done(self) -> bool:
        """True where it begins with saying that it is done."""
        return _DONE.match(self.rest) is not None

    @property
    def is_finished(self) -> bool:
        """True where it says, in whatever verb, that the one thing is done: 写完了, 看过了, 完成."""
        return _FINISHED.match(self.rest) is not None

    @property
    def more(self) -> str:
        """What is said behind that it is done; all of it where nothing says so."""
        ends = (said.end() for said in (_DONE.match(self.rest), _FINISHED.match(self.rest)) if said is not None)
        return _BORDER.sub("", self.rest[max(ends, default=0) :])

    @property
    def is_greeted(self) -> bool:
        """True where nothing is said but that the greeting was sent."""
        said = _GREETED.match(self.rest)
        return said is not None and _END.fullmatch(self.rest[said.end() :]) is not None


def read(text: str) -> Told:
    """The number that the text opens with, and the rest.

    >>> read("第二个取消了 她感冒"), read("1改到四点").place, read("祝福发过了").is_greeted
    (Told(place=2, rest='取消了 她感冒'), 1, True)
    """
    plain = numerals.plain(text).strip()
    found = _PLACE.fullmatch(plain)
    if found is None:
        return Told(None, plain)
    return Told(numerals.integer(found["of"] or found["bare"]), found["rest"].strip())


def read_each(text: str) -> tuple[Told, ...]:
    """What is said of each thing where several are told of; () otherwise.

    >>> [(one.place, one.rest) for one in read_each("1完成 2推迟到周一上午10点")]
    [(1, '完成'), (2, '推迟到周一上午10点')]
    >>> [(one.place, one.rest) for one in read_each("1和3做完了")], read_each("1改到四点")
    ([(1, '做完了'), (3, '做完了')], ())
    """
    found: list[Told] = []
    plain = numerals.plain(text).strip()
    whole = _SEVERAL.fullmatch(plain)
    for piece in [plain] if whole is not None and not _NEXT.search(whole["rest"]) else _NEXT.split(plain):
        several = _SEVERAL.fullmatch(piece)
        if several is not None:
            places = [numerals.integer(number) for number in _NUMBER.findall(several["all"])]
            found += [Told(place, several["rest"].strip()) for place in places]
        else:
            found.append(read(piece))
    return tuple(found) if len(found) > 1 and all(one.place is not None for one in found) else ()

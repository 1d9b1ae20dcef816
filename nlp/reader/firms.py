"""Whether a firm that is told is the one that somebody known is of."""

from nlp import firm_people, lazy, names, numbered_firms
from nlp.fields import Fields, places
from nlp.reader import customers, workplaces
from nlp.reader.customers import COMPANY, Known
from nlp.reader.reading import Message

_OF_FIRM = lazy.regex("公司|单位|名称|全称|抬头|东家|改|换|更")


def says_who(company: str | None, known: Known, text: str) -> bool:
    """True for the firm that he is known to be of, where nobody speaks of its name: 美达五金 王总 ….

    company: the firm that was read, if any
    """
    if not (company and known.company) or _OF_FIRM.search(text.replace(company, "")):
        return False
    return same(company, known.company)


def same(one: str, other: str) -> bool:
    """True where both may be the same firm: one says it shorter, and no other city is named."""
    places_of = places.region_of(one), places.region_of(other)
    if all(places_of) and places_of[0] != places_of[1]:
        return False
    if numbered_firms.is_short_of(one, other):
        return True
    return bool(names.company_forms(one) & names.company_forms(other)) or one in other or other in one


def tell(text: str, found: Fields) -> None:
    """Puts in the name and the firm of who is told of by his firm: 新加一个客户 仁爱医院设备科王科长 想试用."""
    _tell_house(text, found)
    workplaces.tell(text, found)


def _tell_house(text: str, found: Fields) -> None:
    told = firm_people.told(text)
    if told is None or told.person is None or not told.is_house:
        return
    found.name = found.name or told.person
    family = names.surname(told.person.lstrip("老小"))
    if found.name != told.person and (family is None or names.surname(found.name.lstrip("老小")) != family):
        return
    at = text.find(told.firm) + len(told.firm)
    to = text.find(told.person, at)
    if found.company is None and to >= at and _NOT_HIS.search(told.firm + text[at:to]) is None:
        found.company = told.firm


_NOT_HIS = lazy.regex(r"[\s,，。;；]|隔壁|旁边|对面|开")


def of_known(message: Message, found: Fields) -> None:
    """Puts in the firm of a known customer that the message names, for a newcomer of it."""
    if found.name and found.company is None:
        tell(message.body, found)
    who = message.who
    if who.words and _ESTATE.match(message.body.partition(who.words)[2]):
        return
    denied = who.words and _NOT_THERE.search(message.body[: max(0, message.body.find(who.words))])  # 不是云栖的
    if (
        found.company is None
        and who.words
        and not denied
        and ((who.stranger and who.candidates) or who.strength == COMPANY)
    ):
        found.company = who.words
        return
    if found.company is None and (words := customers.company_named(message.body, message.known)):
        before = message.body[: message.body.lower().find(words)]
        after = message.body[message.body.lower().find(words) + len(words) :]
        if not _INTRODUCED.match(after) and not _ESTATE.match(after) and not _NOT_THERE.search(before):
            found.company = words


_NOT_THERE = lazy.regex("(?:不是|不在|并非|不属于|没在|别跟|不同于|区别于|跟|和|与|同)$")
_ESTATE = lazy.regex(
    r"旁边|隔壁|对面|附近|楼下|门口|花园|小区|家园|[苑城湾府园里]?[一二三四五六七八九十]?期?\d{1,6}[栋幢号座单]"
)  # 锦绣花园6栋 is no firm
_INTRODUCED = lazy.regex(r"[^,，。;；\s]{0,6}(?:介绍|推荐|转|给的|朋友|闺蜜|同学|战友|亲戚|邻居|[表堂][弟哥姐妹]|老乡)")

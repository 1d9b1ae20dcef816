"""Whether a firm that is told is the one that somebody known is of."""

from nlp import lazy, names
from nlp.fields import places
from nlp.reader.customers import Known

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
    return bool(names.company_forms(one) & names.company_forms(other)) or one in other or other in one

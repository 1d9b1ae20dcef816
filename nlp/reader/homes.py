"""Where a new customer's house or flat is: 绿城桂花园3栋1202 is his address and no firm of his."""

from nlp import lazy
from nlp.fields import Fields, addresses

_ROLE = lazy.regex("(?<![一-鿿])(业主|户主|房东|租客)\\s?$")
_NO_POSTS = ("业主", "户主")  # what he is because he has a home


def tell(text: str, found: Fields) -> None:
    """Puts the address in; a firm that is nothing but a house number's is none, nor is 业主 a post."""
    if found.title in _NO_POSTS:
        found.title = None
    if found.name and (role := _ROLE.search(text[: max(text.find(found.name), 0)])) and role[1] not in found.note:
        found.note = f"{role[1]} {found.note}".strip()  # 业主周太: what he is to us stays to be read
    if found.company and addresses.is_house(found.company):
        found.address, found.company = found.company, None
        return
    where = addresses.of_house(text)
    found.address = where if where and where not in (found.company or "") else None

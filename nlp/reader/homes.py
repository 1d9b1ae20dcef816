"""Where a new customer's house or flat is: 绿城桂花园3栋1202 is his address and no firm of his."""

from nlp.fields import Fields, addresses

_NO_POSTS = ("业主", "户主")  # what he is because he has a home


def tell(text: str, found: Fields) -> None:
    """Puts the address in; a firm that is nothing but a house number's is none, nor is 业主 a post."""
    if found.title in _NO_POSTS:
        found.title = None
    if found.company and addresses.is_house(found.company):
        found.address, found.company = found.company, None
        return
    where = addresses.of_house(text)
    found.address = where if where and where not in (found.company or "") else None

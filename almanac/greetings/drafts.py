"""The library of drafts: one TSV file per occasion in `data/`, each line an id, a relation, a tone and a text."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

Relation = Literal["business", "friend", "partner"]
RELATIONS: tuple[str, ...] = get_args(Relation)
TONES = ("steady", "warm", "light")
FIELDS = frozenset({"称呼", "公司", "团队", "签名"})
REQUIRED_FIELD = "称呼"
FIELD = re.compile(r"\{([^{}]*)\}")
DATA = Path(__file__).parent / "data"
# A copy button of Telegram holds 256 characters; a text leaves room for the address and the signature.
# Source: Bot API, CopyTextButton.
LONGEST_TEMPLATE = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One text with fields {称呼} {公司} {团队} {签名}; `draft_id` is occasion-number and never changes its meaning.

    {团队} is who greets inside a sentence; {签名}, team and rep, ends a text that signs itself.
    """

    draft_id: str
    occasion: str
    relation: Relation
    tone: str
    text: str


class BadTemplate(ValueError):
    """A template that cannot be filled.

    `code` is empty, missing_field, unknown_field, stray_brace or too_long; `field` names the field.
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code}: {field}" if field else code)
        self.code = code
        self.field = field


def check_template(text: str) -> None:
    """Return when a team's own template can be filled for any customer.

    Raises: BadTemplate when it is empty or over 200 characters, has no {称呼}, an unknown field or a brace on its own.
    """
    if not text.strip():
        raise BadTemplate("empty")
    for field in FIELD.findall(text):
        if field not in FIELDS:
            raise BadTemplate("unknown_field", field)
    if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
        raise BadTemplate("stray_brace")
    if "{" + REQUIRED_FIELD + "}" not in text:
        raise BadTemplate("missing_field", REQUIRED_FIELD)
    if len(text) > LONGEST_TEMPLATE:
        raise BadTemplate("too_long")


def _parse(occasion: str, line: str) -> Draft:
    number, relation, tone, text = line.split("\t")
    if relation not in RELATIONS or tone not in TONES:
        raise BadTemplate("unknown_field", f"{occasion}-{number} {relation} {tone}")
    check_template(text)
    return Draft(f"{occasion}-{number}", occasion, cast(Relation, relation), tone, text)


@functools.cache
def all_drafts() -> tuple[Draft, ...]:
    """Return every draft of the library, by occasion, in the order of the files.

    Raises: BadTemplate for a line of a data file that cannot be used.
    """
    found = []
    for path in sorted(DATA.glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [_parse(path.stem, line) for line in lines if line and not line.startswith("#")]
    return tuple(found)


def occasions() -> frozenset[str]:
    """Return the occasions that have drafts: birthday and codes of festivals."""
    return frozenset(draft.occasion for draft in all_drafts())


@functools.cache
def _by_key() -> dict[tuple[str, str], tuple[Draft, ...]]:
    grouped: dict[tuple[str, str], tuple[Draft, ...]] = {}
    for draft in all_drafts():
        key = (draft.occasion, draft.relation)
        grouped[key] = (*grouped.get(key, ()), draft)
    return grouped


def find(occasion: str, relation: Relation) -> tuple[Draft, ...]:
    """Return the drafts of an occasion for a relation, none when the occasion has none."""
    return _by_key().get((occasion, relation), ())

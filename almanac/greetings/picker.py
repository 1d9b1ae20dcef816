"""Choosing a draft and filling it for one customer, so that it fits one copy button and was not sent to him before."""

import random
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from almanac.greetings import addresses, drafts
from almanac.greetings.drafts import Draft, Relation

# Source: Bot API, CopyTextButton: 1-256 characters, counted here as UTF-16 units to be on the safe side.
LONGEST_TEXT = 256
LONGEST_ADDRESS = 20
LONGEST_NOTE = 24  # a longer note is no phrase that a greeting can quote
NOTE_SENTENCES: dict[Relation, tuple[str, ...]] = {
    "business": ("您上次说的“{}”，我一直记着。", "您提过的“{}”，我们放在心上。", "上回您讲到“{}”，我没有忘。"),
    "friend": ("上次聊到的“{}”，我记着呢。", "你说的“{}”，我可没忘。", "对了，“{}”那事我还惦记着。"),
    "partner": ("上次谈到的“{}”，我们一直记着。", "您提到的“{}”，我们放在心上。", "“{}”这件事，我们记在本子上了。"),
}


# A text that ends with who sends it, as the team wrote it, is not signed again.
_SIGNED = re.compile(r"(?:敬上|敬贺|敬祝|恭贺|贺上|拜上|谨上|——\s*[^\n]{1,30}|--\s*[^\n]{1,30})[。！!\s]*$")


class NoDrafts(LookupError):
    """The occasion has no drafts for that relation: it is no day for greetings, or the team has to write one."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A text ready to send, at most 256 characters, and the draft it came from."""

    draft_id: str
    text: str


def length(text: str) -> int:
    """Return the length of a text in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def _shorten(text: str, limit: int) -> str:
    if length(text) <= limit:
        return text
    while text and length(text) > limit - 1:
        text = text[:-1]
    return text + "…" if text else ""


def _fill(text: str, address: str, company: str, house: str, signature: str) -> str:
    """Put the fields in at once: a value that looks like a field stays as it is."""
    values = {"称呼": address, "公司": company, "团队": house, "签名": signature}
    return drafts.FIELD.sub(lambda match: values[match[1]], text)


def _sign(body: str, signature: str) -> str:
    if _SIGNED.search(body):
        return body
    room = LONGEST_TEXT - length(body) - length("\n——")
    signed = _shorten(signature, max(room, 0))
    return f"{body}\n——{signed}" if signed else body


def _polite(text: str) -> str:
    """Words of our own for whom one calls by his post: 您 throughout."""
    return text.replace("你们", "您全家").replace("你我", "我们").replace("你", "您")


def _note_sentence(note: str | None, relation: Relation, rng: random.Random, is_formal: bool) -> str:
    phrase = " ".join((note or "").split()).strip("，。；、！？,.;!? “”\"'")
    sentence = rng.choice(NOTE_SENTENCES[relation])
    sentence = _polite(sentence) if is_formal else sentence
    return sentence.format(phrase) if 0 < length(phrase) <= LONGEST_NOTE else ""


def _usable(pool: Sequence[Draft], company: str, house: str, signature: str) -> list[Draft]:
    lacking = {"{公司}": not company, "{团队}": not house, "{签名}": not signature}
    return [draft for draft in pool if not any(lacking[field] and field in draft.text for field in lacking)]


def pick(
    occasion: str,
    relation: Relation,
    *,
    address: str,
    signature: str,
    rng: random.Random,
    not_these: Collection[str] = (),
    note: str | None = None,
    company: str | None = None,
    house: str = "",
    team: Sequence[Draft] = (),
) -> Greeting:
    """Return a greeting of at most 256 characters, from a draft not among `not_these` while there is another.

    `team` are the team's own drafts: where they have any for the occasion and relation the library is not used. `note`
    is a phrase of the last conversation, quoted when short. `company` is the customer's, `house` the team that greets.
    A signature too long is cut. Who is addressed by a post or as 先生 is no 你, whatever the relation.
    Raises: NoDrafts when there is no draft to choose from.
    """
    own = [draft for draft in team if (draft.occasion, draft.relation) == (occasion, relation)]
    pool = _usable(own or drafts.find(occasion, relation), company or "", house, signature)
    if not pool:
        raise NoDrafts(f"{occasion} {relation}")
    draft = rng.choice([draft for draft in pool if draft.draft_id not in not_these] or pool)
    address, house = _shorten(address, LONGEST_ADDRESS), _shorten(house, LONGEST_ADDRESS)
    is_formal = addresses.is_formal(address)
    words = _polite(draft.text) if is_formal and not own else draft.text
    body = _fill(words, address, company or "", house, signature)
    noted = body + _note_sentence(note, relation, rng, is_formal)
    signs_itself = "{签名}" in draft.text
    whole = noted if signs_itself else _sign(noted, signature)
    if length(whole) > LONGEST_TEXT or (signature and not signs_itself and signature not in whole):
        whole = body if signs_itself else _sign(body, signature)
    return Greeting(draft.draft_id, _shorten(whole, LONGEST_TEXT))

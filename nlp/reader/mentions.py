"""The words of a message that are worth looking up in the index of customers."""

import re

from nlp import lazy, lexicon, names, numbered_firms, simplified, weekly_words
from nlp.fields import phones

LIMIT = 120
_RUN = lazy.regex(f"[{names.HAN}]{{2,}}")
_BREAK = lazy.regex(
    "今天|明天|后天|昨天|下午|上午|早上|晚上|下周|上周|这周|这个|那个|什么|怎么|一下"
    "|我们|他们|她们|他说|她说|客户|提醒|记得|电话|微信|报价|合同|付款|发货|投诉|下单"
    "|没有|不要|可以|已经|时候|因为|所以|但是|如果|还是|就是"
    "|[的了吗呢吧啊我你他她它们这那是在有和跟与要不没很也都就还去来说问给把被让叫从到对向约催嫌等]"
)
_LATIN = lazy.regex(r"[A-Za-z][A-Za-z.'&-]*(?: [A-Za-z][A-Za-z.'&-]*){0,2}")
_TAIL = lazy.regex(r"(?:尾号|后四位|最后四位|末四位)(?:是|为)?\s?(\d{4})|(?:查|找|搜)\s?(\d{4})(?!\d)|^\s*(\d{4})\s*$")


def mentions(text: str) -> list[str]:
    """Keys to look up, the likeliest first, at most 120: phones, tails, names, short runs, names by sound.

    The keys are those that `names.name_keys` gives; phones come as digits, tails as four digits. Of 黃太 those of
    黄太 and, beyond the limit, those as typed.
    """
    text = weekly_words.blotted(text[:600])
    plain = simplified.plain(text)
    keys = _keys(plain)
    return keys if plain == text else list(dict.fromkeys((*keys, *_keys(text))))


def _keys(text: str) -> list[str]:
    keys: dict[str, None] = dict.fromkeys(phones(text))
    keys.update((next(filter(None, m.groups())), None) for m in _TAIL.finditer(text))
    keys.update((key, None) for key in numbered_firms.keys_said(text))
    lowered = re.sub(r"\s+", " ", text.lower())
    for match in _LATIN.finditer(lowered):
        words = match.group().split(" ")
        if 2 <= len(words) <= 3:
            keys["~" + " ".join(words)] = None  # zhang wei typed for 张伟
        for start in range(len(words)):
            keys.update((" ".join(words[start : start + n]), None) for n in (1, 2, 3) if start + n <= len(words))
    runs = [match.group() for match in _RUN.finditer(text)]
    for run in runs:
        _people(run, keys)
    for size in (2, 3) if runs and text.startswith(runs[0]) else ():  # 正爽打来: 郑爽 by her sound
        keys.update(("~" + sound, None) for sound in names.sounds(runs[0][:size]))
    for run in runs:
        _windows(run, keys)
    return list(keys)[:LIMIT]


def _people(run: str, keys: dict[str, None]) -> None:
    surnames = lexicon.words("surnames")
    for at, char in enumerate(run):
        starts = char in surnames or run[at : at + 2] in surnames
        if starts:
            _name_at(run, at, keys)
        if starts and (at == 0 or _BREAK.fullmatch(run[at - 1])):
            keys.update((run[at : at + size], None) for size in (3, 4, 2) if at + size <= len(run))  # 李和平 hides 和
        if starts or char in "老小阿":
            for size in (2, 3):
                word = run[at : at + size]
                if len(word) == size and names.is_address(word):
                    keys[word] = None


def _name_at(run: str, at: int, keys: dict[str, None]) -> None:
    for size in (2, 3, 4):
        word = run[at : at + size]
        if len(word) == size and names.is_full_name(word):
            keys[word] = None
            if len(keys) < LIMIT // 2:
                for sound in names.sounds(word):
                    keys["~" + sound] = None


def _windows(run: str, keys: dict[str, None]) -> None:
    for piece in _BREAK.split(run):
        if 2 <= len(piece) <= 12:
            keys[piece] = None
        for size in (2, 3, 4):
            for at in range(len(piece) - size + 1):
                keys[piece[at : at + size]] = None

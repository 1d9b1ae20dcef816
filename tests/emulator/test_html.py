"""parse_mode HTML, by example and against the official checker's own reading of the rules."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator import entities, html
from tests import spec_traffic

TAGS = ["<b>", "</b>", "<i>", "</i>", "<a href='x.y'>", "</a>", "<code>", "</code>", "<pre>", "</pre>", "</>"]
BLOCKS = ["<blockquote>", "<blockquote expandable>", "</blockquote>", '<span class="tg-spoiler">', "</span>"]
BROKEN = ["<", ">", "<p>", "<b x>", "<b x=>", "<b x='", "<code class=language-py>", '"', "'", "=", "/"]
LETTERS = ["&", "&amp;", "&lt;", "&#20320;", "&#x4f60;", "&nbsp;", "张伟", "😀", "a", " "]
PIECES = st.sampled_from(TAGS + BLOCKS + BROKEN + LETTERS)
SOURCES = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("source", "plain", "found"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c", []),
        ("<b>张<i>伟</i></b>", "张伟", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<a href='https://a.b'>x</a>", "x", [("text_link", 0, 1)]),
        ("<b></b>x", "x", []),
        ("A & B &nbsp;", "A & B &nbsp;", []),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<B>x</>", "x", [("bold", 0, 1)]),
    ],
)
def test_texts_are_read(source: str, plain: str, found: list[tuple[str, int, int]]) -> None:
    text, got = html.parse(source)
    assert text == plain
    assert [(e["type"], e["offset"], e["length"]) for e in got] == found


def test_a_block_of_code_keeps_its_language_once() -> None:
    _, found = html.parse('<pre><code class="language-python">x</code></pre>')
    assert found == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    return spec_traffic.require()


@example(source="<b x='")
@example(source="<span>x</span>")
@example(source="</b>")
@given(source=SOURCES)
def test_the_checker_reads_the_same(checker: ModuleType, source: str) -> None:
    expected, problem = reading(checker.parse_html, checker.HtmlError, source)
    got, trouble = reading(html.parse, html.HtmlError, source)
    assert trouble == problem
    assert got == expected


def reading(
    parse: Callable[[str], tuple[str, list[Any]]], error: type[Exception], source: str
) -> tuple[tuple[str, set[tuple[int, int]]] | None, str]:
    """Text and spans, or the words of the error."""
    try:
        text, found = parse(source)
    except error as problem:
        return None, str(problem)
    return (text, {(e["offset"], e["length"]) for e in found}), ""


def test_trimming_moves_and_clips_entities() -> None:
    text, found = html.parse(" \n<b>😀 张</b><i> 伟 </i> ")
    assert entities.trimmed(text, found) == (
        "😀 张 伟",
        [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 4, "length": 2}],
    )


@given(SOURCES, st.text(alphabet=" \n张😀a", max_size=3))
def test_trimming_keeps_entities_on_their_words(source: str, margin: str) -> None:
    try:
        text, found = html.parse(margin + source + margin)
    except html.HtmlError:
        return
    plain, kept = entities.trimmed(text, found)
    assert plain == text.strip()
    units, original = plain.encode("utf-16-le"), text.encode("utf-16-le")
    words = {units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le").strip() for e in kept}
    before = {original[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le").strip() for e in found}
    assert words <= before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/find 张伟", [("bot_command", 0, 5)]),
        ("请 /c@sales_helper_bot", [("bot_command", 2, 19)]),
        ("价格1/2 a/b", []),
        ("@sales_helper_bot 今天", [("mention", 0, 17)]),
        ("😀 https://a.b/c?d=1，谢谢", [("url", 3, 17)]),
        ("a@b.com", [("email", 0, 7)]),
        ("#急 处理", [("hashtag", 0, 2)]),
        ("+8613800138000", [("phone_number", 0, 14)]),
        ("13800138000", []),
    ],
)
def test_commands_mentions_and_addresses_are_found(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(e["type"], e["offset"], e["length"]) for e in entities.find(text)] == found

"""The router: what it is fitted on, that its weights are of that corpus, and what it decides beside the rules."""

from __future__ import annotations

import doctest
from datetime import datetime

import pytest

from nlp.reader import Known, read
from nlp.routing import fitting, masking, messages, model

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "孙丽", "云栖民宿"), Known(2, "王建国", "宏达五金", nicknames=("王总",)))


def test_examples_hold() -> None:
    assert doctest.testmod(masking).failed == 0


def test_weights_are_of_the_corpus_that_is_there() -> None:
    """After a change of the corpus: python -m nlp.routing.fitting."""
    assert model.fitted().corpus == messages.digest()


def test_every_message_is_labelled_with_an_action_and_names_one_customer_at_most() -> None:
    actions = {*model.ACTIONS, *model.LISTS} - {"list"}
    for one in messages.read():
        assert one.action in actions, one
        assert "【" not in one.text, one
        assert one.named in one.text or one.named == "" or one.named != one.text, one


def test_no_message_is_there_twice_in_a_file() -> None:
    found = [(one.writer, one.text) for one in messages.read() if one.writer.startswith("told")]
    assert len(found) == len(set(found))


def test_probabilities_are_some_and_of_all_actions() -> None:
    for text in ("", "x", "说样品通过了", "㉂报价", "\x00\x01"):
        found = model.fitted().probabilities(text, "note")
        assert tuple(found) == model.ACTIONS
        assert sum(found.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("孙丽 毛巾 两百条 3千六 款到了", "order"),
        ("王总的样册寄掉了 这条可以消了", "done"),
        ("孙丽微信 id：sunli_hotel", "update"),
        ("后天上午给王总送样 记上", "remind"),
        ("孙丽说毛巾掉毛 要换一批", "note"),
        ("王总问明年能不能月结", "note"),
        ("孙丽这个月目标30万", "note"),
        ("加客户 何远 13866660001", "add_customer"),
    ],
)
def test_words_decide_what_the_rules_do_not_know(text: str, action: str) -> None:
    got = read(text, NOW, KNOWN)
    assert (got.action, got.ask) == (action, None)


@pytest.mark.parametrize("text", ["谢谢", "好的", "ok", "样品", "撤销", "客户催了", "今天：", "哈哈哈"])
def test_what_names_nobody_and_asks_nothing_is_never_written(text: str) -> None:
    assert read(text, NOW, KNOWN).action == "unclear"


def test_news_of_somebody_unknown_is_not_written_to_whoever_was_shown_last() -> None:
    got = read("生日 钱敏 农历腊月三十", NOW, KNOWN, KNOWN[0])
    assert (got.action, got.customer) == ("unclear", None)


def test_what_is_read_does_not_depend_on_which_unknown_name_stands_there() -> None:
    for words in ("有欠款 {}", "{} 下单 300", "看看 {}", "{} 生日 3月5日"):
        one, other = (read(words.format(name), NOW, KNOWN) for name in ("慕容空", "司马沉"))
        assert (one.action, one.ask) == (other.action, other.ask)


def test_a_story_beyond_what_the_router_reads_is_left_to_the_rules() -> None:
    story = "孙丽说" + "样品很好，" * 60
    assert read(story, NOW, KNOWN).action == "note"


@pytest.mark.long
def test_fitting_again_gives_the_same_decisions() -> None:
    """The file is what the command makes of the corpus: on its own messages both decide alike."""
    learned = fitting.examples(asks_rules=False)
    again, held, asked = fitting.words(learned), model.fitted().actions, learned[:4_000]
    same = sum(again.scores(one.masked).argmax() == held.scores(one.masked).argmax() for one in asked)
    assert same / len(asked) > 0.99

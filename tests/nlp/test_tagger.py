"""What the tagger promises: sound answers to any text, evidence that stands in it, no training code in answering."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import cues, features, labels, tagger
from nlp.tagger import Tagger, Tags
from tests import models

PLAIN = ("", "   ", "\n\t", "😂😂😂", "。。。！？", "12345 678", "\x00\x01\x02\ufeff", "\ud800", "—" * 5000)


@pytest.fixture(scope="module")
def model() -> Tagger:
    """The trained tagger of this machine."""
    return models.trained_tagger()


def assert_sound(text: str, tags: Tags) -> None:
    """Everything that holds for the tags of any text."""
    assert set(tags.intents) <= set(labels.INTENTS)
    assert set(tags.topics) <= set(labels.TOPICS)
    assert tags.sentiment in labels.SENTIMENTS
    assert set(tags.probability) == set(labels.ALL)
    assert all(0 <= value <= 1 for value in tags.probability.values())
    assert sum(tags.probability[mood] for mood in labels.SENTIMENTS) == pytest.approx(1, abs=1e-3)
    told = {*tags.intents, *tags.topics, *(["urgent"] if tags.urgent else [])}
    assert set(tags.evidence) == told | ({tags.sentiment} - {"neutral"})
    for words in tags.evidence.values():
        assert 1 <= len(words) <= 4
        assert all(word and word in text for word in words)


@pytest.mark.parametrize("text", PLAIN)
def test_text_without_words_has_no_labels(model: Tagger, text: str) -> None:
    tags = model.tag(text)
    assert (tags.intents, tags.topics, tags.sentiment, tags.urgent) == ((), (), "neutral", False)


@pytest.mark.parametrize("text", ["啊" * 4096, "质量不错" * 900, "质量不错，" * 50, "投诉" * 30])
def test_one_piece_said_again_and_again_has_a_sentiment_at_most(model: Tagger, text: str) -> None:
    tags = model.tag(text)
    assert_sound(text, tags)
    assert (tags.intents, tags.topics, tags.urgent, tags.unsure) == ((), (), False, ())


def test_short_words_of_anger_said_thrice_still_count(model: Tagger) -> None:
    assert "complaint" in model.tag("投诉投诉投诉").intents


@given(text=st.text(max_size=300))
@settings(deadline=None, max_examples=150)
def test_any_text_gets_a_sound_answer(model: Tagger, text: str) -> None:
    assert_sound(text, model.tag(text))


LISTED = cues.words()
CUES = cues.load()
TELLING = ("老板", "骂", "质量", "太差", "退货", "不", "满意", "明天", "送样", "报价", "隔壁", "便宜", "夸", "急", "，")


@given(words=st.lists(st.sampled_from(TELLING), max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_run_of_telling_words_gets_a_sound_answer(model: Tagger, words: list[str]) -> None:
    text = "".join(words)
    assert_sound(text, model.tag(text))


OBVIOUS = (
    ("客户投诉质量太差，已经坏了三台，要退货", "complaint", "quality"),
    ("店长发火了，说又送错货，少了两箱", "complaint", "delivery"),
    ("他嫌我们的价格太贵", "complaint", "price"),
    ("今天去拜访张总，他说价格太贵了", "complaint", "price"),
    ("客户问能不能开专票，要一份对账单", "need_explicit", "billing"),
    ("想要两台样机先试用一个月", "need_explicit", "trial"),
    ("说这个月就下单，让我把合同发过去", "buying", None),
    ("他们不续约了，下个月换别家", "churn", None),
    ("客户夸我们服务好，还介绍了朋友来", "praise", None),
    ("我答应明天上午把报价单发给他", "promise", None),
    ("隔壁那家报价比我们便宜两成", "competitor", None),
)


@pytest.mark.parametrize(("text", "intent", "topic"), OBVIOUS)
def test_obvious_notes_are_tagged_right(model: Tagger, text: str, intent: str, topic: str | None) -> None:
    tags = model.tag(text)
    assert intent in tags.intents
    assert topic is None or topic in tags.topics


def test_obvious_moods(model: Tagger) -> None:
    assert model.tag("老板当场拍桌子骂人，说质量太差要退款").sentiment == "negative"
    assert model.tag("客户非常满意，一直夸我们").sentiment == "positive"
    assert model.tag("今天去了一趟，人不在").sentiment == "neutral"


def test_obvious_hurry(model: Tagger) -> None:
    assert model.tag("产线停了，今天下班前必须把货送到，不然要罚款").urgent
    assert not model.tag("顺路去店里坐了坐").urgent


def test_traditional_and_full_width_mean_the_same(model: Tagger) -> None:
    simple = model.tag("他说价格太贵了 ABC 12")
    assert model.tag("他說價格太貴了 ＡＢＣ　１２").probability == pytest.approx(simple.probability)


def test_many_at_once_are_tagged_as_one_by_one(model: Tagger) -> None:
    texts = [text for text, _, _ in OBVIOUS] * 15 + list(PLAIN)
    for one, many in zip(map(model.tag, texts), model.tag_many(texts), strict=True):
        assert (one.intents, one.topics, one.evidence) == (many.intents, many.topics, many.evidence)
        assert one.probability == pytest.approx(many.probability, abs=1e-5)


def test_long_text_is_tagged_by_its_ends(model: Tagger) -> None:
    tags = model.tag("客户投诉质量太差，要求退货。" + "嗯" * 5000)
    assert "complaint" in tags.intents
    assert_sound("客户投诉质量太差，要求退货。" + "嗯" * 5000, tags)


def test_unsure_labels_lie_near_their_threshold(model: Tagger) -> None:
    texts = [text for text, _, _ in OBVIOUS]
    unsure = [label for tags in model.tag_many(texts) for label in tags.unsure]
    assert len(unsure) < len(texts) * len(labels.ALL) / 5
    assert "positive" not in unsure


def test_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(tagger.ModelMissing):
        Tagger.load(tmp_path)


def test_answering_imports_no_training_code() -> None:
    folder = models.trained_model()
    code = (
        "import sys; from pathlib import Path; from nlp import training; from nlp.tagger import Tagger;"
        f"Tagger.load(Path({str(folder)!r})).tag('客户很满意');"
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=models.ROOT)
    assert done.stdout.strip() == "[]"


def test_global_jieba_tokenizer_is_left_alone() -> None:
    code = "import jieba; from nlp import tokens; tokens.cut('客户很满意'); print(jieba.dt.initialized)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=models.ROOT)
    assert done.stdout.strip() == "False"


def test_command_answers_every_line_in_order() -> None:
    folder = models.trained_model()
    typed = "客户投诉质量太差\n\n".encode() + b"\xff\xfe\r\n" + "客户夸我们服务好".encode()
    command = [sys.executable, "-m", "nlp", "tag", "--data-dir", str(folder)]
    done = subprocess.run(command, input=typed, capture_output=True, check=True, cwd=models.ROOT)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["intents"] for row in rows][:3] == [rows[0]["intents"], [], []]
    assert "complaint" in rows[0]["intents"]
    assert "praise" in rows[3]["intents"]
    assert set(rows[0]) >= {"intents", "topics", "sentiment", "urgent", "probability", "evidence"}


@given(words=st.lists(st.sampled_from([*TELLING, "太", "慢", "送货速度", "问", "没现货", " "]), max_size=30))
@settings(deadline=None, max_examples=100)
def test_cue_words_are_found_longest_first_and_end_within_the_text(words: list[str]) -> None:
    text = "".join(words)
    longest = max(map(len, LISTED))
    wanted, at = [], 0
    while at < len(text):
        length = next((n for n in range(longest, 0, -1) if at + n <= len(text) and text[at : at + n] in LISTED), 0)
        wanted += [(at, at + length)] if length else []
        at += length or 1
    assert [(start, end) for start, end, _ in CUES.find(text)] == wanted


@given(text=st.text(max_size=80) | st.lists(st.sampled_from(TELLING), max_size=30).map("".join))
@settings(deadline=None, max_examples=100)
def test_every_feature_has_the_stretch_of_text_it_stands_for(text: str) -> None:
    batch = features.read(["前面一句，好", text, "好"])
    own = batch.keys[batch.owners == 1]
    starts, ends = features.spans(batch, 1)
    assert len(starts) == len(ends) == len(own)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert own.tolist() == features.read([text]).keys.tolist()

"""The markers: what is name, firm, post and place in a lead line, and which times and sums of a message count."""

import itertools
from datetime import date, datetime
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.fields import Fields, extract
from nlp.marking import chain, deeds, fitting, leads, lines
from nlp.marking.lines import Span
from nlp.reader import Known, read

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
WANG = Known(None, "王芳")
KINDS = {"leads": "AU", "deeds": "RON"}


@pytest.mark.parametrize("marker", [leads, deeds], ids=["leads", "deeds"])
def test_weights_are_of_the_corpus_that_is_there(marker: ModuleType) -> None:
    assert marker.fitted().corpus == lines.digest(marker.CORPUS), "run python -m nlp.marking.fitting"


@pytest.mark.parametrize("marker", [leads, deeds], ids=["leads", "deeds"])
def test_every_line_of_a_corpus_is_whole(marker: ModuleType) -> None:
    for one in lines.read(marker.CORPUS):
        assert one.kind in KINDS[marker.CORPUS.name], one
        assert not set("<>|") & set(one.text), one
        assert {span.letter for span in one.spans} <= set(marker.LETTERS), one
        assert one.kind != "U" or one.words("k"), one


def _random_chain(seed: int) -> tuple[tuple[str, ...], chain.Array, chain.Array]:
    names, dice = chain.states("ab"), np.random.default_rng(seed)
    steps = dice.normal(size=(len(names), len(names))) + chain.may_follow(names)
    return names, dice.normal(size=(4, len(names))), steps


def _ways(names: tuple[str, ...], scores: chain.Array, steps: chain.Array) -> dict[tuple[str, ...], float]:
    """Every way to mark a line, with its weight, one by one."""
    begins = chain.may_begin(names)
    found = {}
    for way in itertools.product(range(len(names)), repeat=len(scores)):
        score = begins[way[0]] + sum(scores[at, state] for at, state in enumerate(way))
        score += sum(steps[one, other] for one, other in itertools.pairwise(way))
        found[tuple(names[state] for state in way)] = float(np.exp(score))
    return {way: weight for way, weight in found.items() if weight > 0}


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_those_of_all_ways_counted_one_by_one(seed: int) -> None:
    names, scores, steps = _random_chain(seed)
    ways, chances = _ways(names, scores, steps), chain.Chances(names, scores, steps)
    total = sum(ways.values())
    assert tuple(chances.likeliest()) == max(ways, key=lambda way: ways[way])
    for span in (Span(0, 2, "a"), Span(1, 4, "b"), Span(3, 4, "a")):
        exactly = {way: weight for way, weight in ways.items() if span_of(way, span)}
        assert chances.weighed(span).probability == pytest.approx(sum(exactly.values()) / total)
    inside = sum(weight for way, weight in ways.items() if way[2][1:] == "a") / total
    assert chances.within("a")[2] == pytest.approx(inside)


def span_of(way: tuple[str, ...], span: Span) -> bool:
    """Whether the way marks exactly this span."""
    return any((one.start, one.end, one.letter) == (span.start, span.end, span.letter) for one in chain.as_spans(way))


def test_the_slope_that_is_climbed_is_the_likelihoods() -> None:
    told = [lines.parsed("x", line) for line in ("A|<n张三> <t经理>", "A|认识<n李四>", "U|<k王五>升<t总监>")]
    held = [fitting.lead(one) for one in told]
    rows = {feature: row for row, feature in enumerate(sorted({f for one in held for c in one.columns for f in c}))}
    names, dice = chain.states(leads.LETTERS), np.random.default_rng(1)
    together, begins = fitting.Lines(held, rows), np.maximum(chain.may_begin(names), -1e9)
    weights, steps = dice.normal(size=(len(rows), len(names))) / 9, np.maximum(chain.may_follow(names), -1e9)
    told_so, slope, _ = fitting.likelihood(together, weights, steps, begins)
    row, state = rows["b"], names.index("Bn")
    weights[row, state] += 1e-5
    more, _, _ = fitting.likelihood(together, weights, steps, begins)
    assert (more - told_so) / 1e-5 == pytest.approx(slope[row, state], abs=1e-3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("刚加了微信 恒达电气的采购主管佟丽娜 13912345601 要变频器报价", ("佟丽娜", "恒达电气", "采购主管")),
        (
            "昨天饭局上坐我旁边的佟丽娜,包头宏盛矿业有限公司设备科科长,13712345602",
            ("佟丽娜", "包头宏盛矿业有限公司", "设备科科长"),
        ),
        (
            "met Cathy Wong at the fair, purchasing manager of 佛山雅居陶瓷, 13612345603",
            ("Cathy Wong", "佛山雅居陶瓷", None),
        ),
    ],
)
def test_values_of_a_lead_are_found_in_running_words(text: str, wanted: tuple[str | None, ...]) -> None:
    got = read(text, NOW, []).fields
    assert got is not None
    assert (got.name, got.company) == wanted[:2]
    assert wanted[2] in (None, got.title)


@pytest.mark.parametrize("before", range(100, 175, 5))
def test_values_about_the_end_of_what_is_looked_at_break_nothing(before: int) -> None:
    story = ("今天跑了一天客户都说行情不好" * 20)[:before]
    for text in (
        f"{story}，陈思远 杭州绿野科技 采购总监 13912345678",
        f"陈思远 13912345678 {story}，公司：杭州绿野科技",
    ):
        got = leads.newcomer(text, extract(text, NOW))
        assert got.mobile == ["13912345678"]
        assert leads.may_be_name(text, "陈思远") in (True, False)


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("万科 何平 13900001111", "万科"),
        ("宋佳 13211112222 公司华为", "华为"),
        ("姓名宋佳 单位腾讯 电话13211112222", "腾讯"),
    ],
)
def test_firm_that_everybody_knows_or_that_has_its_label_stands(text: str, firm: str) -> None:
    got = read(text, NOW, []).fields
    assert got is not None
    assert got.company == firm


def test_what_the_marker_refuses_stays_in_the_note() -> None:
    text = "宋佳 13211112222 自由撰稿"
    found = extract(text, NOW)
    found.title = "自由撰稿"
    told = leads.newcomer(text, found)
    assert "自由撰稿" in (told.title or told.note)


@pytest.mark.parametrize("text", ["王芳的助理叫小陈", "王芳老公升科长了"])
def test_news_of_somebody_beside_him_is_not_the_customers(text: str) -> None:
    assert read(text, NOW, [WANG]).action != "update"


@pytest.mark.parametrize(("text", "fen"), [("王芳充值1万送1000", 10_000_00), ("王芳签了6万，给她返利3000", 60_000_00)])
def test_what_is_given_on_top_is_not_what_was_paid(text: str, fen: int) -> None:
    assert read(text, NOW, [WANG]).amount_fen == fen


def test_of_two_sums_that_nothing_joins_neither_is_taken() -> None:
    got = read("王芳买了6000的毛巾，又要了2000的浴袍", NOW, [WANG])
    assert (got.action, got.amount_fen, got.ask) == ("order", None, "what_amount")


def test_of_two_deeds_the_customers_own_is_not_the_task() -> None:
    got = read("提醒我3月25号去看王芳，她3月20号搬新店", NOW, [WANG])
    assert got.task_when is not None
    assert got.task_when.on == date(2026, 3, 25)
    assert (got.task_what or "").startswith("去看")


def test_firm_by_which_somebody_is_named_is_no_news() -> None:
    got = leads.news("恒力的王芳升采购总监了", Fields(), "王芳")
    assert (got.company, got.title) == (None, "采购总监")


def test_of_several_days_the_tasks_own_counts() -> None:
    got = read("王芳保单下下周三到期 下周一上午提醒我打给她", NOW, [WANG])
    assert got.task_when is not None
    assert (got.action, got.task_when.on) == ("remind", date(2026, 3, 23))


def test_bare_day_is_of_the_month_of_what_ends_then() -> None:
    now = datetime.fromisoformat("2026-11-29T06:30+08:00")
    got = read("王芳保单四月十五到期，五号上午提醒我打给她", now, [WANG]).task_when
    assert got is not None
    assert got.value == "2027-04-05T09:00"


def test_of_several_sums_the_last_word_counts() -> None:
    got = read("王芳下单了 瓷砖 原价三万二 谈到两万八成交", NOW, [WANG])
    assert (got.action, got.amount_fen) == ("order", 28_000_00)


def test_day_counted_from_another_keeps_it() -> None:
    text = "王芳生日四月二号 前一天晚上八点提醒我订花"
    marks = deeds.marks(text, "R", NOW, "王芳")
    assert deeds.without(text, marks.due, NOW) == text


@given(st.text(max_size=200))
def test_any_text_is_read_and_no_value_is_invented(text: str) -> None:
    found = extract(text, NOW)
    told = leads.newcomer(text, found)
    for name in ("name", "company"):
        value = getattr(told, name)
        assert value is None or value in text or value == getattr(found, name)
    for kind in "RON":
        marks = deeds.marks(text, kind, NOW)
        assert len(deeds.without(text, marks.due, NOW)) == len(text)


@pytest.mark.long
def test_the_weights_are_where_the_corpus_leads() -> None:
    """Fitting again would end here: it is as good as flat, where from nothing it is steep."""
    slope = fitting.Slope([fitting.deed(one) for one in lines.read(deeds.CORPUS)], deeds.LETTERS)
    (before, steep), (now, flat) = slope.loss(slope.nothing()), slope.loss(slope.packed(deeds.fitted()))
    assert now < before / 200
    assert np.linalg.norm(flat) < np.linalg.norm(steep) / 1_500

import itertools
import random
import re
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac import festival_table, greetings
from almanac.greetings import Draft, Relation, drafts, picker

RELATIONS: tuple[Relation, ...] = get_args(Relation)
KEYS = [(occasion, relation) for occasion in sorted(greetings.occasions()) for relation in RELATIONS]
GREETED = {entry.code for entry in festival_table.ENTRIES if entry.greet}
GENERIC = ("尊敬的", "客户", "亲爱的用户", "各位", "贵宾")
ALIKE = 0.6


def pick(
    occasion: str = "birthday",
    relation: Relation = "business",
    *,
    address: str = "王总",
    signature: str = "美达 小周",
    seed: int = 1,
    not_these: frozenset[str] = frozenset(),
    note: str | None = None,
    company: str | None = None,
    house: str = "美达五金部",
    team: tuple[Draft, ...] = (),
) -> greetings.Greeting:
    rng = random.Random(seed)
    return greetings.pick(
        occasion,
        relation,
        address=address,
        signature=signature,
        rng=rng,
        not_these=not_these,
        note=note,
        company=company,
        house=house,
        team=team,
    )


def trigrams(text: str) -> set[str]:
    bare = re.sub(r"\{.*?\}", "", text)
    return {bare[at : at + 3] for at in range(len(bare) - 2)}


def test_the_library_holds_three_hundred_drafts_six_for_each_occasion_and_relation() -> None:
    counts = Counter((draft.occasion, draft.relation) for draft in greetings.all_drafts())
    assert len(greetings.all_drafts()) >= 300
    assert {key: count for key, count in counts.items() if count < 6} == {}
    assert set(counts) == set(KEYS)
    assert all(counts["birthday", relation] >= 8 for relation in RELATIONS)


def test_no_two_drafts_are_alike() -> None:
    grams = [(draft.draft_id, trigrams(draft.text)) for draft in greetings.all_drafts()]
    alike = [
        (one, two)
        for (one, first), (two, second) in itertools.combinations(grams, 2)
        if len(first & second) > ALIKE * len(first | second)
    ]
    assert alike == []


def test_draft_ids_are_unique() -> None:
    ids = [draft.draft_id for draft in greetings.all_drafts()]
    assert len(set(ids)) == len(ids)


def test_days_that_are_greeted_are_those_with_drafts() -> None:
    assert greetings.occasions() == GREETED | {"birthday"}


def test_days_of_mourning_have_no_draft() -> None:
    assert not greetings.occasions() & festival_table.NO_GREETING
    for occasion in festival_table.NO_GREETING:
        with pytest.raises(greetings.NoDrafts):
            pick(occasion)


def test_no_draft_is_generic_and_every_one_names_the_person() -> None:
    for draft in greetings.all_drafts():
        assert "{称呼}" in draft.text
        assert not any(word in draft.text for word in GENERIC), draft


def test_a_signature_ends_a_text_and_is_never_in_the_middle_of_a_sentence() -> None:
    """It holds the rep's name: 谨代表美达 小周全体同事 is no sentence."""
    assert [draft for draft in greetings.all_drafts() if re.search(r"\{签名\}(?!$)", draft.text)] == []


def test_the_team_greets_inside_a_sentence_and_the_rep_signs_below() -> None:
    others = frozenset(draft.draft_id for draft in greetings.find("birthday", "business")) - {"birthday-02"}
    text = pick(not_these=others, house="美好五金销售部", signature="美好五金销售部 小周").text
    assert "谨代表美好五金销售部全体同事" in text
    assert text.endswith("\n——美好五金销售部 小周")


def test_friends_are_not_spoken_to_as_business() -> None:
    assert [
        draft.draft_id for draft in greetings.all_drafts() if draft.relation == "friend" and "您" in draft.text
    ] == []
    assert [
        draft.draft_id for draft in greetings.all_drafts() if draft.relation == "business" and "你" in draft.text
    ] == []


@pytest.mark.parametrize(("occasion", "relation"), KEYS)
def test_each_draft_of_a_key_is_given_before_any_comes_again(occasion: str, relation: Relation) -> None:
    used: set[str] = set()
    count = len(greetings.find(occasion, relation))
    for seed in range(count):
        used.add(pick(occasion, relation, seed=seed, not_these=frozenset(used)).draft_id)
    assert len(used) == count
    assert pick(occasion, relation, not_these=frozenset(used)).draft_id in used


@given(
    st.sampled_from(KEYS),
    st.text(min_size=1, max_size=400),
    st.text(max_size=400),
    st.none() | st.text(max_size=60),
    st.none() | st.text(max_size=300),
    st.integers(0, 10_000),
)
def test_every_text_fits_a_copy_button(
    key: tuple[str, Relation], address: str, signature: str, note: str | None, company: str | None, seed: int
) -> None:
    greeting = pick(*key, address=address, signature=signature, note=note, company=company, seed=seed)
    assert 1 <= picker.length(greeting.text) <= 256


@pytest.mark.parametrize(("occasion", "relation"), KEYS)
def test_no_field_is_left_open_and_the_signature_is_there_once(occasion: str, relation: Relation) -> None:
    for seed in range(30):
        text = pick(occasion, relation, seed=seed).text
        assert "{" not in text
        assert text.count("美达 小周") == 1
        assert "王总" in text


def test_a_name_that_looks_like_a_field_stays_as_it_is() -> None:
    greeting = pick(address="{签名}", signature="{公司}", company="{称呼}")
    assert "{签名}" in greeting.text
    assert "{公司}" in greeting.text


def test_without_signature_none_is_written() -> None:
    for seed in range(40):
        assert "——" not in pick(signature="", seed=seed).text
        assert "{签名}" not in pick(signature="", seed=seed).text


def test_a_short_note_is_quoted_and_a_long_one_is_not() -> None:
    assert "“嫌交期慢”" in pick(note=" 嫌交期慢。").text
    long_note = "客户说最近的交期越来越慢而且包装总是压坏希望我们尽快改善"
    assert long_note not in pick(note=long_note).text
    assert pick(note=long_note).text == pick(note=None).text
    assert pick(note="  ").text == pick().text


def test_the_same_seed_gives_the_same_text() -> None:
    assert pick(seed=7) == pick(seed=7)


def test_the_teams_own_drafts_go_before_the_library() -> None:
    own = Draft("team-1", "birthday", "business", "warm", "{称呼}，{公司}的老朋友，生日快乐")
    assert pick(team=(own,), company="美达").draft_id == "team-1"
    assert pick(team=(own,), company="美达").text == "王总，美达的老朋友，生日快乐\n——美达 小周"
    assert pick("mid_autumn", team=(own,)).draft_id.startswith("mid_autumn-")
    with pytest.raises(greetings.NoDrafts):
        pick(team=(own,))


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("", "empty", ""),
        ("  ", "empty", ""),
        ("生日快乐", "missing_field", "称呼"),
        ("{称呼}，{生日}快乐", "unknown_field", "生日"),
        ("{称呼}，{}快乐", "unknown_field", ""),
        ("{称呼}，快乐}", "stray_brace", ""),
        ("{称呼，快乐", "stray_brace", ""),
        ("{称呼}" + "福" * 200, "too_long", ""),
    ],
)
def test_a_bad_template_is_refused_at_entry(text: str, code: str, field: str) -> None:
    with pytest.raises(greetings.BadTemplate) as refusal:
        greetings.check_template(text)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_good_template_passes() -> None:
    greetings.check_template("{称呼}，{公司}与{签名}祝您生日快乐")
    assert frozenset({"称呼", "公司", "团队", "签名"}) == drafts.FIELDS


@pytest.mark.parametrize(
    ("name", "title", "gender", "spoken"),
    [
        ("王建国", "总经理", None, "王总"),
        ("王建国", "采购经理", "male", "王经理"),
        ("孙丽", "副总经理（华东）", "female", "孙总"),
        ("赵敏", "CEO", None, "赵总"),
        ("刘洋", "董事长", None, "刘董"),
        ("周杰", "高级工程师", None, "周工"),
        ("马超", "语文教师", None, "马老师"),
        ("陈志强", "老板", None, "陈老板"),
        ("李娜", "姐", None, "李姐"),
        ("李娜", "大姐", None, "李姐"),
        ("李娜", "李姐", None, "李姐"),
        ("李娜", "总经理助理", "female", "李女士"),
        ("李娜", "员工", "女", "李女士"),
        ("欧阳明", "副校长", None, "欧阳校长"),
        ("欧阳", None, "male", "欧阳先生"),
        ("诸葛孔明", None, "male", "诸葛先生"),
        ("司徒雷", "主任医师", None, "司徒医生"),
        ("张伟", None, "male", "张先生"),
        ("张伟", None, None, "张伟"),
        ("王总", None, None, "王总"),
        ("王总", "采购经理", "male", "王总"),
        ("欧阳总", None, None, "欧阳总"),
        ("陈老师", None, "female", "陈老师"),
        ("郑姐", "店长", None, "郑姐"),
        ("老陈", "老板", "male", "老陈"),
        ("小李", None, "female", "小李"),
        ("老陈粮油店", "老板", "male", "老陈粮油店"),
        ("Tom", "经理", "male", "Tom"),
        ("上海美达五金", None, None, "上海美达五金"),
        ("采购部", "经理", None, "采购部"),
        ("", None, None, "您"),
    ],
)
def test_people_are_addressed_as_one_speaks_to_them(
    name: str, title: str | None, gender: str | None, spoken: str
) -> None:
    assert greetings.address(name, title, gender) == spoken


def test_a_nickname_goes_before_everything() -> None:
    assert greetings.address("王建国", "总经理", "male", "国哥") == "国哥"


@given(st.text(max_size=12), st.none() | st.text(max_size=12), st.none() | st.text(max_size=6))
def test_nobody_is_left_without_an_address(name: str, title: str | None, gender: str | None) -> None:
    spoken = greetings.address(name, title, gender)
    assert spoken
    assert "客户" not in spoken or "客户" in name


def test_who_is_called_by_his_post_is_never_addressed_as_a_friend_and_nobody_is_spoken_of() -> None:
    for seed, (occasion, relation) in itertools.product(range(12), KEYS):
        if relation != "friend":
            continue
        formal = pick(occasion, relation, address="韩总监", seed=seed, note="想看看新样品").text
        assert "你" not in formal
        assert "今天是韩总监" not in formal
    texts = [pick("birthday", "friend", address="老陈", seed=seed).text for seed in range(12)]
    assert any("你" in text for text in texts)
    assert not any("您" in text for text in texts)

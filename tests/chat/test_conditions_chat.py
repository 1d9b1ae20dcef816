"""/customers and /find by condition: a list with its number, pages, helpful sentences, nobody else's customers."""

from __future__ import annotations

from tests.chat import talk
from tests.chat.conftest import Office


async def filled(office: Office, number: int = 8) -> None:
    for name in "张王李赵陈刘周吴"[:number]:
        await talk.said(office.rep, f"加客户 {name}建国 {name}记五金 行业：五金 苏州")


async def test_a_condition_lists_counts_and_pages(office: Office) -> None:
    await filled(office)
    page = await talk.said(office.rep, "筛选 地区=苏州")
    assert "符合的客户 8 位：地区含苏州" in page.text
    assert len([label for label in talk.labels(page) if "建国" in label]) == 6
    page = await talk.pressed(office.rep, page, "更多")
    assert "第 7–8 位" in page.text
    page = await talk.pressed(office.rep, page, "回到开头")
    assert "第 1–6 位" in page.text
    label = talk.labels(page)[0]
    assert label.split(" ")[0] in (await talk.pressed(office.rep, page, label)).text


async def test_find_takes_conditions_and_names_as_before(office: Office) -> None:
    await filled(office, 2)
    assert "符合的客户 2 位" in (await talk.said(office.rep, "/find 地区=苏州 没下过单")).text
    assert "符合的客户 2 位：没下过单" in (await talk.said(office.rep, "找 没下过单的客户")).text
    assert "👤" in (await talk.said(office.rep, "/find 张建国")).text
    assert "没找到" in (await talk.said(office.rep, "找 诸葛孔明")).text
    assert "符合的客户 2 位：地区含苏州" in (await talk.said(office.rep, "地区=苏州")).text
    assert "“价值”不能是“超高”" in (await talk.said(office.rep, "价值=超高")).text
    assert "👤 赵强" in (await talk.said(office.rep, "公司=华美五金 联系人=赵强 13900139000")).text  # no condition
    assert "符合的客户" not in (await talk.said(office.rep, "张建国说价格=成本价才买")).text


async def test_an_unknown_word_is_met_with_the_nearest_and_nothing_with_all(office: Office) -> None:
    await filled(office, 1)
    answer = await talk.said(office.rep, "筛选 行叶=五金")
    assert "没看懂“行叶=五金”，是不是“行业”" in answer.text
    assert "“价值”不能是“超高”" in (await talk.said(office.rep, "筛选 价值=超高")).text
    assert "符合的客户 0 位" in (await talk.said(office.rep, "筛选 地区=拉萨")).text
    everything = await talk.said(office.rep, "/customers")
    assert "客户 1 位" in everything.text
    assert "90天未下单" in everything.text


async def test_nobody_sees_a_colleagues_customers_and_managers_see_all_with_owners(office: Office) -> None:
    await filled(office, 2)
    page = await talk.said(office.rep, "筛选 地区=苏州")
    for person in (office.rep2, office.outsider):
        assert "0 位" in (await talk.said(person, "筛选 地区=苏州")).text
        own = await talk.said(person, "/help")
        answer = await talk.press_foreign(person, own, "uf:1:0")
        assert "建国" not in answer.text
    assert "张建国" in page.text + "".join(talk.labels(page))
    managed = await talk.said(office.manager, "筛选 地区=苏州")
    assert any("小李" in label for label in talk.labels(managed))

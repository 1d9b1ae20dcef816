"""对账: a customer, a household, a company in a period, against sums made by hand."""

from __future__ import annotations

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born


async def test_a_period_of_one_of_a_household_and_of_a_company(office: Office) -> None:
    await born(office, "张伟", "")
    await talk.said(office.rep, "加客户 李芳 苏州丰达")
    await born(office, "王强", "")
    for typed in (
        "张伟 和 李芳 是 夫妻",
        "订单 张伟 12000 螺栓 3月2日",
        "订单 李芳 500 垫片 3月5日",
        "订单 张伟 -2000 螺栓 3月6日",
        "订单 王强 700 螺母 3月7日",
        "订单 张伟 900 螺栓 2月27日",
        "欠款 张伟 5000 6月30日前",
        "回款 李芳 1000",
    ):
        await talk.said(office.rep, typed)
    page = await talk.said(office.rep, "对账 张伟")
    assert "张伟 上海美达 2026年3月1日–3月18日" in page.text
    assert "2 笔：买 ¥12,000，退 ¥2,000，净 ¥10,000" in page.text
    home = await talk.said(office.rep, "对账 张伟一家 本月")
    assert "3 笔：买 ¥12,500，退 ¥2,000，净 ¥10,500" in home.text
    assert "2 位：张伟、李芳" in home.text
    assert "回款 ¥1,000，到现在还欠 ¥4,000" in home.text
    before = await talk.pressed(office.rep, home, "上月")
    assert "1 笔：买 ¥900，退 ¥0，净 ¥900" in before.text
    company = await talk.pressed(office.rep, await talk.pressed(office.rep, before, "公司"), "今年")
    assert "4 笔：买 ¥13,600，退 ¥2,000，净 ¥11,600" in company.text
    assert company.text.count("王强") == 2
    assert "买 ¥13,600" in (await talk.said(office.rep, "对账单 上海美达 今年")).text
    definition = await talk.pressed(office.rep, company, "口径")
    for words in ("首尾两天都算", "不分时间段", "连着的都算"):
        assert words in definition.text
    for typed, said in (("对账 诸葛亮", "没找到「诸葛亮」"), ("对账", "看谁的账")):
        assert said in (await talk.said(office.rep, typed)).text
    assert "记到 张伟" in (await talk.said(office.rep, "对账 张伟说上个月少算了两箱螺栓")).text
    for person in (office.rep2, office.outsider):
        assert "没找到「张伟」" in (await talk.said(person, "对账 张伟")).text
        help_page = await talk.said(person, "/help")
        day = at(3, 18).toordinal()
        for data in (f"Zs:1:household:{day}:{day}", f"Zd:1:one:{day}:{day}"):
            assert "找不到这位客户" in (await talk.press_foreign(person, help_page, data)).text

"""Debts, payments and returns corrected in words are told from new ones, and from wishes and plans."""

from __future__ import annotations

import pytest

from nlp.reader import entry_changes
from nlp.reader.entry_changes import EntryChange


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("孙丽欠款改成2500", EntryChange("debt", 2500_00)),
        ("孙丽的欠款应该是2500", EntryChange("debt", 2500_00)),
        ("把孙丽的欠款改成两千五", EntryChange("debt", 2500_00)),
        ("孙丽欠款记错了 应该是2500", EntryChange("debt", 2500_00)),
        ("孙丽欠款是2500不是3000", EntryChange("debt", 2500_00, 3000_00)),
        ("孙丽3000的欠款改成2500", EntryChange("debt", 2500_00, 3000_00)),
        ("刚才那笔300的欠款记错了 是500", EntryChange("debt", 500_00, 300_00, None, True)),
        ("孙丽的回款改成1200", EntryChange("payment", 1200_00)),
        ("刚才的回款记错了，是1200", EntryChange("payment", 1200_00, None, None, True)),
        ("孙丽的退货改成1200", EntryChange("return", 1200_00)),
        ("刚才那个退货应该是3箱 405", EntryChange("return", 405_00, None, (3.0, "箱"), True)),
        ("孙丽的回款200删掉", EntryChange("payment", None, 200_00)),
        ("孙丽那笔欠款删了", EntryChange("debt", None)),
        ("删掉孙丽的欠款", EntryChange("debt", None)),
        ("孙丽的退货1200撤销", EntryChange("return", None, 1200_00)),
    ],
)
def test_what_is_stored_is_put_right(text: str, change: EntryChange) -> None:
    assert entry_changes.told(text, "孙丽") == change


@pytest.mark.parametrize(
    "text",
    [
        "孙丽欠款2500",
        "孙丽欠款是2500",
        "孙丽还欠2500",
        "孙丽回款2500",
        "孙丽退货1200",
        "孙丽退了3箱 405",
        "孙丽欠款改成下月付",
        "孙丽要求欠款改成月结",
        "孙丽想把欠款改成2500",
        "孙丽退货改成换货",
        "孙丽说退货应该是1200",
        "孙丽欠款改成2500行吗",
        "孙丽的欠款删了多少",
        "孙丽的订单改成2500",
        "孙丽欠款2500 改成月底付",
        "孙丽取消退货",
        "孙丽欠款3000已还2500",
    ],
)
def test_what_is_new_wished_or_planned_changes_nothing(text: str) -> None:
    assert entry_changes.told(text, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("孙丽退货是360", EntryChange("return", 360_00)),
        ("孙丽退款是300", EntryChange("return", 300_00)),
        ("孙丽的回款是500", EntryChange("payment", 500_00)),
        ("刚才那笔回款是500", EntryChange("payment", 500_00, is_last=True)),
    ],
)
def test_a_sum_that_is_stated_may_put_the_last_one_right(text: str, change: EntryChange) -> None:
    assert entry_changes.told(text, "孙丽") is None
    assert entry_changes.stated(text, "孙丽") == change


@pytest.mark.parametrize(
    "text", ["孙丽欠款是2500", "孙丽退货360", "孙丽退货改成360", "孙丽退货是3箱 405", "孙丽退货是360吗", "孙丽货是360"]
)
def test_what_states_no_sum_of_a_payment_or_return(text: str) -> None:
    assert entry_changes.stated(text, "孙丽") is None

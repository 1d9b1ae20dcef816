"""One message as long as Telegram takes, of one word over and over: handled in about the time of any long message.

tests/nlp/test_pumped_patterns.py looks at each pattern; here is all that a message goes through.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import born

if TYPE_CHECKING:
    from tests.chat.conftest import Office

LONGEST = 4096  # characters. Source: Bot API, sendMessage
LIMIT = 5.0  # seconds of the processor; usual are 0.1 to 2
WORDS = (
    *(
        "就",
        "都",
        "也",
        "再",
        "加",
        "收",
        "付",
        "一",
        "1",
        "的",
        "签",
        "要",
        "送",
        "说",
        "欠",
        "元",
        "店",
        "总",
        "三",
        "万",
    ),
    *(
        "点",
        "半",
        "每",
        "月",
        "日",
        "号",
        "和",
        "、",
        "给",
        "他",
        "没",
        "不",
        "了",
        "谁",
        "块",
        "买",
        "退",
        "嫌",
        "路",
        "\u3000",
    ),
    *(
        "刚刚",
        "过来",
        "一个",
        "2箱",
        "下周二",
        "明天",
        "报价",
        "抹零",
        "改成",
        "今天",
        "不对",
        "尾款",
        "多少",
        "那单",
        "定金",
    ),
    *(
        "生日",
        "农历",
        "投诉",
        "3月",
        "公司",
        "张伟",
        "1月1日",
        "9点",
        "2箱380 ",
        "油1桶235",
        "张伟 ",
        "13800138000",
        "123号",
    ),
    *(
        "。",
        "，",
        ",",
        ".",
        "-",
        "/",
        ":",
        "(",
        '"',
        "?",
        "😀",
        "%",
        "+",
        "A",
        "a1",
        "@",
        "#",
        "\n1",
        "， ",
        "\u200b",
        "\u0301",
    ),
)


async def set_up(office: Office) -> None:
    await born(office)


office = prepared.office_after(set_up)


@pytest.mark.long
@pytest.mark.parametrize("before", ["", "张伟要2箱鸡腿190 "])
async def test_a_long_text_is_answered_soon(office: Office, before: str) -> None:
    slow = {}
    for word in WORDS:
        text = f"{before}{word * LONGEST}"[: LONGEST - 1] + "x"
        began, said = time.process_time(), len(office.rep.messages())
        await office.rep.send(text)
        await office.idle()
        if (took := time.process_time() - began) > LIMIT:
            slow[word] = round(took, 1)
        assert len(office.rep.messages()) > said + 1, word
    assert slow == {}

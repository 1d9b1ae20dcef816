"""A death in the customer's family is told from business, from others, from long ago and from figures of speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import bereavement

TOLD = (
    "张伟父亲上周过世了，节哀",
    "王总家里有丧事，下月再谈",
    "李姐的母亲昨天去世了",
    "客户说家里办丧事，先不谈价格",
    "陈总在老家奔丧，电话别打",
    "他爷爷走了，这两天在老家办后事",
    "周总丈母娘病逝，休假一周",
    "张伟家有白事，等下周再联系",
    "刘总岳父昨晚在医院走了，很难过",
    "孙总说爱人刚过世",
    "赵总回老家守孝",
    "母亲头七，不方便见面",
    "王总老父亲凌晨离世，订单推迟",
    "参加父亲的葬礼，下周回",
    "家里老人去世，暂停合作",
)

NOT_TOLD = (
    "张伟是做殡葬用品的",
    "他父亲前年去世，现在自己当家",
    "他同事家里有白事",
    "张伟说红白喜事都用他家的酒",
    "白事一条龙服务的客户，要寿衣",
    "老公走了，一会儿回来签字",
    "经理走了，换了新人对接",
    "张伟去参加老领导的追悼会",
    "王总母亲生病住院",
    "客户说如果老人去世要怎么办手续",
    "隔壁的老人去世了",
    "王总没有去世，是误传",
    "孩子走了半小时，才安静下来谈",
    "他们原来的老板走了，新老板姓王",
    "货没了，下周补",
    "父亲节快乐要送礼",
    "张伟的儿子过生日",
    "机会没了，真是难过",
    "家里没了库存",
    "我父亲去世了，请假三天",
    "奶奶生前喜欢喝这个",
    "父亲去世三周年",
    "客户的客户的母亲去世",
    "这个项目死了",
    "合同过期，事情走了流程",
    "老爷子走了一圈，挺满意",
    "妈妈走了进来，看了样品",
)


@pytest.mark.parametrize("text", TOLD)
def test_a_death_in_the_family_is_seen(text: str) -> None:
    assert bereavement.is_told(text)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_in_doubt_it_is_none(text: str) -> None:
    assert not bereavement.is_told(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    bereavement.is_told(text)

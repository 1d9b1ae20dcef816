"""The tags of a note do not depend on the name of whom it is about."""

from __future__ import annotations

import pytest

from nlp import customer_names
from nlp.customer_names import Named
from nlp.team_tagger import TeamTagger
from tests import models

NAMES = ("孙丽", "李娜", "马国强", "徐胜利", "高兴", "林喜乐", "郭永固", "罗满意", "谢德高", "欧阳诚信")


def person(*names: str) -> Named:
    return Named(frozenset(names))


@pytest.fixture(scope="module")
def tagger() -> TeamTagger:
    return TeamTagger(models.trained_tagger())


@pytest.mark.parametrize(
    "text",
    [
        "{}嫌交期慢",
        "{}说下周三给回复",
        "今天拜访了{}，聊得不错",
        "{}那边货款还没结",
        "跟{}吃饭 他打算开新店",
        "{}想要样品 急",
    ],
)
def test_same_sentence_has_the_same_tags_whoever_is_meant(tagger: TeamTagger, text: str) -> None:
    said = [tagger.tag(text.format(name), person(name)) for name in NAMES]
    assert len({(one.intents, one.topics, one.sentiment, one.urgent) for one in said}) == 1
    for one, name in zip(said, NAMES, strict=True):
        told = [word for words in one.evidence.values() for word in words]
        assert customer_names.STANDS_AS not in "".join(told)
        assert all(word in text.format(name) and word != name for word in told)


def test_forms_of_address_keep_what_they_tell() -> None:
    assert customer_names.mask("马总说太贵 老马也急", person("马总", "老马")).text == "王总说太贵 老王也急"
    assert customer_names.mask("马国强说国强五金便宜", person("马国强")).text == "吴芳说国强五金便宜"
    assert customer_names.mask("没有名字", person("马国强")).told == {}


def test_texts_of_several_people_are_tagged_each_with_its_own(tagger: TeamTagger) -> None:
    texts = ["马国强嫌贵", "孙丽嫌贵"]
    first, second = tagger.tag_many(texts, [person("马国强"), person("孙丽")])
    assert first.probability == second.probability


@pytest.mark.parametrize("text", ["{}那边货款还没结", "{}的马总嫌交期慢", "跟{}谈得不错，下周签", "{}想要样品"])
def test_same_sentence_has_the_same_tags_whichever_firm_is_meant(tagger: TeamTagger, text: str) -> None:
    firms = ("无锡新民五金", "国强五金", "三棵树涂料", "上海美达", "立邦", "宁波得力文具")
    said = [tagger.tag(text.format(firm), Named(firms=frozenset([firm]))) for firm in firms]
    assert len({(one.intents, one.topics, one.sentiment, one.urgent) for one in said}) == 1
    assert not {"competitor", "churn"} & set(said[0].intents)

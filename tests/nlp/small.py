"""A built-in model of 630 notes, made in two seconds, and a team's jargon that it cannot know."""

from __future__ import annotations

import functools
from pathlib import Path

from nlp import corpus, fitting, held_out
from nlp.held_out import HeldOut
from nlp.learning import Lesson
from nlp.tagger import Tagger

EVERY = 10
JARGON = (
    "下午路过，听说他们鸣锣",
    "上午采购在群里鸣锣",
    "说是下周要鸣锣",
    "财务那边也鸣锣",
    "车间主任跟着鸣锣",
    "开会的时候鸣锣",
    "刚到就鸣锣",
    "聊了半小时，最后鸣锣",
    "又鸣锣一次",
    "前台说他们鸣锣",
    "拜访时鸣锣，没多说",
    "微信里发来鸣锣两个字",
)
"""In this team 鸣锣 means that a customer complains; no corpus holds the word."""
PLAIN = (
    "王总今天不在，前台收的资料",
    "下午拜访了采购，聊得不错",
    "李姐说下周再看",
    "路过美达，送了本画册",
    "刚接到电话，问地址",
)


def write_corpus(path: Path) -> Path:
    """The file holds every tenth delivered note."""
    lines = corpus.DELIVERED.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[1::EVERY]]) + "\n", encoding="utf-8")
    return path


@functools.cache
def model(path: Path) -> tuple[Tagger, HeldOut]:
    """The tagger of the small corpus at this place, and its yardstick."""
    fitted = fitting.fit(corpus.load(write_corpus(path)))
    held_out.keep(path, path.parent / "model", fitted.held_out)
    return Tagger(fitting.named(fitted.weights, version="small")), held_out.of(path, path.parent / "model")


def jargon(member: int = 1, first: int = 0) -> tuple[Lesson, ...]:
    """The jargon tapped as complaints, beside notes that were left alone."""
    told = [Lesson(first + at, text, ((member, "complaint", True),)) for at, text in enumerate(JARGON)]
    return (*told, *(Lesson(first + 100 + at, text) for at, text in enumerate(PLAIN)))

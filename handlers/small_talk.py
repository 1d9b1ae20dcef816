"""What is said to the bot without anything to keep: 谢谢, 好的, 哈哈 今天开了一单 爽."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session
from telegram import Update

from crm import named
from crm.members import Actor
from crm.understanding import Understanding
from handlers import arguments, said
from handlers.context import Context
from handlers.say import Say
from handlers.texts import notes as texts

LONGEST = 6  # characters: 你好, 谢谢, 好的 are no notes to be kept
_POLITE = re.compile(
    "(?i)谢谢|多谢|感谢|谢[了啦]|好的|好嘞|你好|您好|收到|辛苦|早上好|早安|晚上好|下午好|晚安|哈[囉啰喽罗]|嗨|在吗|在不在|hello|hi$"
)
_WISH = re.compile(
    "(?:祝|大家|各位|领导|老板|你|您|也|都)*(?:周末|节日|假期|假日|新年|新春|春节|元旦|国庆|中秋|端午|五一|元宵|双节|圣诞)节?(?:愉快|快乐|安康|好)"
    "(?:[呀啊哦哈~～!！。 ]|大家|各位)*"
)
_MARKS = re.compile("[ ,，。.!！?？~～]+")
_THANKS = re.compile("(?i)(?:谢谢|多谢|感谢|谢[了啦]|辛苦|麻烦你|thanks|thx)")
_GLAD = "哈哈|嘿嘿|耶|爽|开心|高兴|太好了|太棒|牛|嗨|不容易"
_CHEERS = re.compile(  # a deal that names nobody and no sum
    rf"^(?=.*(?:{_GLAD}))[^\d]{{0,12}}(?:开|签|成|拿下?|谈)(?:成)?(?:了)?(?:一|两|个|几|张|笔|大)*单[^\d]{{0,8}}$"
)


def answer(seen: Understanding) -> str | None:
    """The answer to a courtesy; None for what says more."""
    if len(seen.text) > LONGEST or seen.candidates or seen.reading.ask == "instruction":
        return None
    if seen.reading.query is not None and not _POLITE.match(seen.text):
        return None
    return texts.THANKED if _THANKS.match(seen.text) else texts.SMALL_TALK


def is_courtesy(text: str) -> bool:
    """True for 你好 and 谢谢: nothing is sought with them.

    >>> is_courtesy("哈囉"), is_courtesy("过敏")
    (True, False)
    """
    return _POLITE.match(text) is not None


def is_all(text: str) -> bool:
    """True for a courtesy and nothing else.

    >>> is_all("你好！"), is_all("你好烘焙")
    (True, False)
    """
    return all(map(_POLITE.fullmatch, filter(None, _MARKS.split(text))))


async def take(update: Update, context: Context) -> bool:
    """周末愉快 is answered, and never a note or a reminder of the weekend; False for any other text."""
    if not _WISH.fullmatch(arguments.text_of(update).strip()):
        return False
    await context.commit(lambda db, actor: context.reply(db, Say(texts.SMALL_TALK)))
    return True


async def reply(context: Context, text: str, courtesy: str) -> None:
    """The courtesy; a word alone that notes hold (过敏) is sought in them instead."""
    words = "" if is_courtesy(text) else await context.read(lambda db, actor: said.held(db, actor, context, text))

    def work(db: Session, actor: Actor) -> None:
        if words:
            said.list_held(db, actor, context, words)
        else:
            context.reply(db, Say(courtesy))

    await context.commit(work)


async def cheer(context: Context, seen: Understanding) -> bool:
    """哈哈 今天开了一单 爽 is cheered at, and the sum asked for; False where a customer is named, or of other texts."""
    meant = [*seen.candidates, *([seen.customer] if seen.customer is not None else [])]
    if not _CHEERS.match(seen.text) or any(named.words_for(row, seen.text) for row in meant):
        return False
    await context.commit(lambda db, actor: context.reply(db, Say(texts.CHEERS)))
    return True

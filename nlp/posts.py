"""Who is spoken of by his post alone: 老板娘要10箱生抽 names nobody, and a customer may be entered as such."""

from __future__ import annotations

from typing import Final

from nlp import lazy

_POSTS = "老板娘|老板|店主|店长|厂长|掌柜|经理|主任|校长|园长|院长|会计|厨师长|主厨|大厨"
_TIMES = "(?:今[天早晚]|昨[天晚]|明天|刚才?|上午|下午|中午|晚上|[那这]个?|又|还|也|就|都|已经|那边|这边|家|[他她 ,，])*"
_DEED = (
    "(?:要|说|讲|问|来(?!源)|打|订|定(?![位做制])|拿|买|付|给|还|欠|退|想|嫌|让|叫|催|答应|同意|不|没|投诉|加(?![盟微])|续|转|约|反映"
    "|觉得|收到|补|点|下单|换|看|找|回|急)"
)
_SUBJECT: Final = lazy.regex(f"^{_TIMES}(?P<post>{_POSTS}){_TIMES}{_DEED}")
_OF_TITLE: Final = {"老板": ("店主", "掌柜"), "店主": ("老板",), "经理": ("主管",), "大厨": ("厨师长", "主厨")}


def subject(text: str) -> str | None:
    """The post by which he who does something is called, where nothing else names him.

    >>> subject("老板娘要10箱生抽 明天送"), subject("老板电器下单3000")
    ('老板娘', None)
    """
    match = _SUBJECT.match(text)
    return match["post"] if match is not None else None


def is_one(word: str) -> bool:
    """True for the name of a post.

    >>> is_one("老板娘"), is_one("货")
    (True, False)
    """
    return word in _POSTS.split("|")


def is_owner(post: str) -> bool:
    """True for the post of whom a shop belongs to."""
    return post in ("老板娘", "老板", "店主", "掌柜")


def is_called(title: str | None, post: str) -> bool:
    """True where who has this title is called by the post; 老板娘 is no 老板.

    >>> is_called("采购部经理", "经理"), is_called("老板娘", "老板"), is_called("店主", "老板")
    (True, False, True)
    """
    said = (title or "").replace("老板娘", "") if post != "老板娘" else title or ""
    return any(word in said for word in titles(post))


def titles(post: str) -> tuple[str, ...]:
    """The words, one of which the title holds of everybody who may be called by the post.

    >>> titles("老板")
    ('老板', '店主', '掌柜')
    """
    return (post, *_OF_TITLE.get(post, ()))

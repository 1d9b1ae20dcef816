"""Words in and about group chats."""

from __future__ import annotations

from handlers.say import Button, Say, esc

OPEN_AGAIN = "本群又能发言了"


def how_to_connect(url: str, code: str) -> Say:
    """/connect in a private chat."""
    text = (
        f"点下面的按钮把我加进群；或者我已在群里，就在群里发：\n<code>/connect {code}</code>\n（7 天内有效，连一个群）"
        "\n企业微信、钉钉、飞书的群：发 /robots"
    )
    return Say(text, ((Button("把我加进群", url=url),),))


def added() -> Say:
    """The bot was added to a group."""
    return Say("大家好！请团队管理员在本群发 /connect，把本群连到团队，之后汇总和提醒会发到这里。")


def taken(title: str) -> Say:
    """To who asked, in private: the group is another team's."""
    return Say(f"「{esc(title)}」已连到另一个团队，请先由那个团队把我移出那个群。")


def connected(team_name: str, in_topic: bool) -> Say:
    """The group is the team's."""
    where = "这个话题" if in_topic else "本群"
    return Say(f"{where}已连到「{esc(team_name)}」：汇总和提醒会发到这里，客户隐私会打码。可用：/summary，/help")


def mentioned() -> Say:
    """Somebody spoke to the bot in a group."""
    return Say("群里我只答 /summary（主管）和 /help；今天的事、客户和记录请私聊我。")


def code_not_valid() -> Say:
    """The code of /connect is unknown, used or expired."""
    return Say("这个连接码已失效。管理员直接在本群发 /connect 就行，不带码也可以。")


def shut_out(title: str) -> Say:
    """To the admins: the bot may not write in the group any more."""
    return Say(
        f"我在群「{esc(title)}」里发不了消息（被移出，或没有发言权限），汇总先不发到那里了。\n"
        "恢复权限后，在群里发 /connect 就能继续。"
    )

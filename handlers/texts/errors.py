"""One helpful sentence for everything that goes wrong, and for what the bot cannot read."""

from __future__ import annotations

from crm.members import NotAllowed
from crm.teams import AlreadyInTeam
from handlers.say import Say, esc

ROLE_NEEDED = {"manager": "主管", "admin": "管理员"}
EXCERPT = 60


def stranger() -> Say:
    """To a person in no team: this and nothing else."""
    return Say("您好！我只为受邀的团队成员服务，请向您的主管要一个邀请链接。")


def not_allowed(error: NotAllowed) -> Say:
    """A role is missing."""
    role = ROLE_NEEDED.get(error.needs, "管理员")
    return Say(f"这个操作要{role}才能做，请找您团队的{role}。")


def already_in_team(error: AlreadyInTeam) -> Say:
    """One team at a time."""
    return Say(f"您已在「{esc(error.team_name)}」，一个人同时只能在一个团队；要换团队，请先让管理员把您移出。")


def stale_button() -> Say:
    """A button of an older version, or of something that is gone."""
    return Say("这个按钮已过期，请重新发 /today，或用 /c 加名字查客户。")


def private_only() -> Say:
    """A command with a secret answer was sent in a group."""
    return Say("这个命令请私聊我发。")


def group_only() -> Say:
    """A command for groups was sent elsewhere."""
    return Say("这个命令请在团队群里发。")


def group_taken() -> Say:
    """The group belongs to another team."""
    return Say("本群已连到另一个团队，请先由那个团队把我移出本群。")


def group_not_connected() -> Say:
    """The group belongs to no team."""
    return Say("本群还没连到团队，请管理员在本群发 /connect。")


def team_name_invalid() -> Say:
    """A bad name for a team."""
    return Say("团队名要 1 到 40 个字，请再发一次，例如：华东销售一组。")


def member_not_found() -> Say:
    """No such colleague."""
    return Say("团队里没有这位成员（可能已移出），请发 /members 看名单。")


def last_admin() -> Say:
    """The only admin stays."""
    return Say("这是唯一的管理员，请先把另一位同事设为管理员。")


def last_role() -> Say:
    """A member without a role."""
    return Say("每位成员至少要有一个角色；要让对方离开，请点「移出团队」。")


def unknown_command(typed: str, nearest: str | None) -> Say:
    """No such command; perhaps a typing mistake."""
    shown = esc(typed[:32])
    if nearest is None:
        return Say(f"没有 /{shown} 这个命令，发 /help 看能做什么。")
    return Say(f"没有 /{shown}，您是要 /{nearest} 吗？")


def for_another(typed: str, addressed: str) -> Say:
    """A command with the name of another bot, in the chat with this one."""
    return Say(f"/{esc(typed[:32])} 写着 @{esc(addressed[:32])}，那是别的机器人；给我的请去掉 @ 后面的名字再发。")


def set_aside(excerpt: str, is_file: bool = False) -> Say:
    """To the sender of an update that failed five times."""
    named = f"（{esc(excerpt)}）" if excerpt else ""
    again = "请过一会儿再发一次这个文件" if is_file else "请先换个说法再发一次"
    return Say(f"这条{named}没处理成功，已记下，我们会看。{again}。")


def set_aside_notice(who: str, excerpt: str, inbox_id: int) -> Say:
    """To the admins about it."""
    named = f"：{esc(excerpt)}" if excerpt else ""
    return Say(f"有一条消息处理失败，来自{esc(who)}{named}\n编号 {inbox_id}，详情在运行日志里。")


def voice() -> Say:
    """Voice messages are not understood."""
    return Say("我听不了语音，请用输入法的语音转文字，再把文字发给我。")


def no_text() -> Say:
    """A sticker, a location, a call and the like."""
    return Say("这个我看不懂，请用文字告诉我，例如：记 王总 嫌交期慢。")

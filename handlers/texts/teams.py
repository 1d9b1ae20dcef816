"""Words around teams: founding, joining, members, settings."""

from __future__ import annotations

from collections.abc import Sequence

from crm.departures import Estate
from crm.invites import Joined
from crm.members import Actor
from crm.tables import Member
from crm.teams import Role, may_remove
from handlers import buttons
from handlers.say import Button, Rows, Say, esc

ROLE_NAMES: dict[str, str] = {"rep": "销售", "manager": "主管", "admin": "管理员"}
ZONES = (
    ("北京 / 上海", "Asia/Shanghai"),
    ("乌鲁木齐", "Asia/Urumqi"),
    ("香港", "Asia/Hong_Kong"),
    ("台北", "Asia/Taipei"),
    ("新加坡", "Asia/Singapore"),
    ("东京", "Asia/Tokyo"),
    ("伦敦", "Europe/London"),
)
HOURS = (8, 9, 7, 10)
OF_COLLEAGUE = ("今天的记录", "的单子", "的客户", "的商机", "明天的安排", "这个月业绩")  # may be asked of one
TRY_FIRST = {
    "rep": (
        "① 加客户：<code>王总 13800138000 上海美达 采购经理</code>",
        "② 记跟进：<code>记 王总 嫌交期慢，下周三回访</code>",
        "③ 看今天要做的事：/today",
    ),
    "manager": (
        "① 看五类客户和金额：/summary",
        "② 看可能流失的客户：/risk",
        "③ 邀请同事：/invite",
    ),
    "admin": (
        "① 邀请同事：/invite",
        "② 把群连到团队：/connect",
        "③ 改时区、早卡时间、团队名：/settings",
    ),
}


def roles_of(member: Member | Actor) -> str:
    """The roles in words, e.g. 销售、主管."""
    has = {"rep": member.is_rep, "manager": member.is_manager, "admin": member.is_admin}
    return "、".join(ROLE_NAMES[role] for role, held in has.items() if held)


def _try_first(role: str) -> str:
    return "\n".join(TRY_FIRST[role])


def _pairs(row: Sequence[Button], last: tuple[Button, ...] = ()) -> Rows:
    paired = tuple(tuple(row[i : i + 2]) for i in range(0, len(row), 2))
    return (*paired, last) if last else paired


# --- joining ---------------------------------------------------------------------------------------------------------
def invite_not_valid() -> Say:
    """For a link that is unknown, used or expired."""
    return Say("这个邀请链接已失效（用过、过期或不完整），请找同事要一个新的。")


def joined(done: Joined) -> Say:
    """The greeting of who opened a link."""
    name, team = esc(done.actor.name), esc(done.actor.team_name)
    role = ROLE_NAMES[done.role]
    if done.outcome == "already":
        return Say(f"{name}，您已经是「{team}」的{role}了，链接没有用掉，可以转给别人。")
    if done.outcome == "role_added":
        return Say(f"{name}，您在「{team}」又多了一个角色：{role}。先试试：\n{_try_first(done.role)}")
    return Say(f"{name}，欢迎加入「{team}」！您的角色是{role}。先试三件事：\n{_try_first(done.role)}")


def welcome_back(actor: Actor) -> Say:
    """/start of somebody who is in a team."""
    role = "rep" if actor.is_rep else "manager" if actor.is_manager else "admin"
    return Say(
        f"{esc(actor.name)}，您在「{esc(actor.team_name)}」（{roles_of(actor)}）。可以直接：\n{_try_first(role)}"
    )


# --- set-up in four taps ---------------------------------------------------------------------------------------------
def name_the_team(actor: Actor) -> Say:
    """The first thing a founder is asked."""
    keep = Button(f"就叫「{actor.team_name}」", buttons.SetupStep("zone"))
    return Say(f"{esc(actor.name)}，欢迎！您是管理员。\n团队叫什么名字？直接发给我。", ((keep,),))


def setup_zone(team_name: str) -> Say:
    """Tap one: the zone."""
    choices = [Button(name, buttons.SetZone(zone, True)) for name, zone in ZONES]
    skip = Button("跳过", buttons.SetupStep("hour"))
    return Say(f"「{esc(team_name)}」建好了。① 团队在哪个时区？", _pairs([*choices, skip]))


def setup_hour() -> Say:
    """Tap two: the hour of the morning card."""
    choices = [Button(f"{hour} 点", buttons.SetHour(hour, True)) for hour in HOURS]
    return Say(
        "② 每天几点把早卡（今天要做的几件事）发给销售？",
        _pairs(choices, (Button("跳过", buttons.SetupStep("invite")),)),
    )


def setup_invite(again: bool = False) -> Say:
    """Tap three: links for reps."""
    text = "链接在下面，转发给一位销售就行。还要再邀请吗？" if again else "③ 邀请销售：我给您一条链接，转发给对方就行。"
    make = Button("再来一个" if again else "要一条邀请链接", buttons.InviteAs("rep", True))
    on = Button("下一步" if again else "跳过", buttons.SetupStep("group"))
    return Say(text, ((make, on),))


def setup_group(url: str, code: str) -> Say:
    """Tap four: the group chat."""
    text = (
        f"④ 连接团队群：点下面的按钮把我加进群；或者我已在群里，就在群里发：\n<code>/connect {code}</code>\n"
        "群里只发汇总和提醒，客户隐私会打码。"
    )
    return Say(text, ((Button("把我加进群", url=url),), (Button("完成", buttons.SetupStep("done")),)))


def setup_done() -> Say:
    """What a founder can do now."""
    return Say(
        f"设置好了！现在可以：\n{_try_first('rep')}\n④ 把现有客户的 .xlsx 或 .csv 表格直接拖给我\n"
        "更多：/help，改设置：/settings"
    )


# --- invitations -----------------------------------------------------------------------------------------------------
def choose_role(roles: Sequence[Role]) -> Say:
    """/invite"""
    row = tuple(Button(ROLE_NAMES[role], buttons.InviteAs(role, False)) for role in roles)
    return Say("邀请同事做什么角色？", (row,))


def invitation(actor: Actor, role: str, url: str) -> Say:
    """A message that is forwarded to the invited person."""
    text = (
        f"{esc(actor.name)}邀请您加入「{esc(actor.team_name)}」，角色：{ROLE_NAMES[role]}。\n"
        f"点开链接，再点“开始”：\n{esc(url)}\n（7 天内有效，只能用一次）"
    )
    return Say(text, ((Button("复制链接", copy=url),),))


def invitation_made(role: str) -> Say:
    """What the card with the roles becomes."""
    row = (Button("再来一个", buttons.InviteAs(role, False)),)
    return Say(f"{ROLE_NAMES[role]}的邀请链接在下面，转发给对方就行。", (row,))


# --- members ---------------------------------------------------------------------------------------------------------
SHOWN = 8


def member_list(actor: Actor, colleagues: Sequence[Member]) -> Say:
    """/members: the first eight can be opened, the rest are named."""
    lines = [f"· {esc(m.name)}（{roles_of(m)}{'，停用了机器人' if m.blocked_at else ''}）" for m in colleagues[:40]]
    more = f"\n…共 {len(colleagues)} 人" if len(colleagues) > 40 else ""
    row = [Button(m.name[:20], buttons.ShowMember(m.member_id)) for m in colleagues if m.member_id != actor.member_id]
    return Say(f"「{esc(actor.team_name)}」的成员：\n" + "\n".join(lines) + more, _pairs(row[:SHOWN]))


def member_card(actor: Actor, member: Member) -> Say:
    """One colleague, with what the actor may do."""
    has = {"rep": member.is_rep, "manager": member.is_manager, "admin": member.is_admin}
    row: list[Button] = []
    if actor.is_admin:
        for role, held in has.items():
            label = f"{'取消' if held else '设为'}{ROLE_NAMES[role]}"
            row.append(Button(label, buttons.SetRole(member.member_id, role, not held)))
    if may_remove(actor, member):
        row.append(Button("移出团队", buttons.RemoveMember(member.member_id, False)))
    return Say(f"{esc(member.name)}：{roles_of(member)}", _pairs(row, (Button("返回", buttons.ShowMember(0)),)))


def colleague_in_words(actor: Actor, member: Member, admins: Sequence[str]) -> Say:
    """His card, asked for by a sentence about his role or his leaving; who may change it, where the actor may not."""
    card = member_card(actor, member)
    if actor.is_admin:
        return card
    named = f"（{esc('、'.join(admins[:3]))}）" if admins else ""
    may = "改角色" if may_remove(actor, member) else "改角色、移出团队"
    return Say(f"{card.text}\n{may}由管理员{named}来做。", card.rows)


def confirm_removal(member: Member, left: Estate) -> Say:
    """Asked before somebody is removed."""
    sure = Button("确定移出", buttons.RemoveMember(member.member_id, True))
    keep = Button("不移出", buttons.ShowMember(member.member_id))
    goes = f"{_left_behind(left)}会转给{esc(left.heir)}" if _has_estate(left) else "名下没有客户和待办"
    rows: Rows = ((sure, keep),)
    if _has_estate(left):
        rows = (*rows, (Button("选谁接手 ▸", buttons.ChooseHeir(member.member_id, -1)),))
    return Say(f"把 {esc(member.name)} 移出团队？对方马上看不到任何数据；{goes}。", rows)


def removed(member: Member, left: Estate) -> Say:
    """After the removal."""
    went = f"{_left_behind(left)}已转给{esc(left.heir)}。" if _has_estate(left) else ""
    row: tuple[Button, ...] = (Button("返回成员", buttons.ShowMember(0)),)
    if left.transfer_id is not None:
        row = (Button("撤销交接", buttons.UndoHandover(left.transfer_id, "ask")), *row)
    rows = (row,)
    return Say(f"{esc(member.name)} 已移出团队，再也看不到团队数据。{went}", rows)


def _has_estate(left: Estate) -> bool:
    return left.heir_id is not None and bool(left.customers or left.tasks)


def _left_behind(left: Estate) -> str:
    return f"名下 {left.customers} 位客户、{left.tasks} 件待办"


def you_are_out(team_name: str) -> Say:
    """To the removed person."""
    return Say(f"您已被移出「{esc(team_name)}」，之后不会再收到提醒。")


def renamed(name: str) -> Say:
    """After a rename in the settings."""
    return Say(f"好，团队改名为「{esc(name)}」。")


def may_be_asked_of(name: str) -> Say:
    """What can be answered of a colleague."""
    asked = "、".join(f"<code>{esc(name)}{what}</code>" for what in OF_COLLEAGUE)
    return Say(f"是在问同事 {esc(name)} 吧？这个我答不上，什么都没记。可以问：\n{asked}")

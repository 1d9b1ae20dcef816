"""Words about group robots of WeCom, DingTalk and Feishu. Of an address only its last four characters are shown."""

from __future__ import annotations

from collections.abc import Sequence

from crm import robots
from crm.robot_addresses import AddressRefused
from crm.tables import Robot
from handlers import buttons
from handlers.say import Button, Rows, Say, esc

SERVICES = {"wecom": "企业微信", "dingtalk": "钉钉", "feishu": "飞书"}
STATES = {"new": "还没测通", "on": "正常", "paused": "已暂停", "refused": "发不出去"}
REMOVED = "机器人已移除"
WIPED = "带地址或密钥的那条消息，我已请 Telegram 从聊天里删掉；要是还看得到，请自己删一下。"
HOW = (
    "在对方群的“群设置 → 机器人”里新建自定义机器人，把它的 Webhook 地址整条发给我，地址前可以写群名，例如：\n"
    "<code>销售群 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…</code>\n"
    "支持企业微信、钉钉、飞书。地址等于发言权，我存好后不再显示，并请 Telegram 删掉那条消息。"
)
ADDRESS_WRONG = {
    "none": "这里面没有机器人的地址。地址是 https:// 开头的一整条，请从机器人设置里复制。",
    "http": "地址要以 https:// 开头，http 的不安全，没有保存。请从机器人设置里重新复制。",
    "host": "这不是企业微信、钉钉或飞书的机器人地址，没有保存。"
    "地址的网站应是 qyapi.weixin.qq.com、oapi.dingtalk.com 或 open.feishu.cn。",
    "path": "网站对，但这条地址不是完整的群机器人地址，没有保存。请在机器人设置里点“复制”，整条发来。",
}
SECURITY_WRONG = {
    "secret": "这不像加签密钥（钉钉的以 SEC 开头），没有保存。请从机器人的安全设置里重新复制。",
    "keyword": "关键词要在 20 个字以内，没有保存。请只发一个关键词，或整条密钥。",
}
FAULTS = {
    "address": "地址失效了：机器人被删、被重置，或地址不完整。请在群里重新复制地址，再添加一次",
    "off": "机器人在群里被停用了，请先在群设置里启用",
    "keyword": "消息里没有它要求的关键词。请点 [改密钥/关键词]，把机器人设置里的关键词发给我",
    "signature": "签名不对。请点 [改密钥/关键词]，重新复制加签密钥发给我",
    "ip": "它只允许指定的 IP，请把本服务器的出口 IP 加进机器人的安全设置",
    "clock": "它说时间戳不对，请校准服务器的时钟",
    "redirect": "地址被转到别处了；为了安全我不跟过去。请重新复制机器人地址",
    "content": "它不接受这条消息的内容",
    "html": "对方回的是网页，不是机器人的答复，可能是网络被拦或服务在维护；不确定发没发到",
    "slow": "对方一直没有回答，不确定发没发到，请看一眼群里",
    "cut": "连接中途断了，不确定发没发到，请看一眼群里",
    "busy": "对方服务忙，过一会儿再试",
    "server": "对方服务器出错，不确定发没发到，请看一眼群里",
    "rate": "发得太快被限流了，过几分钟再试",
    "unreachable": "连不上对方的服务器，请检查本机网络",
    "unknown": "对方拒绝了",
}


def default_name(service: str) -> str:
    """What a robot is called when nobody named it."""
    return f"{SERVICES[service]}群"


def label(robot: Robot) -> str:
    """The robot as people know it, not escaped."""
    return f"{robot.name} …{robots.tail(robot)}"


def why_not(robot: Robot | None) -> str:
    """Why nothing goes to the robot, for the ledger."""
    if robot is None:
        return REMOVED
    return f"机器人{STATES[robot.state]}" + (f"：{FAULTS.get(robot.fault, '')}" if robot.fault else "")


def fault(code: str | None, words: str | None) -> str:
    """What is wrong, and the service's own words, escaped."""
    own = f"（对方原话：{esc(words)}）" if words else ""
    return f"{FAULTS.get(code or 'unknown', FAULTS['unknown'])}{own}"


def all_robots(team_name: str, present: Sequence[Robot], note: str = "") -> Say:
    """/robots"""
    rows: Rows = tuple((Button(label(robot)[:40], buttons.ShowRobot(robot.robot_id)),) for robot in present)
    lines = [
        f"· {SERVICES[robot.service]}「{esc(robot.name)}」…{robots.tail(robot)}：{_state(robot)}" for robot in present
    ]
    head = f"「{esc(team_name)}」的群机器人：工作日 18 点过几分把日报发过去，客户隐私打码。"
    text = "\n".join([head, *(lines or ["还没有。点下面添加，连上企业微信、钉钉或飞书的群。"])])
    more = () if len(present) >= robots.MOST else ((Button("➕ 添加机器人", buttons.AddRobot()),),)
    return Say(f"{note}\n\n{text}" if note else text, (*rows, *more))


def _state(robot: Robot) -> str:
    return STATES[robot.state] + (f"，{fault(robot.fault, None)}" if robot.fault and robot.state != "paused" else "")


def card(robot: Robot, note: str = "") -> Say:
    """One robot, with what can be done."""
    asks = "加签" if robot.secret else f"关键词「{esc(robot.keyword)}」" if robot.keyword else "没设"
    lines = [f"🤖 {SERVICES[robot.service]}「{esc(robot.name)}」…{robots.tail(robot)}", f"状态：{STATES[robot.state]}"]
    if robot.service != "wecom":
        lines.append(f"安全设置：{asks}")
    if robot.fault:
        lines.append(f"上次出错：{fault(robot.fault, robot.last_error)}")
    row = [Button("发测试消息", buttons.TestRobot(robot.robot_id))]
    if robot.state in ("on", "paused"):
        is_on = robot.state == "on"
        row.append(Button("暂停" if is_on else "恢复", buttons.PauseRobot(robot.robot_id, is_on)))
    second = [Button("移除", buttons.RemoveRobot(robot.robot_id, False)), Button("返回", buttons.ListRobots(True))]
    if robot.service != "wecom":
        second.insert(0, Button("改密钥/关键词", buttons.AskSecurity(robot.robot_id)))
    text = "\n".join(lines)
    return Say(f"{note}\n\n{text}" if note else text, (tuple(row), tuple(second)))


def ask_address() -> Say:
    """[添加机器人]"""
    return Say(HOW, ((Button("不加了", buttons.ListRobots(True)),),))


def address_wrong(error: AddressRefused, wiped: bool) -> Say:
    """What was sent is no address; the question stays open."""
    text = ADDRESS_WRONG[error.reason]
    return Say(f"{text}\n\n{WIPED}" if wiped else text, ((Button("不加了", buttons.ListRobots(True)),),))


def security_wrong(robot: Robot, error: AddressRefused, wiped: bool) -> Say:
    """What was sent is neither secret nor keyword; the question stays open."""
    text = SECURITY_WRONG[error.reason]
    return Say(f"{text}\n\n{WIPED}" if wiped else text, (_no_security(robot),))


def ask_security(robot: Robot, wiped: bool) -> Say:
    """The address is stored; or [改密钥/关键词]."""
    form = "以 SEC 开头的那一串" if robot.service == "dingtalk" else "“签名校验”里的那一串"
    text = (
        f"{SERVICES[robot.service]}「{esc(robot.name)}」…{robots.tail(robot)}：机器人的安全设置是哪一种？\n"
        f"· 加签：把密钥（{form}）发给我\n· 关键词：像这样发给我 <code>关键词 日报</code>\n"
        "· 都没有，或只限了 IP：点下面"
    )
    return Say(f"{text}\n\n{WIPED}" if wiped else text, (_no_security(robot),))


def _no_security(robot: Robot) -> tuple[Button, ...]:
    return (
        Button("都没有，直接测试", buttons.NoSecurity(robot.robot_id)),
        Button("先不弄了", buttons.ListRobots(True)),
    )


def testing(robot: Robot, wiped: bool) -> Say:
    """A test message is on its way."""
    text = f"正在给{SERVICES[robot.service]}「{esc(robot.name)}」…{robots.tail(robot)} 发一条测试消息，马上告诉您结果。"
    return Say(f"{text}\n\n{WIPED}" if wiped else text)


def test_message(team_name: str) -> Say:
    """To the group, to see whether it arrives."""
    return Say(
        f"✅ <b>{esc(team_name)} 销售助手连上了</b>\n"
        "这是一条测试消息。工作日 18 点过几分，日报会发到这里，客户隐私会打码。"
    )


def tested(robot: Robot, end: str, code: str | None, words: str | None) -> Say:
    """To who asked for the test."""
    if end != "sent":
        return card(robot, f"❌ 测试没成功：{fault(code, words)}。")
    still = "它还是暂停着，点 [恢复] 才会发日报。" if robot.state == "paused" else "日报会发到那里。"
    return card(robot, f"✅ 测试成功：对方收下了，请看一眼群里。{still}")


def refused(robot: Robot, end: str, code: str | None, words: str | None) -> Say:
    """To the admins: something for the robot's group did not go out, or perhaps not."""
    what = {
        "dead": "日报发不出去，先停了；修好后点 [发测试消息]，测通就继续",
        "refused": "有一条消息被拒",
        "lost": "发了几次都没得到答复，不确定发没发到",
    }[end]
    where = f"{SERVICES[robot.service]}群「{esc(robot.name)}」"
    return card(robot, f"⚠️ {where}：{what}。\n原因：{fault(code, words)}。")


def confirm_removal(robot: Robot) -> Say:
    """Asked before a robot is removed."""
    sure = Button("确定移除", buttons.RemoveRobot(robot.robot_id, True))
    keep = Button("不移除", buttons.ShowRobot(robot.robot_id))
    name = f"{SERVICES[robot.service]}「{esc(robot.name)}」…{robots.tail(robot)}"
    return Say(f"移除 {name}？地址和密钥会从这里彻底删掉，群里的机器人要您自己删。", ((sure, keep),))


def removed(name: str) -> str:
    """Above the list after a removal, escaped."""
    return f"「{esc(name)}」已移除，地址和密钥已删掉。"


def admins_only() -> Say:
    """Somebody else pasted an address."""
    return Say(f"机器人地址等于群里的发言权，只有管理员能添加，我没有保存。请让管理员私聊我发 /robots。\n{WIPED}")


def too_many() -> Say:
    """The team has as many as it may."""
    return Say(f"一个团队最多 {robots.MOST} 个群机器人，请先移除不用的：/robots")


def not_found() -> Say:
    """Removed, or never there."""
    return Say("这个机器人已经移除了。看现有的：/robots")

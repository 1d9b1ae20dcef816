"""Words around what a customer prefers."""

from __future__ import annotations

from crm.outbox import About
from crm.preferences import KINDS, Channel, Preferences
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import tags
from nlp import channels
from scoring.preferences import LEAST, Share

CHANNELS = {"phone": "电话", "wechat": "微信", "sms": "短信", "email": "邮件", "visit": "上门"}
LEVELS = {
    "hardly": "基本不接触",
    "sometimes": "偶尔",
    "normal": "普通",
    "rather": "较依赖",
    "strongly": "依赖",
}
HOW_TO = "看谁的偏好？例如：<code>偏好 张伟</code>；直接改就发 <code>偏好 张伟 微信</code>。"
_ORIGINS = {"stated": "手工标注", "told": "本人说过", "reachable": "只是有联系方式"}
_DEFINITION = (
    "<b>偏好的口径</b>\n"
    "· 联系方式：近 365 天这位客户的跟进记录（最新 200 条）和发送记录里，提到电话、微信、短信、邮件、上门的次数；"
    "一条记录里同一种只算一次，没打通、没回的不算。\n"
    "· 内容：近 365 天记录上的主题标签次数。\n"
    "· 占比 = 这一种的次数 ÷ 各种次数之和；0–20% 基本不接触，–40% 偶尔，–60% 普通，–80% 较依赖，–100% 依赖。\n"
    f"· 总数不到 {LEAST} 次不给占比。\n"
    "· 首选：手工标注优先，其次是记录里写明的「喜欢…联系」，再看次数最多的。"
)


def split(typed: str) -> tuple[str, tuple[str, str] | None]:
    """The name, and what is stated after it.

    >>> split("张伟 微信"), split("张伟"), split("张伟 价格")
    (('张伟', ('channel', 'wechat')), ('张伟', None), ('张伟', ('content', 'price')))
    """
    name, _, last = typed.strip(" 。！!").rpartition(" ")
    word = last.removeprefix("喜欢").removesuffix("联系")
    if (channel := channels.named(word)) is not None:
        return name.strip(), ("channel", channel)
    content = next((topic for topic in KINDS["content"] if tags.NAMES.get(topic) == word), None)
    return (name.strip(), ("content", content)) if content else (typed.strip(), None)


def page(found: Preferences, head: str = "") -> Say:
    """Shares of channels and contents with what can be changed."""
    customer = found.customer
    customer_id = customer.customer_id
    company = f"（{esc(customer.company)}）" if customer.company else ""
    lines = [head, f"📡 <b>{esc(customer.name)}</b>{company} 的偏好", _first(found.channel)]
    lines += _shares("联系方式", found.channels, CHANNELS, "次联系")
    if found.disliked:
        lines.append("🚫 说过不喜欢：" + "、".join(CHANNELS[name] for name in CHANNELS if name in found.disliked))
    if found.content:
        lines.append(f"⭐ 关心的内容：{_content(found.content)}（手工标注）")
    lines += _shares("内容", found.contents, tags.NAMES, "个主题标签")
    rows = [
        (
            Button("改联系方式", buttons.ChoosePreference(customer_id, "channel")),
            Button("改内容", buttons.ChoosePreference(customer_id, "content")),
        ),
        (
            Button("口径", buttons.DefinePreferences(customer_id)),
            Button("看客户", buttons.ShowCustomer(customer_id)),
        ),
    ]
    return Say("\n".join(line for line in lines if line), tuple(rows), about=About(customer_id))


def card_line(channel: Channel | None) -> str:
    """The preferred channel for the customer's card; empty when none is known."""
    if channel is None:
        return ""
    share = channel.share
    why = _ORIGINS.get(channel.origin, "")
    if channel.origin == "reachable":
        why = ""
    if share is not None and share.total >= LEAST:
        counted = f"{LEVELS[share.level]}，{share.count}/{share.total} 次"
        why = f"{why}；{counted}" if why else counted
    return f"📡 首选联系方式：{CHANNELS[channel.name]}" + (f"（{why}）" if why else "")


def choose(customer: Customer, kind: str) -> Say:
    """Which one, is asked."""
    names = CHANNELS if kind == "channel" else {topic: _content(topic) for topic in KINDS["content"]}
    customer_id = customer.customer_id
    made = [Button(name, buttons.SetPreference(customer_id, kind, value)) for value, name in names.items()][:7]
    made.append(Button("按记录算", buttons.SetPreference(customer_id, kind, "")))
    asked = "最喜欢哪种联系方式？" if kind == "channel" else "最关心哪类内容？"
    rows = tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))
    return Say(f"<b>{esc(customer.name)}</b> {asked}", rows, about=About(customer_id))


def stated(kind: str, value: str, changed: bool) -> str:
    """After something was stated by hand."""
    if not value:
        return "✅ 好，改回按记录算。" if changed else "本来就按记录算，没有改动。"
    name = CHANNELS[value] if kind == "channel" else _content(value)
    return f"✅ 记下了：偏好{name}。" if changed else f"之前已标为{name}，没有改动。"


def definition(customer_id: int) -> Say:
    """How it is counted."""
    return Say(_DEFINITION, ((Button("返回", buttons.ShowPreferences(customer_id)),),), about=About(customer_id))


def _first(channel: Channel | None) -> str:
    if channel is None:
        return "首选联系方式：还不知道"
    why = _ORIGINS.get(channel.origin) or ("次数最多" if channel.origin == "counted" else "记录还少")
    return f"首选联系方式：{CHANNELS[channel.name]}（{why}）"


def _shares(what: str, found: list[Share], names: dict[str, str], unit: str) -> list[str]:
    total = found[0].total if found else 0
    if total < LEAST:
        return [f"{what}占比：记录不够，{total} {unit}，至少要 {LEAST} 个。"]
    return [f"{what}（共 {total} {unit}）"] + [
        f"· {names[share.name]} {share.percent:.0f}%（{share.count} 次）{LEVELS[share.level]}" for share in found
    ]


def _content(topic: str) -> str:
    return tags.NAMES[topic]

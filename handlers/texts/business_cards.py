"""Words around photographed business cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import card_photos
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards

FIELDS = {
    "name": "姓名",
    "company": "公司",
    "title": "职位",
    "phones": "电话",
    "wechat": "微信",
    "mail": "邮箱",
    "address": "地址",
}
READ = "读名片"
HOW_TO = (
    "把名片拍照发给我，配文写「名片」；或把名片上的字贴在后面，例如：\n"
    "<code>名片 王建国 采购经理 上海恒远科技 13800138000</code>"
)
NOT_INSTALLED = (
    "读名片照片要装一个可选组件（离线识别，不上传）。请管理员在服务器上运行 "
    f"<code>{card_photos.INSTALL}</code> 后重启。\n"
    "现在就想存：用手机相册的“提取文字”复制名片上的字，发 <code>名片</code> 加上这些字就行。"
)
UNREADABLE = (
    "照片里没读出字。请把名片放平、拍满画面、避开反光再发一次，或直接打字：<code>加客户 王总 13800138000</code>"
)
NO_CARD = "读出了字，但没看出姓名、公司或电话，不像名片。要存客户请直接打字：<code>加客户 王总 13800138000</code>"
NOTHING_LEFT = "姓名、公司、电话都去掉了，没有可存的。请留下至少一项。"
TURNED = 6  # fields with a button: with [保存客户] and [不保存] eight


def confirm(found: Mapping[str, Any], draft_id: int, without: int) -> Say:
    """What was read, each field with a button that leaves it out or takes it again."""
    names = [name for name in FIELDS if found.get(name)]
    lines = ["🪪 <b>名片上读到</b>，不对的点一下去掉，存好后还能改："]
    made = []
    for place, name in enumerate(names):
        is_out = bool(without >> place & 1)
        value = shown(name, found[name])
        lines.append(f"{FIELDS[name]}：" + (f"<s>{esc(value)}</s>" if is_out else esc(value)))
        made.append(
            Button(f"{'＋' if is_out else '✕'} {FIELDS[name]}", buttons.TurnField(draft_id, without ^ (1 << place)))
        )
    rows: list[tuple[Button, ...]] = [
        (Button("保存客户", buttons.SaveCard(draft_id, without)), Button("不保存", buttons.DropDraft(draft_id)))
    ]
    rows += [tuple(made[at : at + 3]) for at in range(0, min(len(made), TURNED), 3)]
    return Say("\n".join(lines), tuple(rows))


def shown(name: str, value: Any) -> str:
    """A field as it is read by a person."""
    return "、".join(cards.phone(number) for number in value) if name == "phones" else str(value)

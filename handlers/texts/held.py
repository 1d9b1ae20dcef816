"""Why something was held back, in words: in the day's list, below a festival, and for whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from crm import held

CHANNELS = {"message": "微信或短信", "telegram": "Telegram", "wecom": "企业微信", "email": "邮件", "phone": "电话"}
WORDS = {
    held.NO_CONTACT: "在不打扰名单里",
    held.COMPLAINT: "有未结投诉，先解决再祝福",
    held.MOURNING: "家里有丧事，不宜祝福",
    held.BAD_PAYER: "有欠款，不发优惠",
    held.SAME_MATTER: "这件事已经联系过",
    held.MONTHLY_CAP: "本月联系次数到了上限",
    held.QUIET_HOURS: "免打扰时段，等结束再发；等不到的不补发",
    held.DAILY_CAP: "今天同类消息多，其余的在早卡里",
    held.DAY_OFF: "休息日，没有必须今天办的事",
    held.RESTORED: "恢复备份之前就该发的，可能发过，不再补发",
    "erased": "客户的数据已按要求抹除",
    "unreachable": "对方停用了机器人，或群已断开",
    "not rendered": "内容没能生成，已记录",
    "process ended while sending": "发送途中程序停了，不知道到没到",
}
SHORT = {
    held.NO_CONTACT: "不打扰",
    held.COMPLAINT: "投诉未结",
    held.MOURNING: "哀悼期",
    held.BAD_PAYER: "有欠款",
    held.SAME_MATTER: "已联系过",
    held.MONTHLY_CAP: "本月已到上限",
}


def words(reason: str | None) -> str:
    """A reason as it stands in the outbox, in Chinese; one that is worded already stays as it is.

    >>> words("monthly_cap:4"), words("mourning:2026-12-20"), words("客户已不在")
    ('本月已联系 4 次，到了上限', '家里有丧事，到12月20日为止不宜祝福', '客户已不在')
    """
    code, _, detail = (reason or "").partition(":")
    if code == held.MONTHLY_CAP and detail:
        return f"本月已联系 {detail} 次，到了上限"
    if code == held.MOURNING and detail:
        until = date.fromisoformat(detail)
        return f"家里有丧事，到{until.month}月{until.day}日为止不宜祝福"
    if code == held.SAME_MATTER and detail:
        return f"这件事已经联系过（{CHANNELS.get(detail, detail)}）"
    return WORDS.get(code, reason or "")


def short(reason: str | None) -> str:
    """A reason in a word.

    >>> short("mourning:2026-12-20")
    '哀悼期'
    """
    return SHORT.get(held.code_of(reason), words(reason))


def counted(numbers: Mapping[str, int]) -> str:
    """How many were held back, by reason, on one line; empty for nobody.

    >>> counted({"mourning": 1, "complaint_open": 2})
    '🤫 另有 3 位没列：投诉未结 2、哀悼期 1。'
    """
    if not numbers:
        return ""
    ordered = [f"{SHORT[code]} {numbers[code]}" for code in held.OF_CUSTOMERS if code in numbers]
    return f"🤫 另有 {sum(numbers.values())} 位没列：{'、'.join(ordered)}。"

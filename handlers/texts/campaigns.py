"""What is said of campaigns: how one is made, each owner's page, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from almanac.greetings import BadTemplate
from charts import figures
from crm.campaign_results import Arm, Result
from crm.campaigns import HOLDOUT_EACH, HOLDOUT_FROM, CampaignBegun, NobodyFits, Outlook, Page
from crm.tables import Campaign
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days, held, tasks

HOW_TO = (
    "做活动：先写条件，换行写文案，例如\n"
    "<code>活动 行业=五金 90天未下单\n{称呼}，新到一批螺栓，月底前下单包邮，要给您留点吗？</code>\n"
    "可用 {称呼} {公司} {签名}。不打扰、有投诉、哀悼期、到了上限的客户不会进名单，优惠不发给有欠款的。"
)
NOT_FOUND = "找不到这个活动。发 /campaign 看做过的。"
NOBODY_LEFT = "活动里没有您的客户了"
DROPPED = "好，这个活动不做了。"
ENOUGH = 30  # customers on either side, below which a difference may be chance
NAMES = {"sent": "已联系", "chosen": "选中但没发", "holdout": "随机留下没发", "held": "因限制没发"}
DEFINITION = (
    "口径：开始后 30 天内。回应＝有人给客户记了跟进；下单＝有净额为正的订单，金额是净额。"
    f"对照：符合条件而没联系的客户——满 {HOLDOUT_FROM} 位时每 {HOLDOUT_EACH} 位随机留 1 位；"
    "另列因不打扰、投诉、哀悼、欠款、月上限没发的，"
    "他们本来就和别人不同，只供参考。联系过的客户也更常被记跟进，看效果以下单为准。"
)


def ask_text(condition: str, fits: int) -> Say:
    """The condition is understood; the text is wanted."""
    return Say(
        f"🎯 符合的客户 {fits} 位：{esc(condition)}\n下一条消息发文案，可用 {{称呼}} {{公司}} {{签名}}，例如：\n"
        "{称呼}，新到一批螺栓，月底前下单包邮，要给您留点吗？"
    )


def outlook(found: Outlook, condition: str) -> Say:
    """What the campaign would be, with an example."""
    row = found.campaign
    lines = [
        f"🎯 <b>活动</b>：{esc(condition)}",
        f"符合 {found.fits} 位，发给 {found.owners} 位负责人名下的 {found.chosen} 位",
    ]
    if found.holdout:
        lines.append(f"随机留 {found.holdout} 位不发，作对照")
    lines.append(held.counted(found.held))
    if row.is_offer:
        lines.append("文案像是优惠：有欠款的客户不发。")
    lines.append(f"\n样例：\n<blockquote>{esc(found.example)}</blockquote>")
    actions = (
        Button("开始", buttons.BeginCampaign(row.campaign_id)),
        Button("不做了", buttons.DropCampaign(row.campaign_id)),
    )
    return Say("\n".join(line for line in lines if line), (actions,))


def begun(found: Outlook, condition: str) -> Say:
    """The campaign runs."""
    cards_of = f"{found.owners} 位负责人会收到自己客户的卡片，共 {found.chosen} 位客户。"
    text = f"✅ 活动开始了：{esc(condition)}\n{cards_of}30 天内随时看效果。"
    return Say(text, ((Button("看效果", buttons.ShowCampaign(found.campaign.campaign_id, False)),),))


def page(shown: Page) -> Say:
    """An owner's customers with texts to copy."""
    row, mark = shown.campaign, (shown.campaign.campaign_id, shown.offset)
    lines = [f"🎯 <b>活动</b>：您有 {shown.total} 位客户在名单里，已发 {shown.sent} 位。"]
    for each in shown.recipients:
        sign = "✅" if each.row.sent_at else "🤫" if each.reason else "·"
        why = f"：{esc(held.words(each.reason))}" if each.reason else ""
        lines.append(f"{sign} {tasks.named(each.customer)}{why}")
    free = [each for each in shown.recipients if not each.reason]
    if free:
        lines.append(f"<blockquote>{esc(free[0].text)}</blockquote>\n点 [复制] 拿到写好称呼的文案，粘贴到微信发出。")
    copies = [Button(f"复制 {cards.clip(each.customer.name, 10)}", copy=each.text) for each in free]
    rows = [tuple(copies[at : at + 2]) for at in range(0, len(copies), 2)]
    following, last = shown.offset + len(shown.recipients), []
    if free:
        is_sent = all(each.row.sent_at for each in free)
        last.append(
            Button("撤销", buttons.CampaignUnsent(*mark)) if is_sent else Button("已发", buttons.CampaignSent(*mark))
        )
    if shown.total > len(shown.recipients):
        is_last = following >= shown.total
        target = buttons.CampaignPage(row.campaign_id, 0 if is_last else following)
        last.append(Button("回到开头" if is_last else "更多", target))
    return Say("\n".join(lines), (*rows, tuple(last)) if last else tuple(rows))


def listed(found: Sequence[Campaign], zone: ZoneInfo, now: datetime) -> Say:
    """The campaigns that ran, and how to make one."""
    made = [
        (Button(cards.clip(f"{days.ago(row.started_at or row.created_at, zone, now)} {row.condition}", 30),
                buttons.ShowCampaign(row.campaign_id, False)),)
        for row in found
    ]  # fmt: skip
    return Say(HOW_TO, tuple(made))


def result(found: Result, condition: str, defined: bool) -> Say:
    """What came of it, beside those who were not contacted."""
    lines = [f"🎯 <b>活动效果</b>（第 {found.days} 天，共看 30 天）：{esc(condition)}"]
    lines += [_arm(name, found.arms[name]) for name in NAMES if name in found.arms]
    lines.append(_compared(found))
    if defined:
        lines.append(f"\n{DEFINITION}")
    buttons_below = () if defined else ((Button("口径", buttons.ShowCampaign(found.campaign.campaign_id, True)),),)
    return Say("\n".join(lines), buttons_below)


def _arm(name: str, arm: Arm) -> str:
    return (
        f"· {NAMES[name]} {arm.customers} 位：回应 {figures.share(arm.answered, arm.customers)}，"
        f"下单 {arm.ordered} 位（{figures.share(arm.ordered, arm.customers)}），{figures.yuan(arm.fen)}"
    )


def _compared(found: Result) -> str:
    """Whether the difference says anything."""
    sent, other = found.arms.get("sent", Arm()), found.arms.get("holdout") or found.arms.get("held") or Arm()
    if not sent.customers:
        return "还没有人点 [已发]，暂时看不出效果。"
    if not other.customers:
        return "没有可比的客户（符合条件的都联系了），只能看绝对数。"
    if min(sent.customers, other.customers) < ENOUGH:
        return f"一边不到 {ENOUGH} 位，差别可能是碰巧。"
    more = (sent.ordered / sent.customers - other.ordered / other.customers) * 100
    against = "随机留下的" if "holdout" in found.arms else "因限制没发的（本来就不同）"
    return f"下单率比{against}{'高' if more >= 0 else '低'} {abs(more):.0f} 个百分点。"


def nobody(error: NobodyFits) -> Say:
    """Nobody is left to write to."""
    fits = int(error.args[0]) if error.args else 0
    return Say(f"符合的 {fits} 位现在都不宜打扰。" if fits else "没有客户符合这个条件，放宽一点再试。")


def begun_before(error: CampaignBegun) -> Say:
    """A second press."""
    return Say("这个活动已经开始了，发 /campaign 看效果。" if error.args[0] == "running" else "这个活动之前已取消。")


def bad_template(error: BadTemplate) -> Say:
    """A text that could not be filled at eight in the morning is refused when it is typed."""
    said = {
        "empty": "文案是空的，请写上内容。",
        "missing_field": f"文案里要有 {{{error.field}}}，不然不知道称呼谁，例如“{{称呼}}，节日快乐”。",
        "unknown_field": f"不认识 {{{error.field}}}，可用 {{称呼}} {{公司}} {{团队}} {{签名}} {{节日}}。",
        "stray_brace": "花括号要成对，例如 {称呼}。",
        "too_long": "文案太长，最多 200 个字，才能一键复制。",
    }
    return Say(esc(said.get(error.code, "这段文案用不了，请改一改。")))

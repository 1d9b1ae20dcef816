"""A whole day and the next morning of a real process with all that may go wrong: its log, /metrics and /healthz name
no person, no number, no company, no word of a note, and no secret."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm import teams
from crm.database import Database
from crm.tables import GroupChat, Inbox, Member, Outbox, Robot
from emulator import server
from emulator.chat import Chat
from emulator.message import Message
from emulator.person import Person
from tests import robot_receivers
from tests.bot import house
from tests.faults.process import BotProcess
from tests.robot_receivers import SECRET, TOKEN

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 18, 9, 30, tzinfo=SHANGHAI)
PEOPLE = {"admin": "司徒雅琴", "manager": "端木正宏", "rep": "欧阳文静", "rep2": "尉迟建国", "stranger": "南宫问天"}
GROUP, TEAM = "东海销售群", "蓬莱五金事业部"
FILE, ROBOT_WORD = "瀛洲名单.csv", "瀛洲播报"
# What was typed, in words that stand in no program.
WORDS = (
    "公孙绿萼",
    "桃花岛贸易",
    "13912345678",
    "139 1234 5678",
    "采购总监",
    "龙井路88号",
    "lve@taohua.example",
    "taohua_wx",
    "嫌交期慢想换供应商",
    "鎏金螺栓",
    "寄鎏金样品",
    "长孙无垢",
    "13812340001",
    "令狐少侠",
    "13812340002",
    "百里长风",
    "13812340003",
    "夏侯商会",
    "漏油赔偿",
    "犒劳饭局",
    "惊蛰雅集",
    "绿萼姐",
)
SECRETS = (TOKEN, SECRET["dingtalk"], "webhook-very-secret")
FAULTY = 'can\'t parse entities: unsupported tag "公孙绿萼" at byte offset 7'


@dataclass
class Day:
    """The process, the people with their phones, and what only turned up while it was played."""

    emulator: server.Emulator
    people: dict[str, Person]
    group: Chat
    database: Database
    port: int

    async def says(self, who: str, text: str, chat: Chat | None = None) -> Message:
        """The bot's first answer to the text, once everything is answered."""
        person = self.people[who]
        await person.send(text, chat)
        answer = await person.next_message(chat, timeout=60)
        await self.still()
        return answer

    async def still(self) -> None:
        """Nothing waits in the inbox or the outbox."""
        new = select(func.count()).select_from(Inbox).where(Inbox.state == "new")
        busy = select(func.count()).select_from(Outbox).where(Outbox.state.in_(("sending", "uncertain")))

        def is_still() -> bool:
            waits = (self.database.read_now(lambda db, q=q: db.scalar(q)) for q in (new, busy))  # type: ignore[misc]
            return not self.emulator.bot.deliveries and not any(waits)

        await house.until(is_still, seconds=60)

    async def presses(self, who: str, message: Message, label: str) -> None:
        """Whatever the press leads to is over."""
        labels = [text for row in message.buttons for text in row]
        found = next((text for text in labels if label in text), None)
        assert found, f"{label} is not among {labels}"
        await self.people[who].press(message, found, timeout=60)
        await self.still()

    async def until_planned(self, push: str) -> None:
        """The clock has caused one more such message, and it has left."""
        sent = select(func.count()).select_from(Outbox).where(Outbox.push == push, Outbox.state == "sent")
        await house.until(lambda: bool(self.database.read_now(lambda db: db.scalar(sent))), seconds=60)


def _seat(db: Session, group: Chat, people: dict[str, Person], robot: str) -> None:
    now = house.NOW
    ids = {who: person.user_id for who, person in people.items()}
    boss = teams.found(db, ids["admin"], PEOPLE["admin"], now)
    teams.rename(db, boss, TEAM)
    teams.join(db, boss.team_id, ids["manager"], PEOPLE["manager"], "manager", now)
    for who in ("rep", "rep2"):
        teams.join(db, boss.team_id, ids[who], PEOPLE[who], "rep", now)
    db.execute(update(Member).where(Member.member_id == boss.member_id).values(is_rep=False))
    db.add(GroupChat(team_id=boss.team_id, chat_id=group.chat_id, title=GROUP, connected_at=now))
    whole = {"secret": SECRET["dingtalk"], "created_at": now, "filled_at": now, "connected_at": now}
    db.add(Robot(team_id=boss.team_id, service="dingtalk", name=ROBOT_WORD, address=robot, state="on", **whole))


async def _customers(day: Day) -> None:
    await day.says("rep", "加客户 公孙绿萼 13912345678 桃花岛贸易 采购总监 3月19日生日")
    for words in ("地址：龙井路88号", "邮箱：lve@taohua.example", "微信：taohua_wx", "昵称：绿萼姐"):
        await day.says("rep", f"公孙绿萼 {words}")
    rep = day.people["rep"]
    await rep.contact("13812340001", "长孙无垢")
    await rep.next_message()
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:令狐少侠\nTEL:13812340002\nEND:VCARD\n"
    await rep.document("令狐少侠.vcf", card.encode())
    await rep.next_message()
    await rep.document(FILE, "姓名,手机,公司\n百里长风,13812340003,夏侯商会\n坏,1,\n".encode())
    found = await rep.next_message()
    await day.presses("rep", found, "检查")


async def _work(day: Day) -> None:
    told = await day.says("rep", "记 公孙绿萼 嫌交期慢想换供应商，明天寄鎏金样品 电话 139 1234 5678")
    await day.people["rep"].edit(day.people["rep"].messages()[-2], "记 公孙绿萼 嫌交期慢想换供应商，漏油赔偿")
    await day.still()
    for text in (
        "订单 公孙绿萼 12000 鎏金螺栓",
        "商机 公孙绿萼 8万 鎏金螺栓 6月底",
        "提醒 今天下午6点 犒劳饭局 找公孙绿萼",
        "记 公孙绿萼 投诉漏油赔偿，非常生气",
        "欠款 公孙绿萼 5000 6月30日前",
        "长孙无垢 是 公孙绿萼 介绍的",
        "公孙绿萼 打分 9",
        "查 公孙绿萼",
        "找 5678",
        "导出全部客户",
        "/today",
    ):
        await day.says("rep", text)
    assert told.text
    for text in ("/summary", "/kpi", "/members", "/complaints", "谁最近抱怨 漏油赔偿"):
        await day.says("manager", text)
    for text in ("节日 惊蛰雅集 6-18", "持有数据 公孙绿萼", "/audit", "/robots", "/settings"):
        await day.says("admin", text)
    await day.says("manager", f"/needs@{day.emulator.bot.username}", day.group)
    await day.says("stranger", "我是南宫问天，13912345678，嫌交期慢想换供应商")


async def _mishaps(day: Day) -> None:
    """Refusals that quote, lost answers, a chat that is closed, an update nobody can read, a table that is away."""
    day.emulator.faults.add("refuse", "sendMessage", times=2, description=FAULTY)
    await day.people["rep"].send("查 公孙绿萼")
    day.emulator.faults.add("cut_after", "sendMessage")
    await day.says("rep", "查 桃花岛贸易")
    await day.people["rep2"].block()
    day.emulator.bot.deliveries.add("message", {"text": "公孙绿萼", "chat": {"id": "桃花岛贸易"}})
    await day.still()
    await day.emulator.clock.move_to(MORNING.replace(hour=18, minute=10))
    await day.until_planned("task")
    await day.emulator.clock.move_to(MORNING.replace(day=19, hour=8, minute=1))
    await day.until_planned("card")
    await day.still()
    path = day.database.url.removeprefix("sqlite:///")
    with sqlite3.connect(path, timeout=10) as connection:
        connection.execute("ALTER TABLE note RENAME TO note_away")
    connection.close()
    await day.people["rep"].send("记 公孙绿萼 嫌交期慢想换供应商")  # five tries, then set aside
    phone = day.people["rep"]
    await house.until(lambda: any("没处理成功" in message.text for message in phone.messages()), seconds=60)


async def _invited(day: Day) -> str:
    """The code of an invitation, which is a secret too."""
    link = await day.says("admin", "/invite")
    await day.presses("admin", link, "销售")
    texts = " ".join(message.text for message in day.people["admin"].messages())
    codes = re.findall(r"start=([\w-]{8,})", texts)
    assert codes
    return str(codes[-1])


@pytest.mark.long
async def test_a_days_log_names_nobody(tmp_path: Path, database_url: str) -> None:
    async with server.running(clock=MORNING) as emulator, robot_receivers.running() as there:
        people = {w: emulator.person(n, 55_501_230 + k, started=True) for k, (w, n) in enumerate(PEOPLE.items())}
        group = emulator.group(GROUP, [people[who] for who in ("admin", "manager", "rep", "rep2")])
        emulator.bot.deliveries.clear()
        database = Database(database_url)
        there.secret = SECRET["dingtalk"]
        database.write_now(lambda db: _seat(db, group, people, there.address("dingtalk")))
        day = Day(emulator, people, group, database, house.free_port())
        settings = {"SALES_TELEGRAM__WEBHOOK_SECRET": SECRETS[-1], "SALES_WEB__PORT": str(day.port)}
        bot = BotProcess(
            emulator, tmp_path / "bot", database_url, SALES_LOG_LEVEL="debug", SALES_ROBOTS__LOCAL="true", **settings
        )
        await bot.start()
        await _customers(day)
        await _work(day)
        code = await _invited(day)
        await _mishaps(day)
        shown = bot.log + await _shown(day.port)
        assert await bot.stop() == 0
        database.close()
        token = emulator.token.partition(":")[2]
    log = shown + bot.log
    for happened in ("handler_failed", "letter_refused", "OperationalError", "sales_updates_total", '"ok"'):
        assert happened in log
    ids = [str(person.user_id) for person in people.values()]
    given_away = [
        s for s in (*PEOPLE.values(), GROUP, TEAM, FILE, ROBOT_WORD, *WORDS, *SECRETS, *ids, token, code) if s in log
    ]
    print(f"\n{len(log.splitlines())} lines looked through, given away: {given_away}")  # noqa: T201  pytest -s
    assert given_away == []


async def _shown(port: int) -> str:
    """What the small web server tells anybody."""
    told = []
    async with aiohttp.ClientSession() as session:
        for path in ("/metrics", "/healthz"):
            async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                told.append(await answer.text())
    return "\n".join(told)

"""`python -m bot check`: what is wrong with a configuration, in Chinese, a line each, before anybody starts the bot."""

from __future__ import annotations

import asyncio
import shutil
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from almanac import workdays
from bot import backup, calendar, request
from bot.settings import Settings
from bot.telegram_api import CallFailed, Refused, TelegramApi
from charts import font
from crm import backups
from crm.database import Database
from nlp import corpus, training

SIGNS: Final = {"good": "✅", "hint": "⚠️", "wrong": "❌"}
FREE_MB: Final = 500
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)  # Source: Bot API, setWebhook
OTHERS: Final = 0o077  # permission bits of anybody but the owner
SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `kind`: good | hint (it runs, but …) | wrong (it will not run)."""

    kind: str
    sentence: str

    def __str__(self) -> str:
        return f"{SIGNS[self.kind]} {self.sentence}"


def findings(settings: Settings, today: date) -> list[Finding]:
    """Everything looked at; the database is opened but not changed, Telegram is asked who the bot is."""
    runs, database = _database(settings.database)
    return [
        *asyncio.run(_telegram(settings)),
        *_webhook(settings),
        *database,
        *_folder(settings.data_dir),
        *([Finding("good", "机器人正在运行")] if runs else _port(settings)),
        *_font(settings.font_path),
        *_model(settings.data_dir / "nlp"),
        *_workdays(settings.data_dir, today),
    ]


async def _telegram(settings: Settings) -> list[Finding]:
    telegram = settings.telegram
    token = telegram.token.get_secret_value()
    if not token:
        return [Finding("wrong", "没有填 telegram.token：向 @BotFather 要一个，写进 config.toml")]
    async with request.open_session(telegram.proxy) as session:
        api = TelegramApi(session, telegram.base_url, telegram.base_file_url, token)
        try:
            async with asyncio.timeout(SECONDS):
                me = await api.call("getMe", {})
                hook = await api.call("getWebhookInfo", {})
        except Refused as error:
            is_token = error.code in (401, 404)
            words = "telegram.token 不对，请向 @BotFather 核对" if is_token else f"Telegram 拒绝了：{error}"
            return [Finding("wrong", words)]
        except (CallFailed, TimeoutError, OSError):
            return [Finding("wrong", "连不上 Telegram：检查网络；国内服务器要设 telegram.proxy")]
    return [Finding("good", f"Telegram 可用，机器人是 @{me['username']}"), *_hooked(settings, hook)]


def _hooked(settings: Settings, hook: dict[str, Any]) -> Iterator[Finding]:
    if settings.telegram.mode == "polling" and hook.get("url"):
        yield Finding("hint", "这个机器人设过 webhook，启动时会改成轮询；如果另有程序在用同一个 token，请先停掉它")
    if hook.get("last_error_message"):
        yield Finding("hint", f"Telegram 上次推送 webhook 出错：{hook['last_error_message']}")


def _webhook(settings: Settings) -> Iterator[Finding]:
    if settings.telegram.mode != "webhook" or not settings.telegram.webhook_url:
        return
    address = urlsplit(settings.telegram.webhook_url)
    if address.scheme != "https":
        yield Finding("wrong", "telegram.webhook_url 要以 https:// 开头，Telegram 不接受 http")
    elif (address.port or 443) not in WEBHOOK_PORTS:
        yield Finding("wrong", f"telegram.webhook_url 的端口要是 {'、'.join(map(str, WEBHOOK_PORTS))} 之一")
    else:
        yield Finding("good", "webhook 地址可用；请让 https 代理把 /telegram 转到 [web] 的地址")


def _database(url: str) -> tuple[bool, list[Finding]]:
    """Whether the bot serves the database now, and what was found."""
    is_sqlite = url.startswith("sqlite")
    path = Path(make_url(url).database or "")
    if is_sqlite and not path.exists():
        return False, [Finding("good", f"数据库 {path} 还没有，首次启动会建好")]
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            revision = backups.revision_of(connection)
        runs = backup.is_served(database)
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", error)).__name__
        return False, [Finding("wrong", f"数据库打不开（{cause}）：检查 database_url、账号密码和服务是否在运行")]
    finally:
        database.close()
    found = [_revision(revision)]
    if is_sqlite and stat.S_IMODE(path.stat().st_mode) & OTHERS:
        found.append(Finding("hint", f"{path} 别人也能读：chmod 600 {path}"))
    return runs, found


def _revision(revision: str | None) -> Finding:
    newest = Database.newest_revision()
    if revision is None or revision < newest:
        return Finding("hint", "数据库能打开；结构会在下次启动时升级，升级前请先 python -m bot backup")
    if revision > newest:
        return Finding("wrong", "数据库是更新版本的机器人用过的：请装回新版本")
    return Finding("good", "数据库能打开，结构是最新的")


def _folder(folder: Path) -> Iterator[Finding]:
    place = folder if folder.exists() else folder.absolute().parent
    try:
        free = shutil.disk_usage(place).free // 2**20
    except OSError as error:
        yield Finding("wrong", f"data_dir 用不了（{error.strerror}）：{folder}")
        return
    if free < FREE_MB:
        yield Finding("hint", f"data_dir 所在的盘只剩 {free} MB，至少留 {FREE_MB} MB")
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & OTHERS:
        yield Finding("hint", f"{folder} 别人也能进：chmod 700 {folder}")


def _port(settings: Settings) -> Iterator[Finding]:
    web = settings.web
    with socket.socket(socket.AF_INET6 if ":" in web.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((web.host, web.port))
        except OSError:
            yield Finding("wrong", f"端口 {web.host}:{web.port} 被占用或地址不对：改 web.port 或 web.host")


def _font(path: Path | None) -> Iterator[Finding]:
    try:
        font.properties(path)
    except font.NoChineseFont:
        yield Finding("hint", "没有找到中文字体，图表出不来：安装 fonts-noto-cjk，或设 font_path")


def _model(folder: Path) -> Iterator[Finding]:
    if not training.is_current(folder, corpus.FOLDER):
        yield Finding("hint", "标签模型还没训练，首次启动会在后台训练约半分钟，其间的记录稍后补标签")


def _workdays(data_dir: Path, today: date) -> Iterator[Finding]:
    calendar.install(data_dir)
    if not workdays.is_announced(today.year):
        yield Finding("hint", f"{today.year} 年的调休还不知道：升级，或写 {calendar.FILE}（见 docs/reminders.md）")

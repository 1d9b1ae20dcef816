"""Addresses and secrets of robots are in no log, and robots on this machine are for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import logs
from bot.settings import RobotSettings, Settings
from crm.database import Database
from crm.tables import Robot
from tests.bot import robot_house
from tests.bot.robot_house import House
from tests.robot_receivers import SECRET, TOKEN


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A house on SQLite."""
    async with robot_house.opened(database) as made:
        yield made


async def test_addresses_and_secrets_reach_no_log(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug")
    try:
        house.there.secret = SECRET["dingtalk"]
        robot_id = house.add("dingtalk")
        house.there.faults = ["cut", "html", "redirect"]
        async with robot_house.at_work(house.sender()) as sender:
            for n in range(4):
                house.plan(robot_id, f"digest:r1:{n}")
                house.rest_is_over()
                sender.wake()
                await robot_house.carried(house, sender)
            broken = f"http://127.0.0.1:1/robot/send?access_token={TOKEN}"
            house.database.write_now(lambda db: setattr(db.get_one(Robot, robot_id), "address", broken))
            house.rest_is_over()
            await robot_house.carried(house, sender)
    finally:
        logs.set_up("error")
    said = capfd.readouterr().err
    assert "robot_post" in said
    assert TOKEN not in said
    assert SECRET["dingtalk"] not in said


def test_an_address_in_a_line_of_a_library_is_masked() -> None:
    for secret in (
        f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}&timestamp=1&sign={TOKEN}%3D",
        f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={TOKEN}",
        f"https://open.feishu.cn/open-apis/bot/v2/hook/{TOKEN}",
        SECRET["dingtalk"],
    ):
        assert TOKEN not in logs.mask(f"failed: {secret} again")


def test_local_robots_are_refused_with_telegrams_own_address(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(robots=RobotSettings(local=True), data_dir=tmp_path)

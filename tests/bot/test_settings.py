"""Settings: all faults at once, secrets unseen, the environment over the file, and no demo clock for real customers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings, TelegramSettings

TOKEN = "1234567890:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def _faults(**given: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        Settings(**given)
    return {".".join(map(str, fault["loc"])): fault["msg"] for fault in caught.value.errors()}


@pytest.fixture(autouse=True)
def no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration file of this test, which is not there yet."""
    file = tmp_path / "config.toml"
    monkeypatch.setenv("SALES_CONFIG", str(file))
    return file


def test_all_faults_are_told_at_once() -> None:
    faults = _faults(
        telegram={"mode": "webhook"}, web={"port": 99_999}, log_level="loud", data_folder="x", clock_url="http://x/"
    )
    assert set(faults) == {"telegram", "web.port", "log_level", "data_folder"}
    assert "webhook_url" in faults["telegram"]


@pytest.mark.parametrize("missing", ["webhook_url", "webhook_secret"])
def test_webhook_mode_needs_address_and_secret(missing: str) -> None:
    whole: dict[str, Any] = {"mode": "webhook", "webhook_url": "https://a.example", "webhook_secret": "s"}
    assert Settings(telegram=whole).telegram.mode == "webhook"  # type: ignore[arg-type]  # as a file gives it
    assert missing in _faults(telegram={**whole, missing: ""})["telegram"]


@pytest.mark.parametrize("secret", ["with space", "密码", "a" * 257])
def test_a_secret_that_telegram_would_refuse_is_a_fault(secret: str) -> None:
    given = {"mode": "webhook", "webhook_url": "https://a.example", "webhook_secret": secret}
    assert "webhook_secret" in _faults(telegram=given)["telegram"]


def test_the_demo_clock_is_refused_with_telegrams_own_address() -> None:
    assert "clock" in _faults(clock_url="http://127.0.0.1:1/clock")["clock_url"]
    elsewhere = TelegramSettings(base_url="http://127.0.0.1:1/bot")
    assert Settings(telegram=elsewhere, clock_url="http://127.0.0.1:1/clock").clock_url


def test_the_environment_beats_the_file(no_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_file.write_text('log_level = "error"\n[telegram]\nmode = "polling"\nproxy = "http://a:1"\n[web]\nport = 1\n')
    monkeypatch.setenv("SALES_WEB__PORT", "2")
    monkeypatch.setenv("SALES_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("SALES_DATA", "/elsewhere")  # names benchmark data: no setting
    monkeypatch.setenv("SALES_LOG_LEVEL", "")  # empty means not given
    settings = Settings()
    assert (settings.web.port, settings.log_level, settings.telegram.proxy) == (2, "error", "http://a:1")
    assert settings.telegram.token.get_secret_value() == TOKEN


def test_nothing_secret_is_shown() -> None:
    telegram = TelegramSettings(
        token=SecretStr(TOKEN), webhook_secret=SecretStr("hidden"), proxy="socks5://me:hidden@proxy.example:1"
    )
    settings = Settings(telegram=telegram, database_url="postgresql://me:hidden@db.example/sales")
    for shown in (repr(settings), str(settings), repr(settings.telegram)):
        assert "hidden" not in shown
        assert TOKEN not in shown


def test_the_database_is_a_file_in_the_data_folder_by_default(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database == f"sqlite:///{tmp_path}/sales.db"

"""Settings of the process: `config.toml` and environment variables `SALES_…` (nested with `__`).

All faults are reported at once. What concerns a team is set in the chat, not here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

TELEGRAM_HOST = "api.telegram.org"
SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{0,256}")  # Source: Bot API, setWebhook


class TelegramSettings(BaseModel):
    """How the chat is reached."""

    token: SecretStr = SecretStr("")
    base_url: str = f"https://{TELEGRAM_HOST}/bot"
    base_file_url: str = f"https://{TELEGRAM_HOST}/file/bot"
    proxy: str | None = Field(default=None, repr=False)  # may hold a password
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str | None = None
    webhook_secret: SecretStr = SecretStr("")
    rate_gates: bool = True
    answer_seconds: float = Field(default=30.0, gt=0, le=300)

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> TelegramSettings:
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret.get_secret_value()):
            raise ValueError("mode = 'webhook' needs webhook_url and webhook_secret")
        if not SECRET_FORM.fullmatch(self.webhook_secret.get_secret_value()):
            raise ValueError("webhook_secret takes up to 256 of A-Z a-z 0-9 _ -")
        return self

    @property
    def is_telegram(self) -> bool:
        """The API address is Telegram's own."""
        return urlsplit(self.base_url).hostname == TELEGRAM_HOST


class WebSettings(BaseModel):
    """The small web server: webhook, health, metrics. Port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class RobotSettings(BaseModel):
    """Group robots of other services. `local`: robots on this machine are taken, for tests and demos."""

    local: bool = False
    answer_seconds: float = Field(default=10.0, gt=0, le=30)


class LimitSettings(BaseModel):
    """How many messages of one person are handled: some at once, then so many a minute. 0 a minute: no limit.

    What comes faster waits; beyond `messages_waiting` it is refused in words. A process that does nothing else for
    `hang_seconds` hangs, and ends (bot/hangs.py); 0: never.
    """

    messages_at_once: int = Field(default=60, ge=1)
    messages_a_minute: int = Field(default=60, ge=0)
    messages_waiting: int = Field(default=1000, ge=1)
    hang_seconds: float = Field(default=60, ge=0)


class Settings(BaseSettings):
    """Everything the process needs to know before it starts."""

    model_config = SettingsConfigDict(
        env_prefix="SALES_", env_nested_delimiter="__", extra="forbid", toml_file="config.toml", env_ignore_empty=True
    )

    telegram: TelegramSettings = TelegramSettings()
    web: WebSettings = WebSettings()
    robots: RobotSettings = RobotSettings()
    limits: LimitSettings = LimitSettings()
    data_dir: Path = Path("var")
    database_url: str = Field(default="", repr=False)  # may hold a password
    clock_url: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    font_path: Path | None = None

    @field_validator("clock_url")
    @classmethod
    def _clock_is_not_moved_for_customers(cls, value: str | None, info: ValidationInfo) -> str | None:
        telegram = info.data.get("telegram")  # missing when it has faults of its own
        if value and telegram is not None and telegram.is_telegram:
            raise ValueError("it moves the clock of a demo and is refused with Telegram's own address")
        return value

    @field_validator("robots")
    @classmethod
    def _robots_are_the_services_own(cls, value: RobotSettings, info: ValidationInfo) -> RobotSettings:
        telegram = info.data.get("telegram")
        if value.local and telegram is not None and telegram.is_telegram:
            raise ValueError("local is for tests and is refused with Telegram's own address")
        return value

    @property
    def database(self) -> str:
        """The database's URL; by default an SQLite file in data_dir."""
        return self.database_url or f"sqlite:///{self.data_dir / 'sales.db'}"

    @property
    def messages_a_minute(self) -> int:
        """What one person may send; without rate gates everything, unless the number was given."""
        is_meant = self.telegram.rate_gates or "messages_a_minute" in self.limits.model_fields_set
        return self.limits.messages_a_minute if is_meant else 0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments beat the environment, which beats the file named by SALES_CONFIG (default config.toml)."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=os.environ.get("SALES_CONFIG", "config.toml"))
        return init_settings, _WithoutConfig(env_settings), file


class _WithoutConfig(PydanticBaseSettingsSource):
    """The environment without SALES_CONFIG and SALES_DATA, which are no settings."""

    def __init__(self, source: PydanticBaseSettingsSource) -> None:
        super().__init__(source.settings_cls)
        self._source = source

    def get_field_value(self, field: object, field_name: str) -> tuple[object, str, bool]:
        """Asked for by the base class; values come from __call__."""
        return None, field_name, False

    def __call__(self) -> dict[str, object]:
        values = self._source()
        return {name: value for name, value in values.items() if name not in ("config", "data")}

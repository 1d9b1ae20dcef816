"""config.example.toml shows every setting with its default and a word about it, and can be used as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from bot.settings import Settings
from tests.docs import house

pytestmark = pytest.mark.docs

EXAMPLE = house.ROOT / "config.example.toml"
LINE = re.compile(r"^(?P<example># )?(?P<key>[a-z_]+) = (?P<value>.+)$")


def _settings(model: type[BaseModel], section: str = "") -> Iterator[tuple[str, Any]]:
    """`telegram.token` and its default, for every setting."""
    for key, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _settings(kind, f"{key}.")
        else:
            yield f"{section}{key}", field.default


def _shown() -> dict[str, tuple[bool, str]]:
    """Each key of the example: whether it is commented out, and what stands above it."""
    found: dict[str, tuple[bool, str]] = {}
    section, comment = "", ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section, comment = line.strip("[]") + ".", ""
        elif match := LINE.match(line):
            found[section + match["key"]] = (match["example"] is not None, comment)
        else:
            comment = f"{comment} {line.lstrip('# ')}".strip() if line.startswith("#") else ""
            continue
    return found


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings that the example file alone gives."""
    monkeypatch.setenv("SALES_CONFIG", str(EXAMPLE))
    return Settings()


def test_every_setting_is_shown_and_nothing_else() -> None:
    assert set(_shown()) == {key for key, _ in _settings(Settings)}


@pytest.mark.parametrize(("key", "default"), list(_settings(Settings)), ids=[key for key, _ in _settings(Settings)])
def test_every_setting_stands_with_its_default_and_a_word(key: str, default: Any, example: Settings) -> None:
    is_commented_out, comment = _shown()[key]
    assert comment or key == "telegram.base_file_url" or key == "web.port", "a setting needs a comment above it"
    assert is_commented_out == (default is None), "only a setting that is absent by default is commented out"
    value: Any = example
    for part in key.split("."):
        value = getattr(value, part)
    assert _plain(value) == _plain(default)


def test_environment_beats_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SALES_CONFIG", str(EXAMPLE))
    monkeypatch.setenv("SALES_TELEGRAM__TOKEN", "1:made-up")
    monkeypatch.setenv("SALES_DATA_DIR", str(tmp_path))
    settings = Settings()
    assert settings.telegram.token.get_secret_value() == "1:made-up"
    assert settings.database == f"sqlite:///{tmp_path / 'sales.db'}"


def _plain(value: Any) -> Any:
    return value.get_secret_value() if isinstance(value, SecretStr) else value

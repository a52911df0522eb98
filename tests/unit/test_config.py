"""The environment: what is made of it, and what is refused before anything starts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from verkstad.config import Config, ConfigError, read_config


def config(folder: Path, **settings: str) -> Config:
    return read_config({"VERKSTAD_INSTANCE": str(folder)} | {f"VERKSTAD_{name}": v for name, v in settings.items()})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "verkstad.db"),
        ("DATABASE_URL", "mysql://host/name"),
        ("REDIS_URL", "localhost:6379"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "too short"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PUBLIC_URL", "verkstad.example.se"),
        ("PUBLIC_URL", "ftp://verkstad.example.se"),
        ("PUBLIC_URL", "https://example.se/verkstad"),
        ("LIMITS", "of"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_in_one_sentence_that_names_it(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(ConfigError, match=rf"^VERKSTAD_{name} [^\n]+\.$"):
        config(tmp_path, **{name: value})


def test_a_folder_that_cannot_be_written_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")  # stops even an administrator, whom no permission stops
    with pytest.raises(ConfigError, match="cannot be written"):
        config(tmp_path / "file" / "instance")


def test_processes_that_start_at_once_share_the_key_that_is_made(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        keys = set(starting.map(lambda _: config(tmp_path).secret_key, range(64)))
    assert len(keys) == 1 and len(keys.pop()) == 64
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_the_secret_key_is_made_once_and_is_nobody_else_s_to_read(tmp_path: Path) -> None:
    first, again = config(tmp_path), config(tmp_path)
    assert first.secret_key == again.secret_key and len(first.secret_key) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert config(tmp_path, SECRET_KEY="given by the operator").secret_key == "given by the operator"


def test_nothing_set_is_a_laptop_in_the_hall(tmp_path: Path) -> None:
    plain = config(tmp_path)
    assert plain.embedded and plain.database_url.endswith(f"{tmp_path}/verkstad.db")
    assert plain.limits and plain.public_base == "http://127.0.0.1:5000"


def test_the_public_address_goes_into_codes_and_may_open_live_connections(tmp_path: Path) -> None:
    served = config(tmp_path, PUBLIC_URL="https://verkstad.example.se/", HOST="0.0.0.0")
    assert served.public_base == "https://verkstad.example.se"
    assert "https://verkstad.example.se" in served.origins
    assert served.address == "http://127.0.0.1:5000"
    assert config(tmp_path, PUBLIC_URL="https://Verkstad.Example.se:443").origins == served.origins
    assert "https://verkstad.example.se:8443" in config(tmp_path, PUBLIC_URL="https://verkstad.example.se:8443").origins

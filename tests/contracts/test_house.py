"""The house rules that hold for every file: locks, names, floors, what may be tracked, and how the set-up says no."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from verkstad.storage.migrate import newest_revision

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
PYTHON_LOCKS = ("run.lock", "dev.lock", "uv.lock", "node.lock")

# Brackets keep these patterns from finding themselves.
REGISTRIES = re.compile(r"py[p]i\.org|python[h]osted|registry\.np[m]js|np[m]js\.org|deb\.deb[i]an|deb\.node[s]ource")
MACHINES = re.compile(r"(?<![\w.~*>$}-])[/](?:root|work|farm|home/\w+|Users/\w+)/")
NOT_OURS = re.compile(
    r"(^|/)(dist|vendor|node_modules|build|instance|\.venv|\.tools|__pycache__)/"
    r"|\.min\.(js|css)$|\.(mo|pyc|so|whl|woff2?|ttf|otf|db|sqlite3?)$"
)


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def tracked_texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def pins(lock: str) -> dict[str, str]:
    """Each requirement of a lock file, whole, by name."""
    text = re.sub(r"^\s*#.*\n", "", (REQUIREMENTS / lock).read_text(), flags=re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    return {canonicalize_name(re.split(r"[=<>;\s\[]", block)[0]): block for block in blocks}


@pytest.mark.parametrize("path", [*(REQUIREMENTS / name for name in PYTHON_LOCKS), ROOT / "package-lock.json"])
def test_no_lock_file_names_a_host(path: Path) -> None:
    assert "://" not in path.read_text()


@pytest.mark.parametrize("lock", PYTHON_LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(lock: str) -> None:
    for name, block in pins(lock).items():
        assert re.match(r"[\w.\[\],-]+==\S+( ;.*)? \\\n", block), f"{name} is not pinned"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), f"{name} has no hash"


def test_every_locked_browser_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_tests_run_on_what_is_served() -> None:
    run, dev = ({name: block.split()[0] for name, block in pins(lock).items()} for lock in ("run.lock", "dev.lock"))
    assert {name: dev.get(name) for name in run} == run


def test_the_locks_answer_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "run.lock": [*project["project"]["dependencies"], *groups["build"]],
        "dev.lock": groups["dev"],
        "uv.lock": groups["uv"],
        "node.lock": groups["node"],
    }
    for lock, lines in asked.items():
        locked = pins(lock)
        for wanted in map(Requirement, lines):
            block = locked.get(canonicalize_name(wanted.name), "")
            version = re.match(r"[^=]+==(\S+)", block)
            assert version and version[1] in wanted.specifier, f"{wanted} is not in {lock}: run make lock"


def test_the_browser_lock_answers_what_the_project_asks_for() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    assert locked["dependencies"] == wanted["dependencies"]
    assert locked["devDependencies"] == wanted["devDependencies"]


def test_the_standard_library_keeps_its_platform() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()
    # A process of its own, started in the root: there, and not under pytest, our folder comes first on the path.
    code = "import platform; platform.system(); print(platform.__file__)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert Path(answer.stdout.strip()).resolve().parent == Path(sysconfig.get_path("stdlib")).resolve()


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in tracked_texts()
        for pattern in (REGISTRIES, MACHINES)
        for match in pattern.finditer(text)
    ]
    assert found == []


def test_nothing_built_or_borrowed_is_tracked() -> None:
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    assert [name for name in names if NOT_OURS.search(name)] == []


def test_imports_go_downwards_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_make_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    assert phony
    answer = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"^  make ([\w-]+)", answer.stdout, flags=re.MULTILINE) == phony[1].split()


def refused_setup(folder: Path, **environment: str) -> str:
    """What the set-up says in one line when it will not begin."""
    (folder / ".ci").mkdir()
    script = Path(shutil.copy(ROOT / ".ci" / "setup", folder / ".ci"))
    answer = subprocess.run([script], env=os.environ | environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_the_set_up_says_that_python_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\necho Python 3.9.2\n")
    old.chmod(0o755)
    assert "needs Python 3.11 or newer, and " in refused_setup(tmp_path, PYTHON=str(old))


def test_the_set_up_says_that_python_is_missing(tmp_path: Path) -> None:
    assert "is missing" in refused_setup(tmp_path, PYTHON=str(tmp_path / "no-python"))


def test_the_set_up_says_that_its_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / ".tools").write_text("")  # stops even an administrator, whom no permission stops
    assert f"{tmp_path} cannot be written to" in refused_setup(tmp_path)


def test_the_newest_migration_is_the_one_that_alembic_ends_at() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [newest_revision()]


def test_every_test_that_the_promises_name_is_there() -> None:
    file, named = "", []
    for path, test in re.findall(r"`([\w/.]*)::(\w+)`", (ROOT / "docs" / "promises.md").read_text()):
        file = path or file
        named.append((file, test))
    assert len(named) > 30
    missing = [each for each in named if f"def {each[1]}(" not in (ROOT / "tests" / each[0]).read_text()]
    assert missing == []

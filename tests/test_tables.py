"""The embedded database is the same whether it was laid at once or came the whole way of its migrations."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.sqlite, pytest.mark.long]


def _made_by(command: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "BROKER_URL")}
    env = {**kept, "DEMO": "1", "VAR_DIR": str(folder)}
    subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=env, check=True, capture_output=True)
    return folder / "db.sqlite3"


def _shape(file: Path) -> dict[str, Any]:
    """Tables with their columns and named rules, the indexes, and the rows that ship."""
    base = sqlite3.connect(file)
    things = base.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    tables = {name: sql for kind, name, sql in things if kind == "table"}
    return {
        "indexes": sorted(name for kind, name, _ in things if kind != "table"),
        "columns": {name: sorted(row[1:4] for row in base.execute(f'PRAGMA table_info("{name}")')) for name in tables},
        "rules": {name: sorted(re.findall(r'CONSTRAINT "(\w+)"', sql)) for name, sql in tables.items()},
        "methods": base.execute("SELECT code, name FROM checklists_method ORDER BY code").fetchall(),
        "articles": base.execute("SELECT key FROM checklists_article ORDER BY key").fetchall(),
        "migrations": sorted(base.execute("SELECT app, name FROM django_migrations").fetchall()),
    }


def test_tables_laid_at_once_are_those_of_the_migrations(tmp_path: Path) -> None:
    laid, migrated = _made_by("lay_tables", tmp_path / "laid"), _made_by("migrate", tmp_path / "migrated")

    assert _shape(laid) == _shape(migrated)


def test_laying_tables_twice_changes_nothing(tmp_path: Path) -> None:
    first = _shape(_made_by("lay_tables", tmp_path / "one"))

    assert _shape(_made_by("lay_tables", tmp_path / "one")) == first

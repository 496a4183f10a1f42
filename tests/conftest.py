"""What every test stands on: no network, the right database for its marker, its own files, a browser without a network."""

import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import expect

from tests.browser import PATIENCE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs an event loop beside the ORM
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.load_profile("house")

LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()"""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def pytest_configure() -> None:
    """Static files are looked for when they are asked for, instead of by each of some ten thousand test clients; the
    migrations have been run once for all workers (see .ci/services.sh)."""
    settings.WHITENOISE_AUTOREFRESH = True
    if "TEST_TEMPLATE" in os.environ:
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ["TEST_TEMPLATE"]


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """PostgreSQL takes the way of an office that upgrades; SQLite is laid at once (see tests/test_tables.py)."""
    return connection.vendor != "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: Any) -> Iterator[None]:
    """Tables, and what ships with the product in them."""
    if not django_db_use_migrations:
        with django_db_blocker.unblock():
            import_module("checklists.shipped").ship()  # not before the project is set up
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(LEAVE)  # a browser's last window may still be talking to a server that nobody reads any more


@pytest.hookimpl(tryfirst=True)  # before the distribution over workers reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database, or to one run; begin with the long ones, all journeys on one worker."""
    others = ("postgres",) if connection.vendor == "sqlite" else ("sqlite", "once")
    dropped = [item for item in items if any(item.get_closest_marker(other) for other in others)]
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)  # a minute alone is not waited for at the end
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that calls another machine fails."""
    connect = socket.socket.connect

    def near(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}: the tests run without a network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", near)


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback


@pytest.fixture(scope="session")
def _files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _own_files_and_inline_jobs(settings: Any, _files: Path) -> Iterator[None]:
    """Uploads of a test are its own; jobs run at once, whatever broker the run has (tests of the broker say so)."""
    settings.MEDIA_ROOT = str(_files / uuid.uuid4().hex)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; without it the journeys fail, they are never skipped."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("Chromium is missing: `./run test` installs it, or name it in CHROMIUM", pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """The system's Chromium, headless, that finds no host but this machine; a busy machine may take its time."""
    expect.set_options(timeout=PATIENCE)
    return {**browser_type_launch_args, "executable_path": chromium, "headless": True, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """An office computer: Chinese, Shanghai, a small screen; nothing moves, so that no colour is judged half way."""
    return {
        **browser_context_args,
        "reduced_motion": "reduce",
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }

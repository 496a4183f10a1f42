"""The one script, driven as a person would: refusals, the demo from start to stop, the broker of the larger edition."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from accounts.tasks import sync_rights

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180  # seconds; a bound for a broken run on a busy machine, a sound one answers in a minute


def environment(folder: Path, **more: str) -> dict[str, str]:
    """A person's shell that happens to name a foreign database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO", "DEMO"))}
    return {
        **kept,
        "VAR_DIR": str(folder),
        "DOC_FONT_DIR": str(folder),
        "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/nothing",
        **more,
    }


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One call of the script that ends by itself."""
    return subprocess.run(
        [str(ROOT / "run"), *words],
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_unknown_command_is_refused_with_the_usage(tmp_path: Path) -> None:
    done = run(tmp_path, "dance")

    assert done.returncode == 2
    assert "usage: ./run COMMAND" in done.stderr


@pytest.mark.sqlite
def test_without_root_the_missing_packages_are_named_and_nothing_is_installed(tmp_path: Path) -> None:
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    for name, body in {"dpkg-query": "exit 1", "id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 99"}.items():
        (fakes / name).write_text(f"#!/bin/sh\n{body}\n")
        (fakes / name).chmod(0o755)

    done = run(tmp_path, "demo", PATH=f"{fakes}:{os.environ['PATH']}")

    assert done.returncode == 3
    assert "libpango-1.0-0" in done.stderr
    assert "fonts-noto-cjk" in done.stderr


@pytest.mark.sqlite
def test_a_taken_port_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run(tmp_path, "demo", PORT=str(port))

    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert not (tmp_path / "db.sqlite3").exists()


@pytest.mark.sqlite
def test_production_refuses_to_start_without_a_key(tmp_path: Path) -> None:
    env = environment(tmp_path)
    env.pop("SECRET_KEY", None)

    done = subprocess.run(
        [str(ROOT / ".venv/bin/python"), str(ROOT / "manage.py"), "check"],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.returncode != 0
    assert "SECRET_KEY 未设置" in done.stderr


class Demo:
    """A running demo of its own folder and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.out = (folder / "screen").open("w+")
        self.process = subprocess.Popen(
            [str(ROOT / "run"), "demo"],
            env=environment(folder, PORT=str(self.port)),
            stdout=self.out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def screen(self) -> str:
        """All it has printed."""
        return (self.folder / "screen").read_text()

    def wait(self) -> None:
        """Until it has printed how to stop it; fails when it ends or stays silent."""
        until = time.monotonic() + PATIENCE
        while "stop: Ctrl-C" not in self.screen():
            assert self.process.poll() is None, self.screen()
            assert time.monotonic() < until, self.screen()
            time.sleep(0.1)  # polling a foreign process, within a bound

    def stop(self) -> int:
        """As the service manager stops it; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)

    def parts(self) -> list[str]:
        """Command lines of whatever still runs on its port or its folder."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:  # it ended while we looked
                continue
            if f"127.0.0.1:{self.port} " in words or f"{self.folder}/celerybeat" in words:
                found.append(words)
        return found


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demo that has answered; stopped at the end whatever happens."""
    made = Demo(tmp_path)
    try:
        made.wait()
        yield made
    finally:
        made.process.terminate()
        made.process.wait(timeout=PATIENCE)
        made.out.close()


@pytest.mark.sqlite
def test_the_demo_answers_prints_its_accounts_and_stops_whole(demo: Demo) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/healthz", timeout=10) as answer:
        health = json.load(answer)
    password = (demo.folder / "demo-password").read_text().strip()
    running = demo.parts()
    status = demo.stop()

    assert health == {"status": "ok", "database": "ok", "broker": "ok"}
    assert f"http://127.0.0.1:{demo.port}" in demo.screen()
    assert password in demo.screen()
    assert "dangfeng_head" in demo.screen()
    assert len([words for words in running if "gunicorn" in words]) == 3
    assert [words for words in running if "celery" in words]
    assert status == 0
    assert demo.parts() == []


@pytest.mark.postgres
def test_a_job_travels_through_the_queue(settings: object) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False  # type: ignore[attr-defined]
    app = sync_rights.app
    app.conf.task_always_eager = False
    try:
        with app.connection_for_write() as broker:
            queue = broker.SimpleQueue("test-of-the-queue")
            sent = sync_rights.apply_async(queue="test-of-the-queue", ignore_result=True)
            message = queue.get(timeout=5)
            message.ack()
            queue.close()
    finally:
        app.conf.task_always_eager = True

    assert django_settings.BROKER_URL.startswith("redis://")
    assert message.headers["task"] == "accounts.tasks.sync_rights"
    assert message.headers["id"] == sent.id

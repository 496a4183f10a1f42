"""A whole office for benchmarks: web server, worker and beat over a PostgreSQL and a Redis that can fall ill."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "outage-2026-bench"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Redis:
    """A Redis of its own that can be stopped, frozen and emptied."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        program = shutil.which("redis-server") or "redis-server"
        self.process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)  # noqa: S603
        wait_for(lambda: bool(self.ask("PING")), 10)

    def ask(self, word: str) -> bytes:
        """One command over a plain socket; empty where nobody answers within a second."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.settimeout(1)
                line.sendall(f"{word}\r\n".encode())
                return line.recv(100)
        except OSError:
            return b""

    def stop(self) -> None:
        """Gone: connections are refused."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It accepts connections and never answers."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It answers again."""
        self.process.send_signal(signal.SIGCONT)


def wait_for(question: Any, seconds: float) -> None:
    """Ask until it is so; SystemExit after the given time."""
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.1)


QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def surroundings(folder: Path, database: str, redis: Redis) -> dict[str, str]:
    """The environment of the office's programs; letters become files under `mail`."""
    own = {"VAR_DIR": str(folder), "DATABASE_URL": database, "BROKER_URL": redis.url, "DEMO": "1", "DEMO_PASSWORD": PASSWORD,
           "EMAIL_URL": f"filemail:///{folder}/mail", "LOG_LEVEL": "ERROR"}  # fmt: skip
    for part in ("media", "mail"):
        (folder / part).mkdir(exist_ok=True)
    return {**os.environ, **own}


def manage(env: dict[str, str], *words: str) -> str:
    """One command of manage.py; what it prints."""
    done = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def seed(env: dict[str, str]) -> None:
    """Tables and the demo county."""
    manage(env, "migrate", "-v0")
    manage(env, "seed_demo")


def start_worker(env: dict[str, str], *more: str) -> subprocess.Popen[bytes]:
    """A worker in a process of its own; `-B` with its schedule makes it the beat too."""
    words = ["-m", "celery", "-A", "supervision", "worker", "-P", "solo", "-l", "critical", "--without-gossip", "--without-mingle",
             "--without-heartbeat", *more]  # fmt: skip
    return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=env, **QUIET)  # noqa: S603


@contextmanager
def office(env: dict[str, str]) -> Iterator[str]:
    """Web server, worker and beat; yields the address."""
    port = free_port()
    web = [sys.executable, "-m", "gunicorn", "supervision.config.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--threads", "4",
           "--log-level", "error", "--no-control-socket"]  # fmt: skip
    parts = [
        subprocess.Popen(web, cwd=ROOT, env=env, **QUIET),  # noqa: S603
        start_worker(env, "-B", "-s", f"{env['VAR_DIR']}/beat"),
    ]
    try:
        wait_for(lambda: _answers(port), 60)
        yield f"http://127.0.0.1:{port}"
    finally:
        for one in parts:
            one.terminate()
        for one in parts:
            one.wait(30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False


def one(database: str, question: str) -> Any:
    """One value from the database."""
    with psycopg.connect(database) as line, line.cursor() as cursor:
        cursor.execute(question)  # type: ignore[arg-type]
        row = cursor.fetchone()
        return row[0] if row else None


def fresh_database(name: str) -> str:
    """An empty database of that name beside the one that `./run bench` started; returns its address."""
    base = os.environ["SERVICE_DATABASE"]
    with psycopg.connect(base, autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name}")  # type: ignore[arg-type]
        line.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return re.sub(r"/[^/]*$", f"/{name}", base)

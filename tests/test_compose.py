"""The installation on several containers, as far as it can be judged without an engine: its files say what they must."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import RequestFactory

from accounts.http import client_address

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
SETTINGS_READ = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "supervision/config/settings.py").read_text()))
EXAMPLE = dict(
    line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if line and not line.startswith("#")
)
OURS = ("web", "worker", "beat")


def test_the_installation_has_its_seven_services() -> None:
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "nginx"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_says_how_it_is_and_starts_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_services_wait_for_the_stores_and_the_migrations(name: str) -> None:
    waits = {other: how["condition"] for other, how in SERVICES[name]["depends_on"].items()}

    assert waits == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_only_the_proxy_is_reachable_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


def test_our_services_set_nothing_that_the_settings_do_not_read() -> None:
    for name in (*OURS, "migrate"):
        assert set(SERVICES[name]["environment"]) <= SETTINGS_READ, name


def test_the_image_sets_nothing_that_the_settings_do_not_read() -> None:
    text = (ROOT / "Dockerfile").read_text()
    given = {name for line in re.findall(r"^ENV (.+)$", text, re.MULTILINE) for name in re.findall(r"([A-Z_]+)=", line)}

    assert given - {"PYTHONUNBUFFERED", "LANG", "PATH"} <= SETTINGS_READ


def test_production_runs_without_demo_and_debug() -> None:
    for name in OURS:
        assert not {"DEMO", "DEBUG"} & set(SERVICES[name]["environment"])
        assert SERVICES[name]["environment"]["HTTPS"] == "1"


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    secrets = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}

    for name, rest in re.findall(r"\$\{([A-Z_]+)([^}]*)\}", text):
        if name in secrets:
            assert rest.startswith(":?"), f"{name} must be demanded, not defaulted"
    assert {name: EXAMPLE[name] for name in secrets} == dict.fromkeys(secrets, "")


def test_the_example_lists_exactly_what_the_installation_asks_for() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert set(EXAMPLE) == asked


def test_the_image_installs_from_the_locks_and_does_not_run_as_root() -> None:
    text = (ROOT / "Dockerfile").read_text()

    assert text.count("--require-hashes") == 2
    assert re.search(r"^USER office$", text, re.MULTILINE)
    assert "npm ci" in text


@pytest.mark.parametrize("name", ["base", "dev", "uv"])
def test_the_locks_pin_every_package_by_hash_and_name_no_host(name: str) -> None:
    text = (ROOT / f"requirements/{name}.txt").read_text()
    pins = re.findall(r"^\S+==\S+.*$", text, re.MULTILINE)

    assert pins
    assert all(pin.endswith("\\") for pin in pins)
    assert "http" not in text.replace("httpx", "").replace("httpcore", "")


def test_the_lock_of_the_page_assets_pins_by_digest_and_names_no_host() -> None:
    packages = {
        name: what for name, what in json.loads((ROOT / "package-lock.json").read_text())["packages"].items() if name
    }

    assert len(packages) >= 5
    assert all(what["integrity"].startswith("sha512-") for what in packages.values())
    assert [name for name, what in packages.items() if "resolved" in what or "funding" in what] == []


def test_the_proxy_speaks_only_tls_and_overwrites_the_client_address() -> None:
    text = (ROOT / "docker/nginx.conf").read_text()

    assert "return 301 https://$host$request_uri;" in text
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_pass http://product;" in text


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "10.1.1.9", "10.2.2.2"),  # no proxy: what the client claims is worth nothing
        (1, "10.1.1.9", "10.1.1.9"),
        (1, "6.6.6.6, 10.1.1.9", "10.1.1.9"),  # the first was invented by the client
        (1, "", "10.2.2.2"),
    ],
)
def test_the_client_address_is_what_our_proxy_saw(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.2.2.2", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == expected

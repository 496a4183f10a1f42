"""The house rules that a machine can guard: order, sizes, closed doors, templates, the clock, scoped reads."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
APPS = ("accounts", "checklists", "supervision", "ledgers", "reports")
FOLDERS = (*APPS, "tests", "benchmarks", "templates", "static", "docker", "docs")
# Where a moment begins: whoever answers a person or the clock itself. All below are handed `at` or `on`.
CLOCK_OWNERS = ("/views/", "/management/", "/tasks.py", "/middleware.py", "/context.py", "/access.py", "reports/demo")
CLOCKS = {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("date", "today")}
CLOCKS |= {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("time", "time")}
# Reads that name their circle themselves, and tables that belong to the whole office.
SCOPED_READS = {"visible_to", "issued_to", "of", "by_record", "within", "valid", "in_force"}
OFFICE_WIDE = {
    "RuleSetting",
    "RuleNote",
    "WorkCalendarDay",
    "AccessLog",
    "Article",
    "Edition",
    "Method",
    "model",
}
OPEN_PAGES = {"accounts:login", "accounts:healthz"}
BEHIND_A_SECRET = {"accounts:duty_feed"}  # no login; a wrong address is not found, see tests/accounts/test_feeds.py
DUMMIES = {"int": 1, "string": "x", "slug": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def python_files(*folders: str) -> list[Path]:
    """Our modules, migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """A module as syntax, every node knowing its parent."""
    module = ast.parse(path.read_text())
    for node in ast.walk(module):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return module


def where(path: Path, node: ast.AST | None = None) -> str:
    """A place as editors like it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


# --- order --------------------------------------------------------------------------------------------------------------


def test_apps_and_layers_import_only_downwards() -> None:
    linter = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        where(path, node)
        for path in python_files(*APPS, "tests", "benchmarks")
        if path.name != "apps.py"  # the one place where the framework wants it late
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and _inside_function(node)
    ]

    assert hidden == []


def _inside_function(node: ast.AST) -> bool:
    while node := getattr(node, "parent", None):  # type: ignore[assignment]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
    return False


def test_no_drawer_for_everything() -> None:
    drawers = [
        path.relative_to(ROOT)
        for path in python_files(*APPS)
        if path.stem in {"utils", "helpers", "common", "core", "misc"}
    ]

    assert drawers == []


# --- sizes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("folders", "stop"), [((*APPS, "benchmarks", "docker"), 400), (("tests",), 600)])
def test_modules_stay_short(folders: tuple[str, ...], stop: int) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(*folders)
        if (lines := len(path.read_text().splitlines())) > stop
    }

    assert long == {}


def test_functions_stay_short() -> None:
    long = {
        where(path, node): lines
        for path in python_files(*APPS, "tests", "benchmarks")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > 60
    }

    assert long == {}


def test_templates_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (lines := len(path.read_text().splitlines())) > 150
    }

    assert long == {}


def test_folders_stay_small() -> None:
    # The ground floor keeps one file per idea (docs/architecture.md); folders of one room each would only hide them.
    limits = {"accounts": 30}
    full = {}
    for folder in {path.parent for top in (*APPS, "static", "benchmarks") for path in (ROOT / top).rglob("*.*")}:
        name = str(folder.relative_to(ROOT))
        files = [path for path in folder.iterdir() if path.is_file() and path.name != "__init__.py"]
        if folder.name != "__pycache__" and len(files) > limits.get(name, 18):
            full[name] = len(files)

    assert full == {}


# --- doors --------------------------------------------------------------------------------------------------------------


def _pages(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _pages(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            converters = {name: type(kind).__name__ for name, kind in entry.pattern.converters.items()}
            yield (
                f"{space}{entry.name}",
                {name: DUMMIES[kind.removesuffix("Converter").lower()] for name, kind in converters.items()},
            )


PAGES = sorted(_pages(get_resolver()), key=lambda page: page[0])


def test_the_map_has_pages_and_each_has_a_name() -> None:
    assert len(PAGES) > 20
    assert [name for name, _ in PAGES if name.endswith("None")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "arguments"), [page for page in PAGES if page[0] not in OPEN_PAGES | BEHIND_A_SECRET])
def test_every_page_sends_strangers_to_the_entrance(
    client: Client, name: str, arguments: dict[str, Any], method: str
) -> None:
    address = reverse(name, kwargs=arguments)

    answer = getattr(client, method)(address)

    if method == "post" and answer.status_code == 405:
        return
    assert answer.status_code == 302, name
    assert answer["Location"].startswith(reverse("accounts:login"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPEN_PAGES))
def test_the_entrance_and_the_health_check_are_open(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_views_read_only_what_the_person_may_see() -> None:
    bare = [
        where(path, node)
        for path in python_files(*APPS)
        if "/views/" in str(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects" and not _scoped(node)
    ]

    assert bare == [], "read through .visible_to(user), a scoped manager or a filter on the organ"


def _scoped(node: ast.Attribute) -> bool:
    if isinstance(node.value, ast.Name) and node.value.id in OFFICE_WIDE:
        return True
    step: Any = node
    while isinstance(parent := step.parent, ast.Attribute | ast.Call) and step in (
        getattr(parent, "value", None),
        getattr(parent, "func", None),
    ):
        if isinstance(parent, ast.Attribute) and parent.attr in SCOPED_READS:
            return True
        if isinstance(parent, ast.Call) and any(_names_a_circle(word) for word in parent.keywords):
            return True
        step = parent
    return False


def _names_a_circle(word: ast.keyword) -> bool:
    """The organ, the key of a record already found (`pk=paper.pk`, `pk__in=ids`), or that record itself (`item=found`)."""
    name = word.arg or ""
    if name == "pk":
        return isinstance(word.value, ast.Attribute)
    parents = {"item", "checklist", "rectification", "problem", "round", "plan"}
    return (
        name == "pk__in"
        or {"organ", "organ_id", "lead_organ_id", "round"} & set(name.split("__")) != set()
        or (name in parents and not isinstance(word.value, ast.Constant))
    )


# --- the clock ----------------------------------------------------------------------------------------------------------


def test_nothing_below_a_view_or_a_job_asks_the_clock() -> None:
    asking = [
        where(path, node)
        for path in python_files(*APPS)
        if not any(owner in f"/{path.relative_to(ROOT)}" for owner in CLOCK_OWNERS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    ]

    assert asking == []


# --- templates ----------------------------------------------------------------------------------------------------------

TEMPLATES = {str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html")}
FOUND_BY_NAME = {"403.html", "404.html", "500.html", "503.html"}  # the framework looks for these
QUOTED = re.compile(r"""["']([\w./-]+\.html)["']""")


def _mentions() -> dict[str, str]:
    """Every template that is named anywhere, with the place of one mention."""
    found: dict[str, str] = {}
    for path in [*python_files(*APPS), *sorted((ROOT / "templates").rglob("*.html"))]:
        for name in QUOTED.findall(path.read_text()):
            found.setdefault(name, str(path.relative_to(ROOT)))
    return found


def test_every_template_that_is_named_exists() -> None:
    missing = {name: place for name, place in _mentions().items() if name not in TEMPLATES}

    assert missing == {}


def test_every_template_is_used() -> None:
    assert sorted(TEMPLATES - _mentions().keys() - FOUND_BY_NAME) == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline script", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)"),
        ("inline style", r"<style\b|\sstyle\s*="),
        (
            "inline handler",
            r"\s(on(click|change|input|submit|load|error|focus|blur|toggle|key\w+|mouse\w+|pointer\w+)|hx-on[\w:.-]*)\s*=",
        ),
        ("text marked safe", r"\|\s*safe\b|autoescape off"),
        ("address of another host", r"""(?:src|href|action)=["'](?:https?:)?//"""),
    ],
)
def test_templates_hold_to_the_content_policy(what: str, pattern: str) -> None:
    # Papers for print are laid out by WeasyPrint and never reach a browser.
    pages = [path for path in sorted((ROOT / "templates").rglob("*.html")) if "pdf" not in path.parts]
    guilty = [str(path.relative_to(ROOT)) for path in pages if re.search(pattern, path.read_text())]

    assert guilty == [], what


# --- what a repository must not carry -----------------------------------------------------------------------------------

# Folders of one person's machine, and hosts that a lock or a script would tie the product to.
FOREIGN = re.compile(
    "|".join([r"(?<![\w.])/(home|Users|root)/\w", "/wo" + r"rk/\w", r"\.\./sha" + "red", "registry.npm" + "js", "python" + "hosted"])
)  # fmt: skip


def _texts() -> Iterator[Path]:
    tops = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    inner = [path for folder in (*FOLDERS, ".ci", "requirements") for path in (ROOT / folder).rglob("*")]
    for path in [*tops, *inner]:
        known = path.suffix in {
            ".py",
            ".md",
            ".html",
            ".js",
            ".css",
            ".toml",
            ".txt",
            ".json",
            ".yml",
            ".sh",
            ".conf",
            "",
        }
        if path.is_file() and known and "__pycache__" not in path.parts and path.name not in {".env"}:
            yield path


def test_no_file_names_a_folder_of_one_machine_or_a_package_host() -> None:
    naming = {
        f"{path.relative_to(ROOT)}: {found.group()}" for path in _texts() if (found := FOREIGN.search(path.read_text()))
    }

    assert naming == set()


def test_no_third_party_asset_is_kept_in_the_repository() -> None:
    kept = [
        path.name
        for path in (ROOT / "static").rglob("*")
        if ".min." in path.name or path.suffix in {".woff2", ".ttf", ".otf"}
    ]

    assert kept == []


def test_no_test_waits_or_is_skipped() -> None:
    bounded = {"test_run.py"}  # watches foreign processes, within a bound
    pattern = re.compile(r"time\.sleep\(|wait_for_timeout\(|mark\.skip|mark\.xfail|pytest\.skip\(")
    guilty = [
        where(path)
        for path in python_files("tests")
        if path.name not in bounded | {"test_architecture.py"} and pattern.search(path.read_text())
    ]

    assert guilty == []

"""Code and regulation cite each other: no citation without an article, no binding article without a citation."""

from __future__ import annotations

import re
from pathlib import Path

from accounts.citations import article_of, cite
from checklists.regulation import shipped

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r"[\"'](A\d{1,2}(?:\.\d{1,2})?[a-z]?)[\"']")
BINDING = {"A3.1", "A3.2", "A3.3", "A3.5", "A4", "A5", "A5.2", "A5.6", "A5.7", "A6.1", "A6.2", "A7", "A7.1", "A7.2", "A7.3", "A7.4",
           "A8", "A9.8", "A10.1", "A10.2", "A12"}  # fmt: skip


def citations() -> dict[str, str]:
    """Every citation in code and templates -> one file where it stands."""
    found: dict[str, str] = {}
    for folder in ("accounts", "checklists", "supervision", "ledgers", "reports", "templates"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".html") and "migrations" not in path.parts:
                for ref in CITED.findall(path.read_text(encoding="utf-8")):
                    found.setdefault(ref, str(path.relative_to(ROOT)))
    return found


def test_every_citation_names_an_article_that_ships() -> None:
    unknown = {
        ref: where for ref, where in citations().items() if ref != "A0" and article_of(ref) not in shipped()["articles"]
    }  # A0: the notice itself

    assert unknown == {}


def test_every_binding_article_is_cited_somewhere() -> None:
    cited = {article_of(ref) for ref in citations()}

    assert sorted(BINDING - cited) == []


def test_citations_in_the_words_of_the_office() -> None:
    assert [cite(ref) for ref in ("A6.1b", "A7.3", "A9.8b", "A10.4a", "A13", "A8")] == [
        "第六条第（一）项", "第七条“驻点式”", "第九条第（八）项", "第十条第（四）项", "第十三条", "第八条",
    ]  # fmt: skip

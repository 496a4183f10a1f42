"""Load the office's own wording of the regulation from .txt or .docx, and say what found no place."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from checklists.actions.regulation import load
from checklists.regulation import NotReadable, parse, read_document


class Command(BaseCommand):
    """`load_regulation FILE [--json]`: one JSON document on stdout, messages on stderr; exit 0, 1 (refused), 2 (usage)."""

    help = "载入制度原文（.txt、.docx）。"

    def add_arguments(self, parser: Any) -> None:
        """The file."""
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        parser.add_argument("--dry-run", action="store_true", help="只解析，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Parse, load where the tables exist, print."""
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"找不到文件：{path}", returncode=2)
        try:
            parsed = parse(read_document(path.read_bytes(), path.name))
        except NotReadable as error:
            raise CommandError(str(error), returncode=1) from error
        if not options["dry_run"]:
            self._load(parsed)
        if options["json"]:
            self.stdout.write(json.dumps(parsed.to_json(), ensure_ascii=False))
        items = sum(len(article.items) for article in parsed.articles)
        said = f"《{parsed.title}》{parsed.doc_no}：{len(parsed.chapters)}章、{len(parsed.articles)}条、{items}项"
        self.stderr.write(f"{said}，{len(parsed.unplaced)}处无法归位。")

    def _load(self, parsed: Any) -> None:
        if "checklists_article" not in connection.introspection.table_names():
            self.stderr.write("数据库尚未建立，只解析，不写入。")
            return
        load(parsed, at=timezone.now())

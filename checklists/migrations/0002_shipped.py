"""What ships with the product: the edition of the regulation with its summaries, and the methods of article 8."""

import tomllib
from pathlib import Path

from django.db import migrations

BASIS = "《中国共产党党内监督条例》《纪检监察机关派驻机构工作规则》"
METHODS = (
    ("talk", "谈心谈话"), ("survey", "调研督导"), ("meeting", "列席会议"), ("site_visit", "实地走访"), ("recommendation", "提出纪检监察建议"),
    ("document_review", "查阅资料"), ("special_study", "专题研究"), ("unannounced", "四不两直"),
)
TOPICS = ("粮食安全", "耕地保护", "污染防治", "防范化解金融风险", "乡村振兴", "黄河流域生态保护", "营商环境")


def ship(apps, schema_editor):
    """Rows that every office starts with; all of them can be changed by 党风政风监督室."""
    model = {name: apps.get_model("checklists", name) for name in ("Edition", "Article", "Method", "Topic")}
    data = tomllib.loads(Path(__file__).parents[1].joinpath("regulation.toml").read_text(encoding="utf-8"))
    edition = model["Edition"].objects.create(is_current=True, **data["edition"])
    for seq, (key, entry) in enumerate(data["articles"].items()):
        parent = key.rpartition(".")[0]
        number = entry.get("chapter") or data["articles"][parent].get("chapter")
        chapter = f"第{'一二三四五'[number - 1]}章 {data['chapters'][str(number)]}"
        model["Article"].objects.create(edition=edition, key=key, parent_key=parent, seq=seq * 100, chapter=chapter,
                                        heading=entry["heading"], summary=entry["summary"])
    for code, name in METHODS:
        model["Method"].objects.create(code=code, name=name, basis=BASIS)
    for name in TOPICS:
        model["Topic"].objects.create(name=name)


class Migration(migrations.Migration):
    dependencies = [("checklists", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]

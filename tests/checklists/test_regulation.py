"""Taking a regulation apart, loading it beside the old edition, and showing an article."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.duties import open_duties
from accounts.models import Duty, RuleNote
from accounts.workflow import record
from checklists.actions.regulation import ensure_shipped, load
from checklists.models import Article, Edition
from checklists.regulation import NotReadable, number, parse, read_document, shipped
from tests.factories import NOW, TODAY, County, county, enter
from tests.paper import make_paper, plain_route, send_up

TEXT = """清河县纪办〔2025〕9号
清河县纪委办公室
印发《关于规范日常监督工作的实施细则》的通知
各派驻纪检监察组：
现印发给你们，请认真执行。

第一章 总则
第一条 为规范日常监督工作，制定本细则。
第二条　日常监督坚持以下原则：
（一）实事求是。不夸大、不缩小。
（二）抓早抓小。
发现苗头及时提醒。
 监督的内容
第三条 日常监督包括下列内容：
（一）甲。
（二）乙。
（三）丙。
（四）丁。
（五）戊。
（六）己。
（七）庚。
（八）辛。
（九）壬。
（十）癸。
（十一）其他内容。
第三条规定的内容可以增加。
第三章 监督的形式
第四条 监督分为两种：
“走访式”监督由派驻组实施。
“集中式”监督由监督室实施。
第六条 本细则由监督室解释。
清河县纪委办公室
2025年3月1日印发"""


def test_chapters_articles_and_items_even_where_a_heading_has_lost_its_number() -> None:
    parsed = parse(TEXT.splitlines())

    assert (parsed.title, parsed.doc_no) == ("关于规范日常监督工作的实施细则", "清河县纪办〔2025〕9号")
    assert parsed.chapters == ["第一章 总则", "第二章 监督的内容", "第三章 监督的形式"]
    assert [(one.id, one.chapter, len(one.items)) for one in parsed.articles] == [
        ("A1", "第一章 总则", 0),
        ("A2", "第一章 总则", 2),
        ("A3", "第二章 监督的内容", 11),
        ("A4", "第三章 监督的形式", 2),
        ("A6", "第三章 监督的形式", 0),
    ]
    assert parsed.articles[1].items[1].text == "抓早抓小。\n发现苗头及时提醒。"
    assert parsed.articles[2].items[10].text == "其他内容。\n第三条规定的内容可以增加。"
    assert parsed.articles[3].items[0].id == "A4.1"


def test_what_finds_no_place_is_reported_with_its_line() -> None:
    assert parse(TEXT.splitlines()).unplaced == [
        "缺第5条：正文从第4条跳到第6条",
        "第32行：清河县纪委办公室",
        "第33行：2025年3月1日印发",
    ]


@pytest.mark.parametrize(("words", "value"), [("一", 1), ("十", 10), ("十三", 13), ("二十一", 21), ("一百零二", 102)])
def test_numerals(words: str, value: int) -> None:
    assert number(words) == value


def test_gb18030_and_word_documents_read_alike() -> None:
    document = docx.Document()
    for line in TEXT.splitlines()[:20]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "第四条 表格里的一条。"
    out = io.BytesIO()
    document.save(out)

    assert [one.id for one in parse(read_document(out.getvalue(), "细则.docx")).articles] == ["A1", "A2", "A3", "A4"]
    assert len(parse(read_document(TEXT.encode("gb18030"), "细则.txt")).articles) == 5


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [(b"x", "a.pdf", "只接受"), (b"not a word file", "a.docx", "已损坏"), ("没有条款".encode(), "a.txt", "没有找到")],
)
def test_other_files_are_refused_with_a_sentence(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(NotReadable, match=sentence):
        parse(read_document(data, name))


def test_every_shipped_article_and_item_has_heading_and_one_sentence() -> None:
    articles = shipped()["articles"]

    assert [key for key in articles if "." not in key] == [f"A{n}" for n in range(1, 14)]
    assert {key: sum(1 for other in articles if other.startswith(f"{key}.")) for key in ("A3", "A5", "A6", "A7", "A9", "A10")} == {
        "A3": 5, "A5": 7, "A6": 2, "A7": 4, "A9": 8, "A10": 5,
    }  # fmt: skip
    assert all(entry["heading"] and entry["summary"].endswith("。") for entry in articles.values())


@pytest.mark.django_db
def test_a_newer_edition_stands_beside_the_old_one() -> None:
    old = ensure_shipped()

    new = load(parse(TEXT.splitlines()), at=NOW, in_force_from=date(2026, 1, 1))

    old.refresh_from_db()
    assert (new.is_current, old.is_current, Edition.objects.count()) == (True, False, 2)
    assert Article.objects.get(edition=old, key="A6.1").heading == "制定年度政治监督清单"
    assert Article.objects.get(edition=new, key="A3.11").wording.startswith("其他内容")


@pytest.mark.django_db
def test_the_command_prints_one_json_document(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "细则.txt"
    path.write_text(TEXT, encoding="utf-8")

    call_command("load_regulation", str(path), "--json")

    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"title", "doc_no", "articles", "unplaced"}
    assert answer["articles"][1]["items"][0] == {"id": "A2.1", "text": "实事求是。不夸大、不缩小。"}
    with pytest.raises(CommandError) as missing:
        call_command("load_regulation", str(tmp_path / "没有.txt"))
    assert missing.value.returncode == 2


# --- pages ---


@pytest.fixture
def cast(db: Any) -> County:
    ensure_shipped()
    return county()


def test_an_article_opens_as_dialog_and_as_page(cast: County) -> None:
    address = reverse("checklists:article", args=["A6.1"])

    dialog = enter(cast.nongye).get(address, headers={"HX-Request": "true"}).content.decode()
    page = enter(cast.nongye).get(address).content.decode()

    assert "第六条第（一）项 制定年度政治监督清单" in dialog and "<html" not in dialog
    assert "1至3个项目" in page and "<html" in page
    assert enter(cast.nongye).get(reverse("checklists:article", args=["A99"])).status_code == 404


def test_the_office_loads_its_wording_after_seeing_what_was_placed(cast: County) -> None:
    client, address = enter(cast.dangfeng_head), reverse("checklists:wording")

    seen = client.post(
        address, {"file": SimpleUploadedFile("细则.txt", TEXT.encode()), "in_force_from": "2026-01-01"}
    ).content.decode()
    assert "3章，5条" in seen and "缺第5条" in seen and Edition.objects.count() == 1

    client.post(address, {"step": "confirm"})
    assert Edition.objects.get(is_current=True).doc_no == "清河县纪办〔2025〕9号"
    assert enter(cast.dangfeng).get(address).status_code == 404


def test_cso_notes_its_interpretation(cast: County) -> None:
    enter(cast.dangfeng).post(reverse("checklists:article_note", args=["A6.1"]), {"text": "按自然年度计算"})

    assert RuleNote.objects.get().text == "按自然年度计算"
    assert "按自然年度计算" in enter(cast.nongye).get(reverse("checklists:article", args=["A6.1"])).content.decode()


def test_records_keep_the_edition_under_which_they_were_made(cast: County) -> None:
    """A newer edition is loaded beside the old one: the link on an old record still opens the old wording."""
    paper = make_paper(cast)
    old = record(paper, "note", by=cast.nongye, at=NOW, label="登记", article="A3.1")
    load(parse(TEXT.splitlines()), at=NOW, in_force_from=date(2026, 1, 1))
    new = record(paper, "note", by=cast.nongye, at=NOW, label="登记", article="A3.1")
    address = reverse("checklists:article", args=["A3.1"])

    kept = enter(cast.nongye).get(address, {"edition": old.edition}).content.decode()
    current = enter(cast.nongye).get(address, {"edition": new.edition}).content.decode()

    assert (old.edition, new.edition) == ("濮县纪办〔2023〕17号", "清河县纪办〔2025〕9号")
    assert "坚持政治统领" in kept and "不是现行版本" in kept
    assert "甲。" in current and "不是现行版本" not in current


def test_papers_and_duties_keep_their_edition_too(cast: County) -> None:
    with plain_route():
        approval = send_up(make_paper(cast), by=cast.nongye, at=NOW)
    open_duties(TODAY)
    load(parse(TEXT.splitlines()), at=NOW, in_force_from=date(2026, 1, 1))

    assert approval.edition == "濮县纪办〔2023〕17号"
    assert {duty.edition for duty in Duty.objects.all()} <= {"濮县纪办〔2023〕17号"}
    page = enter(cast.nongye).get(reverse("accounts:approval", args=[approval.pk])).content.decode()
    assert f"{reverse('checklists:article', args=['A6.1'])}?edition=" in page

"""Every door through which a file comes in, and files made to do harm: refused with a sentence, or kept as a mere download."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Attachment
from accounts.uploads import MOST_BYTES, checked, clean_name
from accounts.workflow import Refused
from checklists.models import Method
from ledgers.models import ImportRun
from reports.models import EvaluationObjection, PaperTemplate
from supervision.models import ExchangeReturn
from tests import samples, samples_year
from tests.factories import County, county
from tests.hostile import HOSTILE, excel, pdf, word
from tests.samples import PLAN, PNG, make_problem
from tests.supervision.papers import make_bulletin, make_document, serve
from tests.supervision.rounds import begun, opened

BOUNDARY = "vorvorvor"
# One of these stands in every refusal of a file.
SAYS_WHY = re.compile("格式不能上传|不能上传：|与扩展名不符|空文件|文件是空的|超过20MB|请选择要上传的文件")
SAYS_WHY_ELSEWHERE = re.compile(
    "台账只接受|这不是|实际上是|表格文件|空文件|是空的|只接受 .txt|打不开|带有|损坏|展开后|压缩比异常|文件名过长|后再载入|没有认出|不能识别|编码无法"
    "|后重新上传|请上传 Word 模板"
)


@pytest.fixture
def cast() -> County:
    return county()


def entered(person: Any) -> Client:
    """Somebody at his desk."""
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def body(fields: dict[str, str], field: str, name: str, data: bytes) -> bytes:
    """A form as a hostile program sends it: the name as it is, a content type that lies."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    return b"".join([*parts, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])


def send(client: Client, door: tuple[str, dict[str, str], str], name: str, data: bytes) -> Any:
    """Through the door, and on to the page that answers."""
    url, fields, field = door
    answer = client.post(url, body(fields, field, name, data), f"multipart/form-data; boundary={BOUNDARY}")
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def kept_files() -> set[Path]:
    """What lies in the store."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def today() -> str:
    return timezone.localdate().isoformat()


Door = Callable[[County], tuple[str, tuple[str, dict[str, str], str]]]
DOORS: dict[str, Door] = {}


def door(make: Door) -> Door:
    DOORS[make.__name__] = make
    return make


@door
def evidence(cast: County) -> Any:
    problem = make_problem(cast, cast.agri, **PLAN)
    return "nongye", (reverse("supervision:evidence", args=[problem.pk]), {}, "file")


@door
def stamped_ledger(cast: County) -> Any:
    problem = make_problem(cast, cast.agri, due_on=timezone.localdate())
    return "nongye", (reverse("supervision:unit_ledger", args=[problem.unit_id]), {"confirmed_on": today()}, "file")


@door
def training(cast: County) -> Any:
    fields = {
        "held_on": "2026-02-09",
        "topic": "政策",
        "lecturer": "韩冬",
        "lecturer_kind": "expert",
        "attendee_count": "6",
    }
    return "nongye", (reverse("supervision:round_entry", args=[opened(cast).pk, "training"]), fields, "files")


@door
def activity(cast: County) -> Any:
    method, _ = Method.objects.get_or_create(code="site_visit", defaults={"name": "实地走访", "basis": "A8"})
    found = begun(cast)
    fields = {"held_on": today(), "method": str(method.pk), "findings": "三处机井没有管护人", "kind": "routine"}
    return "nongye", (reverse("supervision:round_entry", args=[found.pk, "activity"]), fields, "files")


def _paper_fields(found: Any) -> dict[str, str]:
    return {"unit": str(found.units.first().pk), "title": "台账不全", "facts": "抽查三本，缺两本"}


@door
def working_paper(cast: County) -> Any:
    found = begun(cast)
    return "nongye", (reverse("supervision:round_entry", args=[found.pk, "paper"]), _paper_fields(found), "files")


@door
def working_paper_again(cast: County) -> Any:
    found = begun(cast)
    client = entered(cast.nongye)
    client.post(reverse("supervision:round_entry", args=[found.pk, "paper"]), _paper_fields(found))
    return "nongye", (reverse("supervision:paper", args=[found.papers.get().pk]), _paper_fields(found), "files")


@door
def reminder(cast: County) -> Any:
    fields = {"kind": "interview", "reminded": "县农业农村局", "given_on": today(), "given_by": "王建国"}
    return "nongye", (reverse("supervision:reminder_new", args=[make_problem(cast, cast.agri).pk]), fields, "files")


@door
def look_back(cast: County) -> Any:
    pk = samples.look_back_sample(cast, cast.agri)["pk"]
    return "nongye", (reverse("supervision:look_back_evidence", args=[pk]), {"purpose": "tasks_before"}, "file")


@door
def sampled(cast: County) -> Any:
    pk = samples.sampled_item_sample(cast, cast.agri)["pk"]
    return "dangfeng", (reverse("supervision:sample_evidence", args=[pk]), {}, "file")


@door
def annex(cast: County) -> Any:
    return "nongye", (reverse("supervision:document_act", args=[make_document(cast).pk]), {"verb": "annex"}, "file")


@door
def annex_of_bulletin(cast: County) -> Any:
    return "nongye", (reverse("supervision:bulletin_act", args=[make_bulletin(cast).pk]), {"verb": "annex"}, "file")


@door
def reply(cast: County) -> Any:
    document = serve(cast, make_document(cast, count=1))
    fields = {"received_on": today(), "sender": "县农业农村局", "answer_1": "已整改"}
    return "nongye", (reverse("supervision:document_reply", args=[document.pk]), fields, "file")


@door
def briefing(cast: County) -> Any:
    pk = samples_year.make_briefing(cast, cast.agri).pk
    return "nongye", (reverse("reports:briefing_files", args=[pk]), {}, "file")


@door
def consultation(cast: County) -> Any:
    pk = samples_year.consultation_sample(cast, cast.agri)["pk"]
    return "nongye", (reverse("ledgers:consultation_attach", args=[pk]), {}, "file")


@door
def appraisal(cast: County) -> Any:
    pk = samples_year.make_appraisal(cast, cast.agri).pk
    return "nongye", (reverse("reports:appraisal_files", args=[pk]), {}, "file")


@door
def register_file(cast: County) -> Any:
    pk = samples.register_record_sample(cast, cast.agri)["pk"]
    return "nongye", (reverse("ledgers:register_attach", args=["meetings", pk]), {}, "file")


# Doors behind which a file is read at once and never handed out again.
READERS: dict[str, Callable[[County], Any]] = {
    "ledger": lambda cast: ("nongye", (reverse("ledgers:import", args=[cast.agri.pk]), {"year": "2026"}, "file")),
    "exchange": lambda cast: (
        "nongye", (reverse("supervision:exchange_receive", args=[make_problem(cast, cast.agri).unit_id]), {}, "file"),
    ),
    "wording": lambda cast: ("dangfeng_head", (reverse("checklists:wording"), {}, "file")),
    "register": lambda cast: ("nongye", (reverse("ledgers:register_paste", args=["studies"]), {}, "file")),
    "template": lambda cast: ("dangfeng_head", (reverse("reports:templates"), {"kind": "plan"}, "file")),
}  # fmt: skip


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", DOORS)
def test_a_file_made_to_do_harm_is_refused_or_only_a_download(cast: County, name: str) -> None:
    who, way = DOORS[name](cast)
    client, stranger = entered(cast.people[who]), entered(cast.liuhe)
    faults = []
    for what, filename, data, may_stay in HOSTILE:
        rows, files = Attachment.objects.count(), kept_files()
        answer = send(client, way, filename, data)
        more, kept = Attachment.objects.count() - rows, kept_files() - files
        if not may_stay and (more or kept or not SAYS_WHY.search(answer.content.decode())):
            faults.append((what, answer.status_code, more, kept))
        if may_stay and (more != 1 or len(kept) != 1 or (why := only_a_download(client, stranger))):
            faults.append((what, answer.status_code, more, why if more else SAYS_WHY.findall(answer.content.decode())))

    assert faults == []


def only_a_download(client: Client, stranger: Client) -> str:
    """What is wrong with how the newest file is handed out; empty where nothing is."""
    row = Attachment.objects.order_by("-pk")[0]
    url = reverse("accounts:attachment", args=[row.pk])
    answer = client.get(url)
    stored = Path(row.file.path)
    facts = {
        "disposition": answer["Content-Disposition"].startswith("attachment"),
        "nosniff": answer["X-Content-Type-Options"] == "nosniff",
        "sandbox": answer["Content-Security-Policy"].startswith("sandbox"),
        "type": answer["Content-Type"] in ("image/png", "application/pdf"),
        "strangers": stranger.get(url).status_code == 404,
        "place": Path(settings.MEDIA_ROOT).resolve() in stored.resolve().parents,
        "random": re.fullmatch(r"[0-9a-f]{32}(_\w+)?\.(png|pdf)", stored.name) is not None,
        "name": len(row.name) <= 120
        and row.name.isprintable()
        and not set(row.name) & set('<>:"/\\|?*')
        and row.name[0] != "=",
    }
    return "、".join(fact for fact, holds in facts.items() if not holds)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("name", READERS)
def test_a_door_that_reads_at_once_refuses_them_all(cast: County, name: str) -> None:
    who, way = READERS[name](cast)
    client = entered(cast.people[who])
    assert not SAYS_WHY_ELSEWHERE.search(client.get(way[0]).content.decode()), "the page says so without any file"
    faults = []
    for what, filename, data, _ in HOSTILE:
        files = kept_files()
        answer = send(client, way, filename, data)
        there = sum(kind.objects.count() for kind in (ImportRun, ExchangeReturn, Attachment, PaperTemplate))
        says = SAYS_WHY_ELSEWHERE.search(answer.content.decode())
        if there or kept_files() != files or not says or answer.status_code >= 500:
            faults.append((what, answer.status_code, there))

    assert faults == []


@pytest.mark.django_db
def test_an_objection_takes_no_file_made_to_do_harm(cast: County) -> None:
    """An organ objects to each number once, so every file is tried on an evaluation that nobody has objected to."""
    row = samples_year.make_evaluation(cast, cast.agri, cast.cso)
    row.table.objections_until = timezone.localdate()
    row.table.save()
    way = (reverse("reports:evaluation_object", args=[row.pk]), {"indicator": "E-4", "reason": "漏计一项制度"}, "file")
    client, stranger, faults = entered(cast.nongye_head), entered(cast.liuhe), []
    for what, filename, data, may_stay in HOSTILE:
        with transaction.atomic():
            answer = send(client, way, filename, data)
            kept, said = Attachment.objects.count(), SAYS_WHY.search(answer.content.decode())
            if may_stay and (kept != 1 or only_a_download(client, stranger)):
                faults.append((what, answer.status_code, kept))
            if not may_stay and (kept or EvaluationObjection.objects.exists() or not said):
                faults.append((what, answer.status_code, kept))
            transaction.set_rollback(True)

    assert faults == []


def test_no_door_was_forgotten() -> None:
    """A view that takes files is one of those above; a new one needs its line in this module."""
    roots = [Path(settings.BASE_DIR) / app for app in ("accounts", "checklists", "supervision", "ledgers", "reports")]
    found = {
        f"{path.parent.name}/{path.stem}": path.read_text().count("request.FILES")
        for root in roots for path in root.rglob("*.py") if "request.FILES" in path.read_text()
    }  # fmt: skip

    assert found == {
        "views/imports": 1, "views/regulation": 1, "views/samples": 1, "views/look_backs": 1, "views/units": 2,
        "views/rectification": 1, "views/fieldwork": 3, "documents/page": 2, "views/templates": 1,
        "views/briefings": 1, "views/consultations": 1,
        "views/book_records": 1, "views/books": 1, "yearend/appraisals": 1, "evaluating/tables": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [("图.png", PNG), ("文件.pdf", pdf()), ("方案.docx", word()), ("台账.xlsx", excel()),
     ("发票.pdf", pdf(b"/Names << /EmbeddedFiles 5 0 R >>")), ("流.pdf", pdf(b">> stream\n/JS (\x00\x01\nendstream <<"))],
)  # fmt: skip
def test_what_an_office_sends_every_day_is_kept(name: str, data: bytes) -> None:
    assert checked(SimpleUploadedFile(name, data))[:2] == (name, data)


def test_a_file_that_says_it_is_huge_is_not_read() -> None:
    upload = SimpleUploadedFile("大.pdf", pdf())
    upload.size = MOST_BYTES + 1
    with pytest.raises(Refused, match="超过20MB"):
        checked(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [("../../x.pdf", "x.pdf"), ("C:\\temp\\x.pdf", "x.pdf"), ("a\x00b.pdf", "ab.pdf"), ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
     ("=cmd|x.pdf", "cmd_x.pdf"), ("＋1.pdf", "1.pdf"), (".pdf", "文件.pdf"), ("", "文件"), ("整" * 300 + ".pdf", "整" * 110 + ".pdf")],
)  # fmt: skip
def test_names_are_shown_without_what_could_mislead(given: str, shown: str) -> None:
    assert clean_name(given) == shown

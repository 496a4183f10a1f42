"""The import as the clerk walks it: upload, preview, decide, confirm; and who may not."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.jobs import progress_of
from accounts.models import Event, Job
from accounts.tasks import run_jobs
from ledgers.importing import book_of, forget_left_behind
from ledgers.models import ColumnMapping, ImportRun, UnitLedgerEntry
from ledgers.sheets.blank import blank_workbook
from supervision.models import Problem
from tests.factories import NOW, county
from tests.ledgers.workbooks import ANIMALS, BUREAU, CARD, FARM, USUAL, line, list_items, read, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    made = county()
    list_items(made)
    return made


@pytest.fixture
def clerk(cast):
    return signed_in(cast.nongye)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client, cast, data, name="台账.xlsx", year=2026):
    url = reverse("ledgers:import", kwargs={"pk": cast.agri.pk})
    return client.post(url, {"year": year, "file": SimpleUploadedFile(name, data)})


def uploaded(client, cast, rows):
    """The run of an upload and the text of its preview."""
    answer = upload(client, cast, xlsx([USUAL, *rows]))
    run = ImportRun.objects.latest("pk")
    assert answer.status_code == 302
    return run, page(client, run)


def page(client, run, query=""):
    return client.get(reverse("ledgers:import_preview", kwargs={"pk": run.pk}) + query).content.decode()


def do(client, verb, run, **data):
    return client.post(reverse(f"ledgers:import_{verb}", kwargs={"pk": run.pk}), data)


def test_upload_shows_the_rows_and_writes_none(clerk, cast):
    run, text = uploaded(clerk, cast, [line(1), line(2, CARD, ANIMALS, "补贴滞留", "2026.4.1")])

    assert "新增 2行" in text
    assert "导入2行" in text
    assert "补贴滞留" in text
    assert UnitLedgerEntry.objects.count() == 0
    assert (run.filename, run.by, run.imported_at) == ("台账.xlsx", cast.nongye, None)
    assert "台账" not in run.file.name


def test_confirm_writes_once_forgets_the_file_and_leaves_an_event(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1)])

    do(clerk, "confirm", run)
    again = do(clerk, "confirm", run)

    run.refresh_from_db()
    assert UnitLedgerEntry.objects.count() == 1
    assert (run.new_count, bool(run.imported_at), bool(run.file)) == (1, True, False)
    assert [(event.verb, event.by) for event in Event.objects.of(run)] == [("import", cast.nongye)]
    assert again.status_code == 302
    assert "台账已导入" in page(clerk, run)


def test_preview_tells_what_is_the_same_and_what_changed(clerk, cast):
    first, _ = uploaded(clerk, cast, [line(1), line(2, CARD, ANIMALS, "补贴滞留", "2026.4.1")])
    do(clerk, "confirm", first)

    second, text = uploaded(
        clerk, cast, [line(1), line(2, CARD, ANIMALS, "补贴滞留", "2026.4.1", handling="谈话提醒1人")]
    )

    assert "变更 1行" in text
    assert "相同 1行" in text
    assert "<ins>谈话提醒1人</ins>" in text
    do(clerk, "confirm", second)
    changed = Problem.objects.get(description="补贴滞留")
    assert changed.handling == "谈话提醒1人"
    assert changed.history.count() == 2
    assert UnitLedgerEntry.objects.count() == 2


def test_wrong_rows_are_shown_with_their_sentence_and_listed_in_a_workbook(clerk, cast):
    run, text = uploaded(clerk, cast, [line(1), line(2, problem="=1+1"), line(3, problem="乙", found="尽快")])

    assert "D3（发现问题）是公式，不是文字。请改成文字后再导入。" in text
    assert "E4（发现日期）写的是“尽快”，不是日期。" in text
    assert "跳过2行，导入其余1行" in text
    answer = clerk.get(reverse("ledgers:import_errors", kwargs={"pk": run.pk}))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join([answer.content]))).active
    assert [cell.value for cell in sheet[2]][1:3] == ["3", "D3"]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)


def test_wrong_rows_block_the_import_unless_skipped(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1), line(2, unit="别的单位", problem="乙")])

    refused = clerk.post(reverse("ledgers:import_confirm", kwargs={"pk": run.pk}), follow=True)
    assert "表格中还有1行不能导入" in refused.content.decode()
    assert UnitLedgerEntry.objects.count() == 0

    do(clerk, "confirm", run, skip_bad_rows="1")
    run.refresh_from_db()
    assert (UnitLedgerEntry.objects.count(), run.skipped_count) == (1, 1)


def test_a_near_name_once_chosen_is_known_ever_after(clerk, cast):
    run, text = uploaded(clerk, cast, [line(1, unit="农业农村局")])
    assert "是否为“县农业农村局”？" in text

    do(clerk, "decide", run, name_0=BUREAU, **columns_of(run))

    assert "新增 1行" in page(clerk, run)
    do(clerk, "confirm", run)
    assert UnitLedgerEntry.objects.get().unit.name == BUREAU
    later, text = uploaded(clerk, cast, [line(1, unit="农业农村局", problem="另一个问题")])
    assert "新增 1行" in text


def columns_of(run):
    fields = [
        "",
        "task",
        "unit",
        "problem",
        "found_on",
        "clue",
        "suggestion",
        "due_on",
        "rectification",
        "closed_on",
        "handling",
    ]
    return {f"column_{number}": name for number, name in enumerate(fields)}


def test_columns_once_chosen_are_remembered_for_workbooks_of_this_shape(clerk, cast):
    header = ["监督任务", "被监督单位", "发现问题", "情况一"]
    columns = {"column_0": "task", "column_1": "unit", "column_2": "problem", "column_3": "handling"}
    upload(clerk, cast, xlsx([header, [FARM, BUREAU, "甲", "谈话提醒1人"]]))
    run = ImportRun.objects.latest("pk")

    do(clerk, "decide", run, **columns)
    do(clerk, "confirm", run)

    assert Problem.objects.get().handling == "谈话提醒1人"
    assert ColumnMapping.objects.get().organ == cast.agri
    upload(clerk, cast, xlsx([header, [FARM, BUREAU, "乙", "谈话提醒2人"]]))
    assert "谈话提醒2人" in page(clerk, ImportRun.objects.latest("pk"))


def test_two_headings_for_one_column_are_refused(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1)])

    answer = do(clerk, "decide", run, **{**columns_of(run), "column_0": "task"})

    assert answer.status_code == 422
    assert "“监督任务”选了两列，只能选一列。" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"hello", "台账.xlsx", "这不是电子表格文件"),
        (xlsx([USUAL, line(1)]), "台账.exe", "台账只接受 .xlsx、.xls 和 .et 文件"),
        (xlsx([["姓名"], ["张三"]]), "名册.xlsx", "没有找到台账的表头"),
        (b"", "台账.xlsx", "文件是空的，没有任何内容。请重新选择台账文件。"),
    ],
)
def test_what_is_no_ledger_is_refused_in_the_form(clerk, cast, data, name, sentence):
    answer = upload(clerk, cast, data, name)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_discard_forgets_run_and_file(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1)])
    storage, name = run.file.storage, run.file.name

    do(clerk, "discard", run)

    assert ImportRun.objects.count() == 0
    assert not storage.exists(name)


def test_a_new_upload_replaces_the_one_left_behind(clerk, cast):
    first, _ = uploaded(clerk, cast, [line(1)])
    second, _ = uploaded(clerk, cast, [line(1, problem="乙")])

    assert list(ImportRun.objects.values_list("pk", flat=True)) == [second.pk]
    assert not first.file.storage.exists(first.file.name)


def test_other_organs_meet_nothing(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1)])

    for name in ("jiaoyu", "dangfeng", "shuji", "sysadmin"):
        stranger = signed_in(cast.people[name])
        assert stranger.get(reverse("ledgers:import", kwargs={"pk": cast.agri.pk})).status_code == 404
        assert stranger.get(reverse("ledgers:import_preview", kwargs={"pk": run.pk})).status_code == 404
        assert do(stranger, "confirm", run).status_code == 404
    assert UnitLedgerEntry.objects.count() == 0


def test_the_blank_ledger_is_offered_and_can_be_filled_in(clerk, cast):
    answer = clerk.get(reverse("ledgers:import_template", kwargs={"pk": cast.agri.pk}) + "?year=2026")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["工作台账"]
    for column, value in enumerate([1, ANIMALS, CARD, "现场检查", "补贴滞留", date(2026, 4, 1), "无", "限期发放"], 1):
        sheet.cell(3, column, value)
    buffer = io.BytesIO()
    book.save(buffer)

    run = upload(clerk, cast, buffer.getvalue())

    assert answer["Content-Disposition"].startswith("attachment")
    text = page(clerk, ImportRun.objects.latest("pk"))
    assert run.status_code == 302
    assert "新增 1行" in text
    assert "补贴滞留" in text


def test_an_empty_blank_ledger_has_nothing_to_import(cast):
    directory = book_of(cast.agri, 2026).directory()

    with pytest.raises(Exception, match="表头下面没有可以登记的问题"):
        read(blank_workbook(directory), directory=directory)


def test_preview_costs_the_same_for_one_row_and_for_many(clerk, cast):
    counts = []
    for size in (1, 30):
        run, _ = uploaded(clerk, cast, [line(number, problem=f"问题{number}") for number in range(size)])
        with CaptureQueriesContext(connection) as queries:
            page(clerk, run)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_uploads_left_behind_are_swept(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(1)])

    assert forget_left_behind(before=run.created_at) == 0
    assert forget_left_behind(before=run.created_at + timedelta(seconds=1)) == 1
    assert not run.file.storage.exists(run.file.name)


def test_a_long_import_is_the_workers_and_is_written_whole(clerk, cast, settings):
    rows = [line(number, problem=f"第{number}号台账不全") for number in range(1, 1202)]
    run, _ = uploaded(clerk, cast, rows)
    settings.CELERY_TASK_ALWAYS_EAGER = False

    answer = do(clerk, "confirm", run)
    before = Problem.objects.count()
    run_jobs(at=NOW.isoformat())

    run.refresh_from_db()
    job = Job.objects.get()
    assert answer["Location"] == f"{reverse('accounts:jobs')}?job={job.pk}"
    assert (before, Problem.objects.count(), run.new_count) == (0, 1201, 1201)
    assert (job.state, job.sentence) == ("done", "已导入：新增1201行，变更0行。")
    assert progress_of([job.pk]) == {job.pk: (1201, 1201)}
    assert list(UnitLedgerEntry.objects.order_by("position").values_list("position", flat=True)[:3]) == [1, 2, 3]


def test_a_long_import_without_a_worker_is_done_at_once(clerk, cast):
    run, _ = uploaded(clerk, cast, [line(number, problem=f"第{number}号台账不全") for number in range(1, 1003)])

    do(clerk, "confirm", run)
    do(clerk, "confirm", run)

    assert (Problem.objects.count(), Job.objects.count()) == (1002, 1)


def test_a_long_import_that_was_discarded_meanwhile_writes_nothing(clerk, cast, settings):
    run, _ = uploaded(clerk, cast, [line(number, problem=f"第{number}号台账不全") for number in range(1, 1003)])
    settings.CELERY_TASK_ALWAYS_EAGER = False
    do(clerk, "confirm", run)

    do(clerk, "discard", run)
    run_jobs(at=NOW.isoformat())

    assert (Problem.objects.count(), Job.objects.get().state) == (0, "failed")
    assert "已被放弃" in Job.objects.get().sentence

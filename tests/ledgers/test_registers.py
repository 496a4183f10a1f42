"""Every register by the same tests: list, entry, edit, taking out and back, workbook, table import, circle, log, cost."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessLog, Attachment, Event
from accounts.workflow import Refused
from ledgers.actions import books
from ledgers.books.reading import counts
from ledgers.books.register import REGISTERS
from ledgers.books.table import pasted_fields
from supervision.models import Problem
from tests.factories import NOW, County, county
from tests.ledgers.registers import KEYS, OPEN, PERSONS, cleaned, good, made, official, sent
from tests.samples import PNG

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("1")</script>'


@pytest.fixture
def cast() -> County:
    return county()


def enter(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, key: str, pk: int | None = None) -> str:
    return reverse(f"ledgers:{name}", args=[key] if pk is None else [key, pk])


def model(key: str) -> Any:
    return REGISTERS[key].model


# --- all registers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_the_whole_form_enters_a_record_and_its_page_and_list_show_it(cast: County, key: str) -> None:
    client = enter(cast.nongye)

    page = client.get(url("register_new", key))
    answer = client.post(url("register_new", key), sent(key, cast.agri, cast.nongye))

    record = model(key).objects.get()
    assert (page.status_code, answer.status_code, answer["Location"]) == (
        200,
        302,
        url("register_record", key, record.pk),
    )
    assert (record.organ, record.created_by, record.verified_at) == (cast.agri, cast.nongye, None)
    assert client.get(url("register_record", key, record.pk)).status_code == 200
    assert url("register_record", key, record.pk) in client.get(url("register", key)).content.decode()
    assert [event.verb for event in Event.objects.of(record)] == ["enter"]


@pytest.mark.once
@pytest.mark.parametrize("key", [key for key in KEYS if REGISTERS[key].quick])
def test_the_entry_line_saves_and_lends_day_unit_and_kind_to_the_next(cast: County, key: str) -> None:
    client, data = enter(cast.nongye), sent(key, cast.agri, cast.nongye)
    register = REGISTERS[key]

    answer = client.post(url("register", key), {name: data[name] for name in register.quick if name in data})
    following = client.get(answer["Location"])

    record = register.model.objects.get()
    assert answer["Location"] == f"{url('register', key)}?entered={record.pk}"
    line = following.context["line"]
    assert line.initial.get(register.day) == getattr(record, register.day)
    for name in ("unit", "kind"):
        if name in register.quick:
            assert line.initial[name] == getattr(record, f"{name}_id", getattr(record, name))


@pytest.mark.once
@pytest.mark.parametrize("key", KEYS)
def test_an_empty_post_is_answered_with_sentences_and_saves_nothing(cast: County, key: str) -> None:
    client = enter(cast.nongye)

    whole = client.post(url("register_new", key), {"rows-TOTAL_FORMS": 0, "rows-INITIAL_FORMS": 0})
    line = client.post(url("register", key), {})

    assert whole.status_code == 422
    assert "需要改正" in whole.content.decode()
    assert line.status_code == (422 if REGISTERS[key].quick else 409)
    assert model(key).objects.count() == 0


@pytest.mark.parametrize("key", KEYS)
def test_a_record_is_corrected_taken_out_with_a_reason_and_brought_back(cast: County, key: str) -> None:
    client, record = enter(cast.nongye), made(key, cast.agri, cast.nongye)
    data = cleaned_again(key, record)

    edited = client.post(url("register_edit", key, record.pk), data)
    without = client.post(url("register_remove", key, record.pk), {"reason": " "})
    out = client.post(url("register_remove", key, record.pk), {"reason": "登记重复"})
    gone = url("register_record", key, record.pk) not in client.get(url("register", key)).content.decode()
    listed = url("register_record", key, record.pk) in client.get(url("register", key) + "?removed=1").content.decode()
    back = client.post(url("register_restore", key, record.pk))

    assert (edited.status_code, without.status_code, out.status_code, back.status_code) == (302, 409, 302, 302)
    assert gone and listed
    assert [event.verb for event in Event.objects.of(record)] == ["enter", "change", "remove", "restore"]
    assert model(key).objects.live().count() == 1


def cleaned_again(key: str, record: Any) -> dict[str, Any]:
    """The record as its own edit form would send it back."""
    data = {name: getattr(record, f"{name}_id", getattr(record, name)) for name in REGISTERS[key].fields
            if not record._meta.get_field(name).many_to_many}  # fmt: skip
    data |= {
        name: [row.pk for row in getattr(record, name).all()]
        for name in REGISTERS[key].fields
        if record._meta.get_field(name).many_to_many
    }
    return {name: value for name, value in data.items() if value not in (None, False)} | {
        "rows-TOTAL_FORMS": 0,
        "rows-INITIAL_FORMS": 0,
    }


@pytest.mark.once
@pytest.mark.parametrize("key", KEYS)
def test_a_record_of_another_organ_does_not_exist(cast: County, key: str) -> None:
    record, client = made(key, cast.agri, cast.nongye), enter(cast.jiaoyu)

    codes = {client.get(url(name, key, record.pk)).status_code for name in ("register_record", "register_edit")}
    codes |= {client.post(url(f"register_{verb}", key, record.pk), {"reason": "x"}).status_code
              for verb in ("edit", "remove", "restore", "verify", "attach")}  # fmt: skip

    assert codes == {404}
    assert url("register_record", key, record.pk) not in client.get(url("register", key)).content.decode()


@pytest.mark.once
@pytest.mark.parametrize("key", [key for key in KEYS if REGISTERS[key].by])
def test_a_unit_or_person_of_another_organ_cannot_be_named(cast: County, key: str) -> None:
    data = sent(key, cast.agri, cast.nongye)
    name = REGISTERS[key].by if REGISTERS[key].by in data else "official"
    stranger = cast.units["县教育局"].pk if name in ("unit", "units") else official(cast.units["县教育局"]).pk
    wrong = data | {name: [stranger] if name == "units" else stranger}

    by_form = enter(cast.nongye).post(url("register_new", key), wrong)
    values = cleaned(key, cast.agri, data)
    foreign = cast.units["县教育局"] if name in ("unit", "units") else official(cast.units["县教育局"])
    with pytest.raises(Refused, match="不在驻县农业农村局纪检监察组的范围内"):
        books.enter(
            REGISTERS[key],
            organ=cast.agri,
            values=values | {name: [foreign] if name == "units" else foreign},
            by=cast.nongye,
            at=NOW,
        )

    assert by_form.status_code == 422
    assert model(key).objects.count() == 0


@pytest.mark.once
@pytest.mark.parametrize("key", KEYS)
def test_the_workbook_has_the_list_with_its_filter_and_is_logged(cast: County, key: str) -> None:
    made(key, cast.agri, cast.nongye)
    client = enter(cast.nongye)

    whole = client.get(url("register", key) + "?format=xlsx")
    none = client.get(url("register", key) + "?format=xlsx&last=2020-01-01")

    assert rows_of(whole.content) == 1
    assert rows_of(none.content) == 0
    assert AccessLog.objects.filter(user=cast.nongye, action="export", subject=REGISTERS[key].label).count() == 2


def rows_of(data: bytes) -> int:
    """Rows of values under the headings."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    values = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    heads = next(number for number, row in enumerate(values) if "核实" in row)
    return sum(len(row) > 1 for row in values[heads + 1 :])


@pytest.mark.once
@pytest.mark.parametrize("key", KEYS)
def test_hostile_text_is_shown_as_text(cast: County, key: str) -> None:
    data = sent(key, cast.agri, cast.nongye)
    texts = [name for name in REGISTERS[key].fields if is_free_text(key, name)]
    client = enter(cast.nongye)

    answer = client.post(url("register_new", key), data | dict.fromkeys(texts, HOSTILE[:40]))

    shown = client.get(url("register", key)).content.decode() + client.get(answer.get("Location", "/")).content.decode()
    assert HOSTILE[:20] not in shown
    assert answer.status_code in (302, 422)


def is_free_text(key: str, name: str) -> bool:
    field = model(key)._meta.get_field(name)
    return field.get_internal_type() in ("CharField", "TextField") and not field.choices


@pytest.mark.parametrize("key", KEYS)
def test_a_list_costs_the_same_for_one_and_for_thirty_records(cast: County, key: str) -> None:
    client, extra = enter(cast.nongye), {"profiles": "unit", "duty-lists": "year"}
    made(key, cast.agri, cast.nongye)
    client.get(url("register", key))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url("register", key))
    for number in range(29):
        fields = {"year": 2027 + number} if extra.get(key) == "year" else {}
        if extra.get(key) == "unit":
            fields = {"unit": cast.agri.units.create(name=f"下属单位{number}").pk}
        made(key, cast.agri, cast.nongye, **fields)

    with CaptureQueriesContext(connection) as thirty:
        page = client.get(url("register", key))

    assert page.context["page"].total == 30
    assert len(thirty) == len(one)


@pytest.mark.parametrize("key", KEYS)
def test_a_pasted_table_is_looked_at_first_and_then_taken_whole(cast: County, key: str) -> None:
    client, text = enter(cast.nongye), table(key, cast)
    before = model(key).objects.count()

    looked = client.post(url("register_paste", key), {"text": text})
    kept_before = model(key).objects.count()
    taken = client.post(url("register_paste", key), {"text": text, "keep": "1"})

    faults = [line.wrong for line in looked.context["lines"] if line.wrong]
    assert (looked.status_code, faults) == (200, [])
    assert (kept_before, taken.status_code, model(key).objects.count()) == (before, 302, before + 1)


def table(key: str, cast: County) -> str:
    """One good record as copied cells under their headings."""
    data, heads, cells = sent(key, cast.agri, cast.nongye), [], []
    for name in pasted_fields(REGISTERS[key]):
        if name in data:
            heads.append(REGISTERS[key].label_of(name))
            cells.append(spoken(key, name, data[name]))
    return "\t".join(heads) + "\n" + "\t".join(cells)


def spoken(key: str, name: str, value: Any) -> str:
    field: Any = model(key)._meta.get_field(name)
    if field.many_to_many:
        return "、".join(str(field.related_model.objects.get(pk=pk)) for pk in value)
    if field.is_relation:
        row = field.related_model.objects.get(pk=value)
        return str(getattr(row, "full_name", None) or getattr(row, "code", None) or row)
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


# --- persons ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PERSONS)
def test_records_about_persons_are_for_authors_and_the_restricted_right(cast: County, key: str) -> None:
    record = made(key, cast.agri, cast.nongye)

    found = {name: enter(cast.people[name]).get(url("register_record", key, record.pk)).status_code
             for name in ("nongye", "nongye_head", "dangfeng", "dangfeng_head", "xieguan1", "fenguan", "shuji", "jiaoyu", "anguan")}  # fmt: skip

    assert found == {"nongye": 200, "nongye_head": 200, "dangfeng": 404, "dangfeng_head": 200, "xieguan1": 200, "fenguan": 200,
                     "shuji": 200, "jiaoyu": 404, "anguan": 404}  # fmt: skip


@pytest.mark.parametrize("key", OPEN)
def test_other_records_are_for_whoever_reads_the_organ(cast: County, key: str) -> None:
    record = made(key, cast.agri, cast.nongye)

    found = {name: enter(cast.people[name]).get(url("register_record", key, record.pk)).status_code
             for name in ("nongye", "dangfeng", "shuji", "jiaoyu")}  # fmt: skip

    assert found == {"nongye": 200, "dangfeng": 200, "shuji": 200, "jiaoyu": 404}


@pytest.mark.parametrize("key", PERSONS)
def test_every_look_at_records_about_persons_leaves_a_row(cast: County, key: str) -> None:
    record = made(key, cast.agri, cast.nongye)
    client = enter(cast.dangfeng_head)

    client.get(url("register", key))
    client.get(url("register_record", key, record.pk))
    enter(cast.nongye).get(url("register_edit", key, record.pk))

    rows = AccessLog.objects.filter(action="view").order_by("pk").values_list("user__username", "path")
    assert list(rows) == [("dangfeng_head", url("register", key)), ("dangfeng_head", url("register_record", key, record.pk)),
                          ("nongye", url("register_edit", key, record.pk))]  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("key", PERSONS)
def test_neither_events_nor_notices_name_the_person(cast: County, key: str) -> None:
    record = made(key, cast.agri, cast.nongye)

    assert "张三" not in str(record)
    assert [event.title for event in Event.objects.of(record) if "张三" in event.title] == []


@pytest.mark.once
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("number", ["41010219800101123X", "410102 19800101 1234", "410102-19800101-1234"])
def test_no_identity_number_enters_any_register(cast: County, key: str, number: str) -> None:
    texts = [
        name
        for name in REGISTERS[key].fields
        if is_free_text(key, name) and model(key)._meta.get_field(name).max_length in (None, *range(40, 300))
    ]
    if not texts:  # a register without free text cannot take one
        assert key in {"official-updates", "case-driven"}
        return

    answer = enter(cast.nongye).post(
        url("register_new", key), sent(key, cast.agri, cast.nongye) | {texts[0]: f"证件{number}"}
    )

    assert answer.status_code == 422
    assert "身份证号" in answer.content.decode()
    assert model(key).objects.count() == 0


def test_files_of_records_about_persons_stay_in_their_circle(cast: County) -> None:
    talk, meeting = made("talks", cast.agri, cast.nongye), made("meetings", cast.agri, cast.nongye)
    for record in (talk, meeting):
        key = "talks" if record is talk else "meetings"
        enter(cast.nongye).post(url("register_attach", key, record.pk), {"file": SimpleUploadedFile("记录.png", PNG)})
    files = [Attachment.objects.of(record).get().pk for record in (talk, meeting)]

    codes = {name: [enter(cast.people[name]).get(reverse("accounts:attachment", args=[pk])).status_code for pk in files]
             for name in ("nongye", "dangfeng", "dangfeng_head", "jiaoyu")}  # fmt: skip

    assert codes == {"nongye": [200, 200], "dangfeng": [404, 200], "dangfeng_head": [200, 200], "jiaoyu": [404, 404]}


# --- verifying, two hands, problems -------------------------------------------------------------------------------------


def test_the_conduct_office_verifies_and_a_change_must_be_verified_again(cast: County) -> None:
    record = made("losses", cast.agri, cast.nongye)

    by_author = enter(cast.nongye).post(url("register_verify", "losses", record.pk)).status_code
    done = enter(cast.dangfeng).post(url("register_verify", "losses", record.pk)).status_code
    again = enter(cast.dangfeng).post(url("register_verify", "losses", record.pk))
    record.refresh_from_db()
    verified = model("losses").objects.verified().count()
    removed = enter(cast.nongye).post(url("register_remove", "losses", record.pk), {"reason": "重复"})
    enter(cast.nongye).post(url("register_edit", "losses", record.pk), cleaned_again("losses", record))

    assert (by_author, done, again.status_code, verified) == (404, 302, 409, 1)
    assert "周明已于" in again.content.decode()
    assert (removed.status_code, "不能删除" in removed.content.decode()) == (409, True)
    assert model("losses").objects.verified().count() == 0


def test_records_about_persons_are_verified_by_the_head_only(cast: County) -> None:
    record = made("talks", cast.agri, cast.nongye)

    codes = [
        enter(person).post(url("register_verify", "talks", record.pk)).status_code
        for person in (cast.dangfeng, cast.dangfeng_head)
    ]

    assert codes == [404, 302]


def test_nobody_verifies_what_he_entered(cast: County) -> None:
    record = made("studies", cast.cso, cast.dangfeng, **({"kind": "test"})) if cast.cso.units.exists() else books.enter(
        REGISTERS["studies"], organ=cast.cso, by=cast.dangfeng, at=NOW,
        values={"kind": "test", "held_on": NOW.date(), "theme": "应知应会", "attendees": 5})  # fmt: skip

    with pytest.raises(Refused, match="另一名工作人员"):
        books.verify(record, by=cast.dangfeng, at=NOW)
    books.verify(record, by=cast.dangfeng_head, at=NOW)

    record.refresh_from_db()
    assert record.verified_by == cast.dangfeng_head


def test_a_later_text_of_a_colleague_is_not_overwritten(cast: County) -> None:
    record = made("meetings", cast.agri, cast.nongye)
    mine = cleaned_again("meetings", record) | {"seen": record.updated_at.isoformat(), "agenda": "我的修改"}
    enter(cast.nongye_head).post(
        url("register_edit", "meetings", record.pk), cleaned_again("meetings", record) | {"agenda": "组长的修改"}
    )

    answer = enter(cast.nongye).post(url("register_edit", "meetings", record.pk), mine)

    record.refresh_from_db()
    assert answer.status_code == 422
    assert "王建国刚刚修改过" in answer.content.decode() and "我的修改" in answer.content.decode()
    assert record.agenda == "组长的修改"


@pytest.mark.parametrize("key", [key for key in KEYS if REGISTERS[key].leads_to])
def test_a_problem_goes_into_the_one_list_and_both_sides_know(cast: County, key: str) -> None:
    record, client = made(key, cast.agri, cast.nongye), enter(cast.nongye)
    page = client.get(url("register_problem", key, record.pk))
    data = {
        "unit": cast.units["县农业农村局"].pk,
        "description": "验收走过场",
        "found_on": "2026-02-03",
        "severity": "general",
    }

    answer = client.post(url("register_problem", key, record.pk), data)

    problem = Problem.objects.get()
    assert (page.status_code, answer.status_code) == (200, 302)
    assert (problem.source, problem.organ) == (REGISTERS[key].leads_to, cast.agri)
    assert list(record.problems.all()) == [problem]
    assert f"由{REGISTERS[key].label}发现" in [event.label for event in Event.objects.of(problem)]
    assert "验收走过场" in client.get(url("register_record", key, record.pk)).content.decode()


def test_opinions_stand_inside_their_meeting_and_are_corrected_there(cast: County) -> None:
    client = enter(cast.nongye)
    first = {
        "rows-0-topic": "项目招标",
        "rows-0-matter": "major_matters",
        "rows-0-text": "应公开随机抽取",
        "rows-0-adopted": "yes",
    }
    empty = {"rows-1-topic": "", "rows-1-matter": "major_matters", "rows-1-text": "", "rows-1-adopted": ""}
    client.post(
        url("register_new", "meetings"),
        sent("meetings", cast.agri, cast.nongye) | first | empty | {"rows-TOTAL_FORMS": 2},
    )
    record = model("meetings").objects.get()
    line = record.rows.get()
    changed = {**first, "rows-0-id": line.pk, "rows-0-adopted": "no", "rows-1-topic": "接待费用", "rows-1-matter": "risk", "rows-1-text": "须附公函",
               "rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 1}  # fmt: skip

    client.post(url("register_edit", "meetings", record.pk), cleaned_again("meetings", record) | changed)

    assert list(record.rows.values_list("topic", "matter", "adopted")) == [
        ("项目招标", "major_matters", "no"),
        ("接待费用", "risk", ""),
    ]
    assert line.history.count() == 2
    assert client.get(url("register", "meetings")).context["page"].rows[0]["line_count"] == 2


def test_a_record_about_somebody_who_left_can_still_be_corrected(cast: County) -> None:
    talk, visit = made("talks", cast.agri, cast.nongye), made("visits", cast.agri, cast.nongye)
    talk.official.is_active = False
    talk.official.save()
    unit = visit.units.get()
    unit.active_to = NOW.date()
    unit.save()
    client = enter(cast.nongye)

    codes = [client.post(url("register_edit", key, record.pk), cleaned_again(key, record)).status_code
             for key, record in (("talks", talk), ("visits", visit))]  # fmt: skip
    anew = client.post(url("register_new", "talks"), good("talks", cast.agri) | {"official": talk.official_id})

    assert codes == [302, 302]
    assert anew.status_code == 422


# --- home ---------------------------------------------------------------------------------------------------------------


def test_the_home_page_counts_the_year_and_finds_words_in_few_queries(cast: County) -> None:
    made("talks", cast.agri, cast.nongye)
    made("meetings", cast.agri, cast.nongye)
    made("meetings", cast.agri, cast.nongye, meeting_date="2025-12-30")
    client = enter(cast.nongye)
    client.get(reverse("ledgers:register_home"))

    with CaptureQueriesContext(connection) as asked:
        home = client.get(reverse("ledgers:register_home") + "?year=2026")
    found = client.get(reverse("ledgers:register_home") + "?q=项目资金")

    shown = {register.key: count for rows in home.context["groups"].values() for register, count in rows}
    assert (shown["talks"], shown["meetings"], shown["visits"]) == (1, 1, 0)
    assert len(asked) < 20
    assert {register.key: count for rows in found.context["groups"].values() for register, count in rows} == {
        "meetings": 2
    }
    assert set(counts(cast.jiaoyu, 2026).values()) == {0}


# --- tables -------------------------------------------------------------------------------------------------------------


def test_each_wrong_cell_has_its_sentence_and_nothing_is_taken(cast: County) -> None:
    official(cast.units["县农业农村局"], "张三")
    official(cast.units["县畜牧服务中心"], "李四")
    official(cast.units["县农机服务中心"], "李四")
    rows = ["谈话日期\t谈话类别\t谈话对象\t谈话人\t谈话人层级", "2026-02-03\t廉政谈话\t张三\t王建国\t组长、（工）委书记、室主任",
            "2月30日\t闲谈\t李四\t\t组长、（工）委书记、室主任", "2026-12-31\t廉政谈话\t王五\t王建国\t组长、（工）委书记、室主任"]  # fmt: skip

    answer = enter(cast.nongye).post(url("register_paste", "talks"), {"text": "\n".join(rows), "keep": "1"})

    first, second, third = answer.context["lines"]
    assert answer.status_code == 422
    assert first.wrong == {}
    assert second.wrong["talk_date"] == ["“2月30日”没有这一天。"]
    assert second.wrong["kind"][0].startswith("“闲谈”不在可选范围内，可填：同下级“一把手”谈话")
    assert second.wrong["official"] == ["“李四”有重名，请写成“姓名（单位）”或单位全称。"]
    assert "talker" in second.wrong
    assert third.wrong["official"] == ["“王五”不在本单位可以选择的范围内，请核对名称。"]
    assert model("talks").objects.count() == 0


def test_what_only_the_entry_itself_refuses_shows_in_the_preview(cast: County) -> None:
    rows = [
        "收到日期\t拟上会议\t报送单位\t议题\t回复日期",
        "2026-02-03\t县委常委会\t县农业农村局\t土地出让\t2026-02-01",
    ]

    answer = enter(cast.nongye).post(url("register_paste", "topic-reviews"), {"text": "\n".join(rows)})

    assert answer.context["lines"][0].wrong == {"": ["回复日期早于收到日期，请核对。"]}


def test_a_table_without_headings_is_read_in_the_forms_order(cast: County) -> None:
    answer = enter(cast.nongye).post(
        url("register_paste", "studies"),
        {"text": "系列讲座\t2月3日\t纪法贯通\t9人\n自学\t2026.2.5\t政务处分法\t3", "keep": "1"},
    )

    assert answer.status_code == 302
    assert list(model("studies").objects.order_by("pk").values_list("kind", "theme", "attendees")) == [
        ("lecture_series", "纪法贯通", 9), ("self_study", "政务处分法", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\t\n", "\n".join(["自学\t2026-02-03\t学习\t1"] * 302)])
def test_no_table_or_too_long_a_one_is_refused_with_a_sentence(cast: County, text: str) -> None:
    answer = enter(cast.nongye).post(url("register_paste", "studies"), {"text": text})

    assert answer.status_code == 422
    assert "没有可以导入的内容" in answer.content.decode() or "一次最多导入300行" in answer.content.decode()


def test_a_workbook_is_read_like_copied_cells_and_a_formula_is_refused(cast: County) -> None:
    client = enter(cast.nongye)

    good_one = client.post(
        url("register_paste", "studies"),
        {"file": book([["类别", "日期", "主题", "参加人数"], ["自学", "2026-02-03", "民法典", 4]])},
    )
    formula = client.post(url("register_paste", "studies"), {"file": book([["类别", "日期"], ["自学", "=TODAY()"]])})
    broken = client.post(
        url("register_paste", "studies"), {"file": SimpleUploadedFile("坏.xlsx", b"PK\x03\x04nonsense")}
    )

    assert (good_one.status_code, [line.wrong for line in good_one.context["lines"]]) == (200, [{}])
    assert (formula.status_code, "有公式" in formula.content.decode()) == (422, True)
    assert broken.status_code == 422


def book(rows: list[list[Any]]) -> SimpleUploadedFile:
    out, made_book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        made_book.active.append(row)
    made_book.save(out)
    return SimpleUploadedFile("表.xlsx", out.getvalue())


def test_a_stranger_to_the_declarations_is_not_found(cast: County) -> None:
    assert enter(cast.nongye).get(url("register", "nothing")).status_code == 404
    assert good("talks", cast.agri)["kind"] == "integrity_talk"

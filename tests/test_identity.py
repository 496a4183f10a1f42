"""No identity number enters through any door, and no other long number is taken for one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accounts.models import Event
from accounts.sheets.identity import id_numbers, without_id_numbers
from accounts.workflow import Refused, record
from ledgers.actions.consultations import save_consultation
from ledgers.actions.rows import write_cells
from ledgers.models import TalkRecord, UnitLedgerEntry
from reports.quarterly.rules import is_text as section_stands
from supervision.actions.feedback import record_feedback
from supervision.actions.problems import create_problem
from supervision.documents.rules import words_only
from supervision.models import Problem
from tests.factories import NOW, County, county
from tests.ledgers.registers import made, sent
from tests.ledgers.test_rows import listed, typed

NUMBER = "41010219800101123X"


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        f"证件{NUMBER}。", "410102 19800101 1234", "410102-19800101-1234", "４１０１０２１９８００１０１１２３４", "410102 1980 0101 123x",
        f"2026 {NUMBER}", "身份证号：410102800101123", "身份证号码为410102 800101 123",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert any(id_numbers(text))
    assert not any(id_numbers(without_id_numbers(text)))


@pytest.mark.once
@pytest.mark.parametrize(
    "text",
    [
        "银行账号622202170200123456", "信用代码914101007425036520", "卡号6222021702001234567", "91410100MA3X5QK26T", "410102800101123",
        "410102198013011234", "410102198002301234", "电话0371-67880000，2026年3月5日", "项目编号202603051234567890123",
    ],
)  # fmt: skip
def test_bank_and_credit_numbers_are_no_identity_numbers(text: str) -> None:
    assert not any(id_numbers(text))
    assert without_id_numbers(text) == text


@pytest.mark.django_db
def test_problems_papers_consultations_and_sections_refuse_it() -> None:
    cast: County = county()
    unit, text = cast.units["县农业农村局"], f"张某（{NUMBER}）违规领取补贴"
    listed(cast)

    with pytest.raises(Refused, match="身份证号"):
        create_problem(organ=cast.agri, unit=unit, description=text, year=2026, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="身份证号"):
        record_feedback(unit=unit, level="county", feedback_on=NOW.date(), text=text, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="身份证号"):
        save_consultation(
            None, organ=cast.agri, units=[unit], by=cast.nongye, at=NOW, held_on=date(2026, 2, 3), suggestions=text
        )
    assert not words_only("监督建议", text)
    assert not section_stands(text)
    assert (Problem.objects.count(), Event.objects.count()) == (0, Event.objects.exclude(note__contains=NUMBER).count())


@pytest.mark.django_db
def test_a_cell_of_the_ledger_that_holds_one_is_marked_and_the_number_is_not_kept() -> None:
    cast = county()
    listed(cast)

    write_cells(cast.agri, 2026, typed(problem=f"张某{NUMBER}违规"), by=cast.nongye, at=NOW)

    kept = UnitLedgerEntry.objects.get().pending["problem"]
    assert "有疑似身份证号" in kept["message"]
    assert kept["text"] == "张某（身份证号已略去）违规"


@pytest.mark.django_db
def test_a_text_about_the_family_is_kept_and_asked_about_only_where_persons_are_named() -> None:
    cast = county()
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")
    question = "内容提到家庭成员。系统不登记家庭信息，请核对是否必要，必要时删去。"

    def said(key: str, **fields: Any) -> str:
        data = sent(key, cast.agri, cast.nongye) | fields
        return client.post(reverse("ledgers:register_new", args=[key]), data, follow=True).content.decode()

    assert question in said("talks", summary="提醒其管好配偶、子女")
    assert question not in said("talks", summary="提醒其遵守财经纪律")
    assert question not in said("studies", theme="家庭成员也要讲家风")
    assert TalkRecord.objects.count() == 2
    talk = made("talks", cast.agri, cast.nongye)
    edit = reverse("ledgers:register_edit", args=["talks", talk.pk])
    assert question in client.post(edit, sent("talks", cast.agri, cast.nongye) | {"summary": "其妻子经商"}, follow=True).content.decode()  # fmt: skip


class _Typed(forms.Form):
    title = forms.CharField(max_length=80)
    text = forms.CharField(widget=forms.Textarea)
    password = forms.CharField(widget=forms.PasswordInput)


@pytest.mark.once
def test_every_text_field_of_every_form_refuses_it_and_a_password_is_not_asked() -> None:
    form = _Typed({"title": f"核查张某{NUMBER}", "text": f"第一行\n{NUMBER}", "password": NUMBER})

    assert not form.is_valid()
    assert set(form.errors) == {"title", "text"}
    assert "请删去后再保存。（依据第四条）" in form.errors["title"][0]
    assert form["title"].value() == f"核查张某{NUMBER}"


@pytest.mark.django_db
def test_a_meeting_item_and_a_reason_without_a_form_refuse_it_and_a_search_does_not() -> None:
    cast = county()
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(reverse("checklists:item_new"), {"title": f"张某{NUMBER}补贴监督", "objective": "规范发放"})
    assert "系统不登记身份证号和家庭信息" in page.content.decode()

    with pytest.raises(Refused, match="第四条"):
        record(cast.units["县农业农村局"], "note", by=cast.nongye, at=NOW, label="说明", note=f"退回：{NUMBER}")
    assert Event.objects.filter(note__contains=NUMBER).count() == 0
    assert client.get(reverse("supervision:problems"), {"q": NUMBER}).status_code == 200

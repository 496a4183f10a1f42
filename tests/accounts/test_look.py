"""Words and signs of time, periods in words, controls that browsers and readers understand."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template

from accounts.templatetags.look import control, due_words, period_words

TODAY = date(2026, 9, 20)


@pytest.mark.parametrize(
    ("due_on", "finished_on", "expected"),
    [
        (date(2026, 9, 26), None, ("good", "clock", "还有6天")),
        (date(2026, 9, 25), None, ("soon", "hourglass", "还有5天")),
        (date(2026, 9, 20), None, ("soon", "hourglass", "今天到期")),
        (date(2026, 9, 19), None, ("late", "late", "已逾期1天")),
        (date(2026, 9, 10), date(2026, 9, 10), ("good", "done", "按时完成")),
        (date(2026, 9, 10), date(2026, 9, 13), ("late", "late", "逾期3天完成")),
        (None, None, ("none", "calendar", "未定期限")),
    ],
)
def test_time_has_a_colour_a_sign_and_a_word(
    due_on: date | None, finished_on: date | None, expected: tuple[str, str, str]
) -> None:
    assert due_words(due_on, TODAY, finished_on) == expected


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026Q4", "2026年第四季度"), ("2026-Q1", "2026年第一季度"), ("2026H2", "2026年下半年"), ("2026-09", "2026年9月"),
     ("2026", "2026年"), ("第3轮", "第3轮"), ("", "")],
)  # fmt: skip
def test_periods_are_read_out_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


class Sample(forms.Form):
    day = forms.DateField(label="日期", help_text="会议当天", initial=date(2026, 9, 5))
    way = forms.ChoiceField(label="方式", choices=[("", "---------"), ("a", "走访")])


def test_days_are_written_for_the_browsers_own_picker() -> None:
    written = control(Sample()["day"])

    assert 'type="date"' in written and 'value="2026-09-05"' in written


def test_a_control_names_its_help_and_its_error() -> None:
    form = Sample({"day": "昨天", "way": "a"})

    written = control(form["day"])

    assert 'aria-invalid="true"' in written
    assert 'aria-describedby="id_day_help id_day_error"' in written


def test_an_empty_choice_is_said_in_words() -> None:
    assert "请选择" in control(Sample()["way"])


def test_an_article_without_its_page_is_plain_words() -> None:
    written = Template("{% load look %}{% basis 'A6.1b' %}{% basis '' %}").render(Context())

    assert "依据第六条第（一）项" in written

"""Filters of the lists (django-filter); each list's export uses the same."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from accounts.forms.filters import ListFilter
from accounts.models import Organ
from accounts.permissions import visible_organ_ids
from checklists.models import ChecklistItem, InstructionItem, TaskAssignment, Topic
from checklists.states import FocusArea, Form, InstructionStep, ItemStep, SupervisionKind


def _organs(request: Any) -> QuerySet[Organ]:
    return Organ.objects.filter(pk__in=visible_organ_ids(request.user)) if request else Organ.objects.none()


class ItemFilter(ListFilter):
    """Projects by words, form, area, step and organ."""

    q = filters.CharFilter(label="查找", method="search")
    form = filters.ChoiceFilter(label="监督形式", choices=Form.choices, empty_label="全部")
    focus_area = filters.ChoiceFilter(label="聚焦方面", choices=FocusArea.choices, empty_label="全部")
    step = filters.ChoiceFilter(label="状态", choices=ItemStep.choices, empty_label="全部")
    linked = filters.ChoiceFilter(
        label="统筹衔接",
        field_name="linked_supervision",
        lookup_expr="contains",
        choices=SupervisionKind.choices,
        empty_label="全部",
    )
    topics = filters.ModelChoiceFilter(label="专题", queryset=Topic.objects.filter(is_active=True), empty_label="全部")
    organ = filters.ModelChoiceFilter(label="申报单位", queryset=_organs, empty_label="全部")
    year = filters.NumberFilter(label="年度")

    class Meta:
        model = ChecklistItem
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Words of the title or the content."""
        return rows.filter(Q(title__icontains=value) | Q(content__icontains=value))


class InstructionFilter(ListFilter):
    """Instructions by words, step and organ."""

    q = filters.CharFilter(label="查找", method="search")
    step = filters.ChoiceFilter(label="状态", choices=InstructionStep.choices, empty_label="全部")
    organ = filters.ModelChoiceFilter(label="跟进单位", queryset=_organs, empty_label="全部")

    class Meta:
        model = InstructionItem
        fields = ()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Words of the summary, the source or the responsible unit."""
        return rows.filter(
            Q(title__icontains=value) | Q(source_doc__icontains=value) | Q(responsible_unit__name__icontains=value)
        )


class TaskFilter(ListFilter):
    """Tasks by organ and whether they are done."""

    organ = filters.ModelChoiceFilter(label="承办单位", queryset=_organs, empty_label="全部")
    open = filters.ChoiceFilter(
        label="状态", choices=(("open", "未完成"), ("done", "已完成")), method="by_state", empty_label="全部"
    )

    class Meta:
        model = TaskAssignment
        fields = ()

    def by_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Open or done."""
        return rows.filter(done_on__isnull=value == "open")

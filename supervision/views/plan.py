"""The plan, the check and the failure of one rectification; each answers with the problem's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.http import writes
from accounts.lists import named_id
from accounts.workflow import Refused
from supervision import rules
from supervision.actions import failures, plan
from supervision.actions import rectification as acts
from supervision.forms.rectification import FailureForm, PlanForm
from supervision.models import Problem, RectificationItem


def item_or_404(request: HttpRequest, pk: int) -> RectificationItem:
    """The rectification of the problem that the address names, if the user may read it."""
    rows = RectificationItem.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("problem"), problem_id=pk)


def _back(request: HttpRequest, item: RectificationItem, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(acts.problem_url(item.problem))


def cleaned(form: Any) -> dict[str, Any]:
    """What the form understood. Raises `Refused` with its first complaint."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refused(f"{label}：{errors[0]}")
    return form.cleaned_data


@writes
def save_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """填写整改方案; with "accept" it is accepted at once (A9.8a)."""
    item, accept = item_or_404(request, pk), bool(request.POST.get("accept"))
    fresh = plan.set_plan(item, cleaned(PlanForm(request.POST)), by=request.user, at=timezone.now(), accept=accept)
    missing = rules.missing_plan(fresh)
    if accept and missing:
        return _back(request, item, f"已保存整改方案，还缺{'、'.join(missing)}，补齐后才能审定。")
    return _back(request, item, "整改方案已审定，转入整改。" if accept else "已保存整改方案。")


@writes
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """审定整改方案 (A9.8a)."""
    item = item_or_404(request, pk)
    plan.accept_plan(item, by=request.user, at=timezone.now(), note=request.POST.get("note", ""))
    return _back(request, item, "整改方案已审定，转入整改。")


@writes
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """核查 (A9.8b)."""
    item, passed = item_or_404(request, pk), request.POST.get("passed") == "yes"
    acts.verify(item, by=request.user, at=timezone.now(), note=request.POST.get("note", ""), passed=passed)
    return _back(request, item, "核查通过，等待负责人审核销号。" if passed else "核查不通过，已退回继续整改。")


@writes
def failure(request: HttpRequest, pk: int) -> HttpResponse:
    """认定整改不力, or take it back (A9.8c)."""
    item = item_or_404(request, pk)
    if request.POST.get("undo"):
        kind, reason = "", request.POST.get("reason", "")
    else:
        values = cleaned(FailureForm(request.POST))
        kind, reason = values["kind"], values["reason"]
    failures.set_failure(item, kind, by=request.user, at=timezone.now(), reason=reason)
    return _back(request, item, "已登记整改不力情形。" if kind else "已撤销认定。")


@writes
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """认定屡改屡犯, or take it back (A9.8c)."""
    item, wanted = item_or_404(request, pk), named_id(request.POST, "earlier")
    earlier = Problem.objects.visible_to(request.user).filter(pk=wanted).first() if wanted else None
    if wanted and earlier is None:
        raise Refused("没有找到所选的问题，请刷新页面后重新选择。", "A9.8c")
    failures.link_repeat(item.problem, earlier, by=request.user, at=timezone.now())
    return _back(request, item, "已登记为屡改屡犯。" if earlier else "已撤销屡改屡犯认定。")

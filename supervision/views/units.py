"""One unit's rectification: what is open, its stamped ledger, and the workbook that goes out and comes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.models import Attachment, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.uploads import ACCEPT
from accounts.workflow import Refused
from accounts.xlsx import download
from supervision.actions import exchange as acts
from supervision.actions.plan import confirm_unit_ledger
from supervision.cure.exchange.book import package_book
from supervision.cure.exchange.merge import compared
from supervision.forms.rectification import UnitLedgerForm
from supervision.models import ExchangePackage, ExchangeReturn, Problem, UnitLedgerConfirmation
from supervision.states import RectificationStep
from supervision.views.plan import cleaned

COLUMNS = (
    "pk", "year", "description", "repeat_of_id", "rectification__step", "rectification__due_on", "rectification__goal",
    "rectification__measures", "rectification__responsible_leader", "rectification__responsible_department",
    "rectification__unit_ledger_confirmed_on", "rectification__extension_count", "rectification__rebound_count",
)  # fmt: skip
PLAN = ("goal", "measures", "responsible_leader", "responsible_department", "due_on")


def _unit(request: HttpRequest, pk: int) -> SupervisedUnit:
    return get_object_or_404(SupervisedUnit.objects.visible_to(request.user).select_related("organ"), pk=pk)


@reads
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's open problems, how often it repeats itself, and what was exchanged with it."""
    found = _unit(request, pk)
    rows = Problem.objects.visible_to(request.user).filter(unit=found)
    open_rows: Any = rows.exclude(rectification__step=RectificationStep.CLOSED)
    items = list(open_rows.order_by("rectification__due_on", "pk").values(*COLUMNS)[:300])
    packages = ExchangePackage.objects.filter(organ_id=found.organ_id, unit=found).select_related("made_by")[:10]
    returns = ExchangeReturn.objects.filter(organ_id=found.organ_id, package__unit=found).select_related("uploaded_by")[
        :10
    ]
    shown = {
        "unit": found, "items": [_spoken(row) for row in items], "accept": ACCEPT, "form": UnitLedgerForm(),
        "total": rows.count(), "repeats": rows.filter(repeat_of__isnull=False).count(),
        "packages": packages, "returns": returns, "confirmations": _confirmations(found),
        "may_draft": has(request.user, Permission.DRAFT, found.organ_id),
    }  # fmt: skip
    return render(request, "supervision/unit.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["state"] = RectificationStep(row["rectification__step"]).label
    row["whole"] = all(row[f"rectification__{name}"] for name in PLAN)
    row["code"] = f"{row['year']}-{row['pk']:05d}"
    return row


def _confirmations(found: SupervisedUnit) -> list[Any]:
    rows = list(UnitLedgerConfirmation.objects.filter(organ_id=found.organ_id, unit=found).select_related("by")[:5])
    for row in rows:
        row.file = Attachment.objects.of(row).first()  # type: ignore[attr-defined]
    return rows


@writes
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's stamped ledger (AMB-8)."""
    found = _unit(request, pk)
    values = cleaned(UnitLedgerForm(request.POST, request.FILES))
    made = confirm_unit_ledger(
        found, values["file"], confirmed_on=values["confirmed_on"], by=request.user, at=timezone.now()
    )
    messages.success(request, f"已登记单位确认的整改工作台账，涉及{made.count}个问题。")
    return redirect("supervision:unit", pk=found.pk)


@writes
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the workbook for the unit."""
    found = _unit(request, pk)
    made = acts.make_package(found, by=request.user, at=timezone.now())
    messages.success(request, f"已生成{made}，请下载后送被监督单位填写。")
    return redirect("supervision:unit", pk=found.pk)


@reads
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook, as it left."""
    found = get_object_or_404(ExchangePackage.objects.visible_to(request.user).select_related("unit", "organ"), pk=pk)
    log_access(request, "export", str(found))
    return download(package_book(found), f"{found.unit.name}问题整改表（第{found.pk}号）.xlsx")


@writes
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook comes back; what it says is shown before anything is written."""
    found, file = _unit(request, pk), request.FILES.get("file")
    if file is None:
        raise Refused("请选择被监督单位送还的整改表。", "A9.8a")
    made = acts.receive_return(found, file.read(), file.name or "", by=request.user, at=timezone.now())
    return redirect("supervision:exchange_return", pk=made.pk)


@edits
def exchange_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Field by field: new, changed, in conflict, locked; the chosen ones are taken over."""
    rows = ExchangeReturn.objects.visible_to(request.user).select_related("package__unit", "imported_by", "uploaded_by")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        done = acts.import_return(found, request.POST.getlist("cell"), by=request.user, at=timezone.now())
        messages.success(
            request, f"已导入{done}项，填报人{found.sender}。" if done else "这份整改表已经导入，没有重复写入。"
        )
        return redirect("supervision:exchange_return", pk=found.pk)
    cells = [] if found.imported_at else compared(found)
    groups: dict[Any, list[Any]] = {}
    for cell in cells:
        if cell.state != "same":
            groups.setdefault(cell.item, []).append(cell)
    shown = {"found": found, "unit": found.package.unit, "groups": list(groups.items()), "same": sum(c.state == "same" for c in cells),
             "choosable": sum(cell.may_import for cell in cells),
             "may_import": has(request.user, Permission.DRAFT, found.organ_id) and not found.imported_at}  # fmt: skip
    return render(request, "supervision/exchange_return.html", shown)

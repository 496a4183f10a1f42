"""What is done with a rectification: progress, evidence, 销号, extension. Each answers with the problem's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.http import writes
from accounts.lists import named_id
from accounts.workflow import Refused
from supervision.actions import rectification as acts
from supervision.actions.proofs import add_proofs
from supervision.forms.problems import ClosureForm, ExtensionForm, ProgressForm
from supervision.forms.rectification import ProofForm
from supervision.models import Extension, RectificationItem
from supervision.views.plan import cleaned, item_or_404


def _back(request: HttpRequest, item: RectificationItem, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(acts.problem_url(item.problem))


@writes
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """One dated entry (A9.8b)."""
    item = item_or_404(request, pk)
    acts.add_progress(item, by=request.user, at=timezone.now(), **cleaned(ProgressForm(request.POST)))
    return _back(request, item, "已登记进展。")


@writes
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """One or several files of evidence of one kind (A9.8b)."""
    item = item_or_404(request, pk)
    values, files = cleaned(ProofForm(request.POST)), request.FILES.getlist("file")
    made = add_proofs(item, files, by=request.user, at=timezone.now(), **values)
    return _back(request, item, f"已上传{len(made)}份佐证材料。")


@writes
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """提请销号 (A9.8b)."""
    item = item_or_404(request, pk)
    acts.submit_closure(item, by=request.user, at=timezone.now(), **cleaned(ClosureForm(request.POST)))
    return _back(request, item, "已提请销号，等待本单位负责人审核。")


@writes
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """审核销号 (A9.8b)."""
    item = item_or_404(request, pk)
    acts.close(item, by=request.user, at=timezone.now(), opinion=request.POST.get("opinion", ""))
    return _back(request, item, "已销号。")


@writes
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """销号退回 (A9.8b)."""
    item = item_or_404(request, pk)
    acts.return_closure(item, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    return _back(request, item, "已退回，经办人会收到理由。")


@writes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """重新开启 (A9.8e)."""
    item = item_or_404(request, pk)
    acts.reopen(item, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    return _back(request, item, "已重新开启整改。")


@writes
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """申请延期 (A9.8b)."""
    item = item_or_404(request, pk)
    acts.request_extension(item, by=request.user, at=timezone.now(), **cleaned(ExtensionForm(request.POST)))
    return _back(request, item, "已提出延期申请，等待本单位负责人审批。")


@writes
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """审批延期, or take one's own request back (A9.8b)."""
    item = item_or_404(request, pk)
    asked = Extension.objects.filter(rectification=item, pk=named_id(request.POST, "extension") or 0).first()
    if asked is None:
        raise Refused("没有找到这项延期申请，请刷新页面。", "A9.8b")
    if request.POST.get("decision") == "withdraw":
        acts.withdraw_extension(asked, by=request.user, at=timezone.now())
        return _back(request, item, "已撤回延期申请，原时限不变。")
    approve = request.POST.get("decision") == "approve"
    acts.decide_extension(asked, approve=approve, by=request.user, at=timezone.now(), note=request.POST.get("note", ""))
    return _back(request, item, "已同意延期，首次时限保留。" if approve else "已答复不同意延期。")

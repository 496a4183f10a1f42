"""The office's own Word templates: upload, preview with an example, take out of use (A9.7e)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.permissions import Permission, anywhere
from accounts.workflow import Refused
from checklists.views.frame import done, refuse_on
from reports.actions.templates import drop_template, example, put_template
from reports.kinds import KINDS
from reports.models import PaperTemplate
from reports.paper import Attachment, Heading, Paper, Paragraph, Table
from reports.views.papers import send
from reports.word.template import PAPER_FIELDS, TemplateRefused

EXAMPLE = Paper(
    title="关于开展某项工作的通知（样例）", issuer="示范县纪委监委", doc_no="示纪〔2026〕1号", recipients="某某单位", signer="示范县纪委监委",
    blocks=[Heading("一、基本情况"), Paragraph("这里是正文第一段。"), Heading("二、工作要求"), Paragraph("这里是正文第二段。"),
            Table([("序号", 1), ("事项", 3)], [["1", "样例事项"]], landscape=False)],
    attachments=[Attachment("问题清单")], signed_on=date(2026, 3, 5), copies_to="某某单位", printed_by="示范县纪委办公室",
)  # fmt: skip


class TemplateForm(forms.Form):
    """One template for one kind of paper."""

    kind = forms.ChoiceField(label="文种", choices=[("", "请选择"), *KINDS.items()])
    file = forms.FileField(label="Word 模板", widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
                           help_text="用 {{ 标题 }}、{{ 正文 }} 这样的标记写明各要素的位置，可用的名称列在下面。")  # fmt: skip


@edits
def templates(request: HttpRequest) -> HttpResponse:
    """What is in use, the names a template may use, and the upload."""
    keeps = anywhere(request.user, Permission.DIRECT)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = put_template(
                form.cleaned_data["kind"], form.cleaned_data["file"], by=request.user, at=timezone.now()
            )
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"{KINDS[made.kind]}的模板已启用，请先看样例。")
            return redirect("reports:templates")
    rows = list(
        PaperTemplate.objects.visible_to(request.user).filter(replaced_at__isnull=True).select_related("uploaded_by")
    )
    for row in rows:
        row.kind_word = KINDS.get(row.kind, row.kind)  # type: ignore[attr-defined]
    names = [(name, "、".join(fields)) for name, fields in PAPER_FIELDS.items()]
    shown = {"form": form, "rows": rows, "names": names, "keeps": keeps}
    return render(request, "reports/templates.html", shown, status=422 if form.errors else 200)


@reads
def template_example(request: HttpRequest, pk: int) -> HttpResponse:
    """The template filled with an example."""
    row = get_object_or_404(PaperTemplate.objects.visible_to(request.user), pk=pk)
    try:
        made = example(row, EXAMPLE).getvalue()
    except TemplateRefused as refused:
        messages.error(request, f"这个模板不能使用：{'；'.join(refused.sentences)}")
        return redirect("reports:templates")
    return send(request, made, f"样例 {KINDS.get(row.kind, row.kind)}", "docx")


@writes
def template_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the layout of the standard."""
    row = get_object_or_404(PaperTemplate.objects.visible_to(request.user), pk=pk)
    act = lambda: drop_template(row, by=request.user, at=timezone.now())  # noqa: E731
    return done(request, act, "已停用，今后按标准格式生成。", "/reports/templates/")

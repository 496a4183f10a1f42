"""Accounts: 系统管理员 writes them, 安全管理员 wakes them, 审计管理员 reads the log. Nobody does two of the three."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.access import log_access
from accounts.administration import change_account, open_account, reset_password, set_active
from accounts.forms.filters import AuditFilter, UserFilter
from accounts.forms.people import UserForm
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import AccessLog, Organ, User
from accounts.roles import Role
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx

USER_COLUMNS = ("pk", "username", "full_name", "post", "role", "organ__name", "organ__sort_order", "organ_id", "is_active",
                "last_login")  # fmt: skip
USER_ORDERS = {"organ": ("organ__sort_order", "organ_id", "pk"), "name": ("full_name", "pk"), "login": ("username", "pk"),
               "role": ("role", "pk")}  # fmt: skip
AUDIT_COLUMNS = (
    "pk",
    "at",
    "username",
    "user__full_name",
    "role",
    "organ_name",
    "action",
    "subject",
    "result",
    "address",
)
AUDIT_SHEET = {"at": "时间", "user__full_name": "姓名", "username": "登录名", "organ_name": "单位", "action_label": "动作",
               "subject": "对象内容", "result_label": "结果", "address": "来源地址"}  # fmt: skip
ACTIONS = {"login": "登录", "logout": "退出", "view": "查看", "export": "导出", "print": "打印", "download": "下载",
           "password": "修改密码", "change": "变更", "activate": "启用", "deactivate": "停用", "reset": "重置密码"}  # fmt: skip


def _people(user: Any) -> QuerySet[User]:
    """Everybody of the administrator's own county."""
    return User.objects.filter(organ__path__startswith=user.organ.county().path)


@reads
def users(request: HttpRequest) -> HttpResponse:
    """The table of accounts."""
    filters = UserFilter(request.GET)
    chosen = filters.chosen()
    rows = _people(request.user)
    if "role" in chosen:
        rows = rows.filter(role=chosen["role"])
    if "active" in chosen:
        rows = rows.filter(is_active=chosen["active"] == "yes")
    if "q" in chosen:
        rows = rows.filter(
            Q(full_name__icontains=chosen["q"])
            | Q(username__icontains=chosen["q"])
            | Q(organ__name__icontains=chosen["q"])
        )
    order = chosen_order(request.GET.get("sort"), USER_ORDERS)
    page = page_of(rows.values(*USER_COLUMNS), order, after=request.GET.get("after"))
    for row in page.rows:
        row["role_label"] = Role(row["role"]).label
    return render(request, "accounts/users.html", {"page": page, "filters": filters})


@edits
@never_cache
def user_form(request: HttpRequest) -> HttpResponse:
    """系统管理员 writes a new account or changes one. The first password of a new one is shown here and nowhere again."""
    pk = named_id(request.GET, "user")
    subject = get_object_or_404(_people(request.user), pk=pk) if pk else User()
    organs = Organ.objects.within(request.user.organ.county())
    form = UserForm(request.POST or None, instance=subject, organs=organs)
    if request.method == "POST" and form.is_valid():
        return _save_account(request, form.save(commit=False), new=not pk)
    shown = {"form": form, "heading": subject.full_name if pk else "新增用户", "back": "accounts:users"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


def _save_account(request: HttpRequest, subject: User, *, new: bool) -> HttpResponse:
    if new:
        password = open_account(subject, by=request.user, at=timezone.now())
        log_access(request, "change", f"新增账号：{subject.username}")
        return render(request, "accounts/first_password.html", {"person": subject, "password": password})
    asleep = change_account(subject, by=request.user, at=timezone.now())
    log_access(request, "change", f"账号：{subject.username} {subject.get_role_display()}")
    tail = "单位或角色有变，账号已停用，待安全管理员确认启用。" if asleep else ""
    messages.success(request, f"已保存{subject.full_name}的账号。{tail}")
    return redirect("accounts:users")


def _named(request: HttpRequest) -> User:
    pk = named_id(request.POST, "user")
    found = _people(request.user).filter(pk=pk).first()
    if found is None:
        raise Refused("没有找到这个账号，请刷新列表后重试。")
    return found


@writes
def user_activate(request: HttpRequest) -> HttpResponse:
    """安全管理员 wakes an account or puts it to sleep."""
    person = _named(request)
    active = request.POST.get("active") == "yes"
    set_active(person, active, by=request.user, at=timezone.now())
    log_access(request, "activate" if active else "deactivate", f"账号：{person.username}")
    messages.success(request, f"已{'启用' if active else '停用'}{person.full_name}的账号。")
    return redirect("accounts:users")


@writes
@never_cache
def user_reset(request: HttpRequest) -> HttpResponse:
    """系统管理员 hands out a new first password."""
    person = _named(request)
    password = reset_password(person, by=request.user)
    log_access(request, "reset", f"账号：{person.username}")
    return render(request, "accounts/first_password.html", {"person": person, "password": password})


@reads
def audit(request: HttpRequest) -> HttpResponse:
    """审计管理员 reads who looked, exported, signed in or was refused."""
    filters = AuditFilter(request.GET)
    chosen = filters.chosen()
    rows = AccessLog.objects.all()
    if "action" in chosen:
        rows = rows.filter(action=chosen["action"])
    if "first" in chosen:
        rows = rows.filter(at__date__gte=chosen["first"])
    if "last" in chosen:
        rows = rows.filter(at__date__lte=chosen["last"])
    if "q" in chosen:
        rows = rows.filter(
            Q(username__icontains=chosen["q"])
            | Q(subject__icontains=chosen["q"])
            | Q(organ_name__icontains=chosen["q"])
        )
    if wants_sheet(request.GET):
        log_access(request, "export", "审计日志")
        return list_as_xlsx(
            "审计日志", AUDIT_SHEET, [_in_words(row) for row in all_of(rows.values(*AUDIT_COLUMNS), ("-pk",))]
        )
    page = page_of(rows.values(*AUDIT_COLUMNS), ("-pk",), after=request.GET.get("after"), count=False)
    for row in page.rows:
        _in_words(row)
    return render(request, "accounts/audit.html", {"page": page, "filters": filters})


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    row["action_label"] = ACTIONS.get(row["action"], row["action"])
    row["result_label"] = {"ok": "成功", "refused": "被拒绝"}.get(row["result"], row["result"])
    return row

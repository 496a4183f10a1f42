"""Entrance, desk, inbox, papers to sign, and the office's own tables."""

from django.urls import path

from accounts.views import approvals, assignments, desk, duties, entrance, files, inbox, jobs, office, organs, users

app_name = "accounts"
urlpatterns = [
    path("healthz", entrance.healthz, name="healthz"),
    path("login/", entrance.Entrance.as_view(), name="login"),
    path("logout/", entrance.Leave.as_view(), name="logout"),
    path("password/", entrance.password, name="password"),
    path("reconnected/", entrance.reconnected, name="reconnected"),
    path("", desk.desk, name="desk"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/open/", inbox.notice, name="notice"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/file/", jobs.job_file, name="job_file"),
    path("jobs/again/", jobs.job_again, name="job_again"),
    path("approvals/<int:pk>/", approvals.approval, name="approval"),
    path("approvals/<int:pk>/sign/", approvals.sign, name="approval_sign"),
    path("approvals/<int:pk>/withdraw/", approvals.take_back, name="approval_withdraw"),
    path("approvals/<int:pk>/remind/", approvals.remind, name="approval_remind"),
    path("attachments/<int:pk>/", files.attachment, name="attachment"),
    path("duties/", duties.duties, name="duties"),
    path("duties/excuse/", duties.excuse, name="duty_excuse"),
    path("organs/", organs.organs, name="organs"),
    path("organs/form/", organs.organ_form, name="organ_form"),
    path("organs/<int:pk>/", organs.organ, name="organ"),
    path("units/", organs.units, name="units"),
    path("units/form/", organs.unit_form, name="unit_form"),
    path("officials/", organs.officials, name="officials"),
    path("officials/form/", organs.official_form, name="official_form"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/form/", assignments.assignment_form, name="assignment_form"),
    path("deputations/form/", assignments.deputation_form, name="deputation_form"),
    path("deputations/end/", assignments.deputation_end, name="deputation_end"),
    path("users/", users.users, name="users"),
    path("users/form/", users.user_form, name="user_form"),
    path("users/activate/", users.user_activate, name="user_activate"),
    path("users/reset/", users.user_reset, name="user_reset"),
    path("audit/", users.audit, name="audit"),
    path("calendar/", office.calendar, name="calendar"),
    path("calendar/form/", office.calendar_form, name="calendar_form"),
    path("calendar/remove/", office.calendar_remove, name="calendar_remove"),
    path("limits/", office.limits, name="limits"),
    path("limits/form/", office.limit_form, name="limit_form"),
]

"""Entrance, desk, inbox, papers to sign, and the office's own tables."""

from django.urls import path

from accounts.views import desk, entrance, inbox

app_name = "accounts"
urlpatterns = [
    path("healthz", entrance.healthz, name="healthz"),
    path("login/", entrance.Entrance.as_view(), name="login"),
    path("logout/", entrance.Leave.as_view(), name="logout"),
    path("password/", entrance.password, name="password"),
    path("reconnected/", entrance.reconnected, name="reconnected"),
    path("", desk.desk, name="desk"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/<int:pk>/", inbox.notice, name="notice"),
]

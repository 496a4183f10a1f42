"""Entrance, desk, inbox, papers to sign, and the office's own tables."""

from django.urls import path

from accounts.views import entrance

app_name = "accounts"
urlpatterns = [
    path("healthz", entrance.healthz, name="healthz"),
    path("login/", entrance.Entrance.as_view(), name="login"),
    path("logout/", entrance.Leave.as_view(), name="logout"),
]

"""Pages of the app."""

from django.urls import URLPattern

app_name = "checklists"
urlpatterns: list[URLPattern] = []

"""Pages of the app."""

from django.urls import URLPattern, path

from ledgers.views import imports

app_name = "ledgers"
urlpatterns: list[URLPattern] = [
    path("ledgers/<int:pk>/import/", imports.upload, name="import"),
    path("ledgers/<int:pk>/import/template.xlsx", imports.template, name="import_template"),
    path("ledgers/imports/<int:pk>/", imports.show, name="import_preview"),
    path("ledgers/imports/<int:pk>/decide/", imports.decide, name="import_decide"),
    path("ledgers/imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("ledgers/imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("ledgers/imports/<int:pk>/errors.xlsx", imports.errors, name="import_errors"),
]

"""The map of the product. Apps are named in strings only, so the wiring draws no import arrow."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("checklists.urls")),
    path("", include("supervision.urls")),
    path("", include("ledgers.urls")),
    path("", include("reports.urls")),
]
handler404 = "accounts.views.entrance.not_found"
handler500 = "accounts.views.entrance.broken"

"""Pages of the app."""

from django.urls import URLPattern, path

from ledgers.views import book_records, books, consultations, grid, imports, ledger, registers, shares

app_name = "ledgers"
urlpatterns: list[URLPattern] = [
    path("ledgers/", ledger.home, name="home"),
    path("ledgers/dispositions/", registers.dispositions, name="dispositions"),
    path("ledgers/shares/", shares.shares, name="shares"),
    path("ledgers/shares/sign/", shares.share_sign, name="share_sign"),
    path("ledgers/consultations/", consultations.consultations, name="consultations"),
    path("ledgers/consultations/coverage/", consultations.coverage_page, name="coverage"),
    path("ledgers/consultations/new/", consultations.consultation_new, name="consultation_new"),
    path("ledgers/consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("ledgers/consultations/<int:pk>/edit/", consultations.consultation_edit, name="consultation_edit"),
    path("ledgers/consultations/<int:pk>/act/", consultations.consultation_act, name="consultation_act"),
    path("ledgers/consultations/<int:pk>/attach/", consultations.consultation_attach, name="consultation_attach"),
    path("ledgers/master/", ledger.master, name="master"),
    path("ledgers/<int:pk>/", ledger.ledger, name="ledger"),
    path("ledgers/<int:pk>/guidance/", ledger.guidance, name="guidance"),
    path("ledgers/guidance/<int:pk>/read/", ledger.guidance_read, name="guidance_read"),
    path("ledgers/rows/<int:pk>/", ledger.row, name="row"),
    path("ledgers/<int:pk>/<int:year>/rows/new/", ledger.row_new, name="row_new"),
    path("ledgers/<int:pk>/<int:year>/grid/", grid.grid, name="grid"),
    path("ledgers/<int:pk>/<int:year>/grid/rows/", grid.grid_rows, name="grid_rows"),
    path("ledgers/<int:pk>/<int:year>/grid/cells/", grid.grid_cells, name="grid_cells"),
    path("ledgers/<int:pk>/<int:year>/grid/remove/", grid.grid_remove, name="grid_remove"),
    path("ledgers/<int:pk>/<int:year>/grid/restore/", grid.grid_restore, name="grid_restore"),
    path("ledgers/<int:pk>/import/", imports.upload, name="import"),
    path("ledgers/<int:pk>/import/template.xlsx", imports.template, name="import_template"),
    path("ledgers/imports/<int:pk>/", imports.show, name="import_preview"),
    path("ledgers/imports/<int:pk>/decide/", imports.decide, name="import_decide"),
    path("ledgers/imports/<int:pk>/confirm/", imports.confirm, name="import_confirm"),
    path("ledgers/imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("ledgers/imports/<int:pk>/errors.xlsx", imports.errors, name="import_errors"),
    path("registers/", books.home, name="register_home"),
    path("registers/<slug:slug>/", books.listing, name="register"),
    path("registers/<slug:slug>/new/", book_records.new, name="register_new"),
    path("registers/<slug:slug>/paste/", books.paste, name="register_paste"),
    path("registers/<slug:slug>/<int:pk>/", book_records.page, name="register_record"),
    path("registers/<slug:slug>/<int:pk>/edit/", book_records.edit, name="register_edit"),
    path("registers/<slug:slug>/<int:pk>/remove/", book_records.remove, name="register_remove"),
    path("registers/<slug:slug>/<int:pk>/restore/", book_records.restore, name="register_restore"),
    path("registers/<slug:slug>/<int:pk>/verify/", book_records.verify, name="register_verify"),
    path("registers/<slug:slug>/<int:pk>/attach/", book_records.attach, name="register_attach"),
    path("registers/<slug:slug>/<int:pk>/problem/", book_records.problem, name="register_problem"),
]

"""Papers to take away."""

from django.urls import path

from reports.views import documents, inspection, problems, quarterly, quarterly_board, templates, word
from reports.views import papers as views

app_name = "reports"
urlpatterns = [
    path("reports/", views.home, name="home"),
    path("reports/checklists/<int:pk>.<str:form>", views.checklist, name="checklist"),
    path("reports/points/<int:pk>.pdf", views.points, name="points"),
    path("reports/approvals/<int:pk>.pdf", views.approval_sheet, name="approval_sheet"),
    path("reports/documents/<int:pk>.pdf", documents.document, name="document"),
    path("reports/bulletins/<int:pk>.pdf", documents.bulletin, name="bulletin"),
    path("reports/ledgers/<int:pk>/<int:year>.<str:form>", views.unit_ledger, name="unit_ledger"),
    path("reports/master/<int:year>.<str:form>", views.master_ledger, name="master_ledger"),
    path("reports/instructions.xlsx", views.instructions, name="instructions"),
    path("reports/problems/<int:pk>.pdf", problems.problem_dossier, name="dossier"),
    path("reports/rectification/<int:pk>.<str:form>", problems.rectification_ledger, name="rectification"),
    path("reports/inspections/<int:pk>.pdf", inspection.report, name="inspection_report"),
    path("reports/inspections/<int:pk>/problems.<str:form>", inspection.problem_list, name="problem_list"),
    path("reports/inspections/<int:pk>/assessments.pdf", inspection.assessments, name="assessments"),
    path("reports/copies/<int:pk>.pdf", inspection.copy_out, name="copy_out"),
    path("reports/plans/<int:pk>.pdf", word.plan, name="plan"),
    path("reports/look-backs/<int:pk>.pdf", word.look_back, name="look_back"),
    path("reports/word/<slug:kind>/<int:pk>.docx", word.word, name="word"),
    path("reports/templates/", templates.templates, name="templates"),
    path("reports/templates/<int:pk>.docx", templates.template_example, name="template_example"),
    path("reports/templates/<int:pk>/drop/", templates.template_drop, name="template_drop"),
    path("reports/clues/<int:pk>.pdf", inspection.clue_slip, name="clue_slip"),
    # quarterly reports
    path("quarterly/", quarterly.quarterly, name="quarterly"),
    path("quarterly/start/", quarterly.start, name="quarterly_start"),
    path("quarterly/organs/<int:pk>/urge/", quarterly_board.urge, name="quarterly_urge"),
    path("quarterly/merge/", quarterly_board.merge, name="quarterly_merge"),
    path("quarterly/<int:pk>/", quarterly.report, name="quarterly_report"),
    path("quarterly/<int:pk>/edit/", quarterly.edit, name="quarterly_edit"),
    path("quarterly/<int:pk>/sections/<slug:key>/", quarterly.section, name="quarterly_section"),
    path("quarterly/<int:pk>/submit/", quarterly.submit, name="quarterly_submit"),
    path("quarterly/<int:pk>/accept/", quarterly.accept, name="quarterly_accept"),
    path("quarterly/<int:pk>/return/", quarterly.send_back, name="quarterly_return"),
    path("quarterly/<int:pk>/addenda/", quarterly.addendum, name="quarterly_addendum"),
    path("quarterly/<int:pk>.<str:form>", quarterly_board.report_file, name="quarterly_file"),
    path("quarterly/county/<int:pk>/", quarterly_board.county, name="county_quarter"),
    path("quarterly/county/<int:pk>/edit/", quarterly_board.county_edit, name="county_quarter_edit"),
    path("quarterly/county/<int:pk>.<str:form>", quarterly_board.county_file, name="county_quarter_file"),
]

"""Papers to take away."""

from django.urls import path

from reports.views import annual, briefings, documents, inspection, problems, templates, word
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
    # 听取汇报, 年度报告, 年度听取 (A10.4b-d)
    path("briefings/", briefings.briefings, name="briefings"),
    path("briefings/coverage/", briefings.coverage, name="briefing_coverage"),
    path("briefings/new/", briefings.briefing_new, name="briefing_new"),
    path("briefings/<int:pk>/", briefings.briefing, name="briefing"),
    path("briefings/<int:pk>.pdf", briefings.briefing_pdf, name="briefing_pdf"),
    path("briefings/<int:pk>/edit/", briefings.briefing_edit, name="briefing_edit"),
    path("briefings/<int:pk>/confirm/", briefings.briefing_confirm, name="briefing_confirm"),
    path("briefings/<int:pk>/files/", briefings.briefing_files, name="briefing_files"),
    path("briefings/sheets/<int:pk>/<str:quarter>/", briefings.briefing_sheet, name="briefing_sheet"),
    path("briefings/sheets/<int:pk>/<str:quarter>.pdf", briefings.briefing_sheet_pdf, name="briefing_sheet_pdf"),
    path("hearings/", annual.hearings, name="hearings"),
    path("hearings/record/", annual.hearing_record, name="hearing_record"),
    path("annual-reports/new/", annual.annual_new, name="annual_new"),
    path("annual-reports/<int:pk>/", annual.annual, name="annual"),
    path("annual-reports/<int:pk>.<str:form>", annual.annual_paper, name="annual_paper"),
    path("annual-reports/<int:pk>/submit/", annual.annual_submit, name="annual_submit"),
    path("annual-reports/<int:pk>/correct/", annual.annual_correct, name="annual_correct"),
    path("annual-reports/<int:pk>/<slug:section>/", annual.annual_section, name="annual_section"),
]

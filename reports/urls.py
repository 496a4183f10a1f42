"""Papers to take away."""

from django.urls import path

from reports.views import (
    checks,
    committee,
    documents,
    duties,
    figures,
    inspection,
    meetings,
    overview,
    problems,
    templates,
    word,
)
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
    path("reports/duties.pdf", duties.duty_matrix, name="duty_matrix"),
    path("reports/consultations/<int:pk>.pdf", meetings.consultation, name="consultation"),
    path("reports/meetings/<int:pk>.pdf", meetings.meeting, name="meeting"),
    path("reports/months/<int:pk>.pdf", meetings.month, name="month"),
    path("reports/clues/<int:pk>.pdf", inspection.clue_slip, name="clue_slip"),
    # the standing committee
    path("committee/", committee.meeting_list, name="committee"),
    path("committee/new/", committee.meeting_new, name="committee_new"),
    path("committee/<int:pk>/", committee.meeting, name="committee_meeting"),
    path("committee/<int:pk>/edit/", committee.meeting_edit, name="committee_edit"),
    path("committee/<int:pk>/step/", committee.step, name="committee_step"),
    path("committee/<int:pk>/items/", committee.add, name="committee_add"),
    path("committee/<int:pk>/packet/", committee.packet_order, name="committee_bind"),
    path("committee/<int:pk>/<slug:kind>.<str:form>", committee.paper, name="committee_paper"),
    path("committee/items/<int:pk>/step/", committee.item_step, name="committee_item"),
    path("committee/items/<int:pk>/decision/", committee.decide, name="committee_decide"),
    path("committee/items/<int:pk>/task/", committee.give_task, name="committee_task"),
    path("committee/packets/<int:pk>.pdf", committee.packet, name="committee_packet"),
    # what leaders see, the list behind each figure, standing checks
    path("overview/", overview.overview, name="overview"),
    path("figures/<slug:key>/", figures.figure, name="figure"),
    path("checks/", checks.checks, name="checks"),
    path("checks/dismiss/", checks.check_dismiss, name="check_dismiss"),
]

"""Problems and their rectification, the board, the workbench, search."""

from django.urls import path

from supervision.views import board, fieldwork, problems, rectification, rounds, search
from supervision.views.documents import lists, page, writing

app_name = "supervision"
urlpatterns = [
    path("problems/", problems.problems, name="problems"),
    path("problems/new/", problems.problem_new, name="problem_new"),
    path("problems/<int:pk>/", problems.problem, name="problem"),
    path("problems/<int:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("problems/<int:pk>/remove/", problems.problem_remove, name="problem_remove"),
    path("problems/<int:pk>/progress/", rectification.progress, name="progress"),
    path("problems/<int:pk>/evidence/", rectification.evidence, name="evidence"),
    path("problems/<int:pk>/submit/", rectification.submit, name="submit"),
    path("problems/<int:pk>/close/", rectification.close, name="close"),
    path("problems/<int:pk>/return/", rectification.send_back, name="return"),
    path("problems/<int:pk>/reopen/", rectification.reopen, name="reopen"),
    path("problems/<int:pk>/extend/", rectification.extend, name="extend"),
    path("problems/<int:pk>/extension/", rectification.decide, name="extension"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<int:pk>/", rounds.round_page, name="round"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<int:pk>/act/", rounds.round_act, name="round_act"),
    path("rounds/<int:pk>/recusal/", rounds.recusal, name="recusal"),
    path("rounds/<int:pk>/teams/<int:team>/", fieldwork.team_form, name="team"),
    path("rounds/<int:pk>/plan/", fieldwork.plan_form, name="plan"),
    path("rounds/<int:pk>/plan/submit/", fieldwork.plan_submit, name="plan_submit"),
    path("rounds/<int:pk>/add/<slug:kind>/", fieldwork.entry_new, name="round_entry"),
    path("papers/<int:pk>/", fieldwork.paper_page, name="paper"),
    path("papers/<int:pk>/act/", fieldwork.paper_act, name="paper_act"),
    path("problems/<int:pk>/reminders/new/", fieldwork.reminder_new, name="reminder_new"),
    path("units/<int:pk>/visits/", rounds.unit_visits, name="unit_visits"),
    path("checklists/board/", board.board, name="board"),
    path("checklists/workbench/", board.workbench, name="workbench"),
    path("feedback/", board.feedback, name="feedback"),
    path("feedback/new/", board.feedback_new, name="feedback_new"),
    path("search/", search.search_page, name="search"),
]

urlpatterns += [
    path("documents/", lists.documents, name="documents"),
    path("documents/new/", writing.document_new, name="document_new"),
    path("documents/chosen/", lists.chosen, name="document_chosen"),
    path("documents/register/", lists.register, name="document_register"),
    path("documents/register/prefix/", lists.prefix, name="document_prefix"),
    path("documents/<int:pk>/", page.document, name="document"),
    path("documents/<int:pk>/edit/", writing.document_edit, name="document_edit"),
    path("documents/<int:pk>/act/", page.document_act, name="document_act"),
    path("documents/<int:pk>/reply/", page.document_reply, name="document_reply"),
    path("documents/<int:pk>/read/", page.document_read, name="document_read"),
    path("problems/<int:pk>/failure/", page.failure, name="failure"),
    path("documents/bulletins/", lists.bulletins, name="bulletins"),
    path("documents/bulletins/new/", writing.bulletin_new, name="bulletin_new"),
    path("documents/bulletins/<int:pk>/", page.bulletin, name="bulletin"),
    path("documents/bulletins/<int:pk>/edit/", writing.bulletin_edit, name="bulletin_edit"),
    path("documents/bulletins/<int:pk>/act/", page.bulletin_act, name="bulletin_act"),
]

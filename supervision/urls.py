"""Problems and their rectification, the board, the workbench, search."""

from django.urls import path

from supervision.views import board, look_backs, plan, problems, rectification, samples, search

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
    path("problems/<int:pk>/plan/", plan.save_plan, name="plan"),
    path("problems/<int:pk>/plan/accept/", plan.accept, name="accept_plan"),
    path("problems/<int:pk>/verify/", plan.verify, name="verify"),
    path("problems/<int:pk>/failure/", plan.failure, name="failure"),
    path("problems/<int:pk>/repeat/", plan.repeat, name="repeat"),
    path("look-backs/", look_backs.look_backs, name="look_backs"),
    path("look-backs/plan/", look_backs.plan, name="look_back_plan"),
    path("look-backs/<int:pk>/", look_backs.look_back, name="look_back"),
    path("look-backs/<int:pk>/evidence/", look_backs.evidence, name="look_back_evidence"),
    path("look-backs/<int:pk>/cancel/", look_backs.cancel, name="look_back_cancel"),
    path("samples/", samples.draws, name="draws"),
    path("samples/<int:pk>/", samples.draw, name="draw"),
    path("samples/items/<int:pk>/check/", samples.check, name="sample_check"),
    path("samples/items/<int:pk>/evidence/", samples.sample_evidence, name="sample_evidence"),
    path("checklists/board/", board.board, name="board"),
    path("checklists/workbench/", board.workbench, name="workbench"),
    path("feedback/", board.feedback, name="feedback"),
    path("feedback/new/", board.feedback_new, name="feedback_new"),
    path("search/", search.search_page, name="search"),
]

"""Pages of the app."""

from django.urls import path

from checklists.views import changes, compile, home, instructions, items, lists, points, tasks

app_name = "checklists"
urlpatterns = [
    path("checklists/", home.home, name="home"),
    path("checklists/points/", points.points, name="points"),
    path("checklists/points/edit/", points.points_edit, name="points_edit"),
    path("checklists/points/publish/", points.points_publish, name="points_publish"),
    path("checklists/deployment/", points.deployment, name="deployment"),
    path("checklists/items/", items.items, name="items"),
    path("checklists/items/new/", items.item_new, name="item_new"),
    path("checklists/items/lead/", items.lead, name="lead"),
    path("checklists/items/<int:pk>/", items.item, name="item"),
    path("checklists/items/<int:pk>/edit/", items.item_edit, name="item_edit"),
    path("checklists/items/<int:pk>/act/", items.item_act, name="item_act"),
    path("checklists/items/<int:pk>/withdraw/", items.item_withdraw, name="item_withdraw"),
    path("checklists/items/<int:pk>/reply/", items.item_reply, name="item_reply"),
    path("checklists/items/<int:pk>/change/", changes.change_new, name="change_new"),
    path("checklists/items/<int:pk>/task/", tasks.task_new, name="task_new"),
    path("checklists/items/<int:pk>/milestones/", items.milestones, name="milestones"),
    path("checklists/compile/", compile.compile_page, name="compile"),
    path("checklists/compile/act/", compile.compile_act, name="compile_act"),
    path("checklists/compile/<int:pk>/move/", compile.line_move, name="line_move"),
    path("checklists/compile/<int:pk>/edit/", compile.line_edit, name="line_edit"),
    path("checklists/compile/<int:pk>/drop/", compile.line_drop, name="line_drop"),
    path("checklists/list/", lists.list_page, name="list"),
    path("checklists/list/report/", compile.list_report, name="list_report"),
    path("checklists/resolution/", lists.resolution, name="resolution"),
    path("checklists/arrangement/", lists.arrangement, name="arrangement"),
    path("checklists/changes/", changes.changes, name="changes"),
    path("checklists/changes/<int:pk>/", changes.change, name="change"),
    path("checklists/changes/<int:pk>/edit/", changes.change_edit, name="change_edit"),
    path("checklists/changes/<int:pk>/act/", changes.change_act, name="change_act"),
    path("checklists/instructions/", instructions.instructions, name="instructions"),
    path("checklists/instructions/new/", instructions.instruction_new, name="instruction_new"),
    path("checklists/instructions/<int:pk>/", instructions.instruction, name="instruction"),
    path("checklists/instructions/<int:pk>/edit/", instructions.instruction_edit, name="instruction_edit"),
    path("checklists/instructions/<int:pk>/act/", instructions.instruction_act, name="instruction_act"),
    path("checklists/tasks/", tasks.tasks, name="tasks"),
    path("checklists/tasks/<int:pk>/done/", tasks.task_done, name="task_done"),
    path("checklists/vocabulary/", tasks.vocabulary, name="vocabulary"),
    path("checklists/vocabulary/toggle/", tasks.vocabulary_toggle, name="vocabulary_toggle"),
]

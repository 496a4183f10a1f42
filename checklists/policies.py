"""Who may open which page of this app."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

BUSINESS, READERS, DRAFTERS = (Audience.BUSINESS,), (Audience.READERS,), (Audience.DRAFTERS,)
CSO, CSO_HEAD, SECRETARY = (Audience.CSO,), (Audience.CSO_HEAD,), (Audience.SC_SECRETARY,)
KEEPERS = (Audience.DRAFTERS, Audience.CSO)
DRAFT, COORDINATE = (Permission.DRAFT,), (Permission.COORDINATE,)

declare(
    {
        "checklists:regulation": Page(get=(Audience.BUSINESS,), article="A12"),
        "checklists:wording": Page(get=(Audience.CSO_HEAD,), post=(Audience.CSO_HEAD,), article="A12"),
        "checklists:article": Page(get=(Audience.BUSINESS,), sample="article", scope=()),
        "checklists:article_note": Page(post=(Audience.CSO,), sample="article", scope=(), article="A12"),
        "checklists:home": Page(get=BUSINESS, article="A6.1"),
        "checklists:points": Page(get=BUSINESS, article="A6.1a"),
        "checklists:points_edit": Page(get=CSO, post=CSO, article="A6.1a"),
        "checklists:points_publish": Page(post=CSO_HEAD, article="A6.1a"),
        "checklists:deployment": Page(get=CSO, post=CSO, article="A10.1a"),
        "checklists:items": Page(get=READERS, article="A6.1b"),
        "checklists:item_new": Page(get=DRAFTERS, post=DRAFTERS, article="A6.1b"),
        "checklists:lead": Page(get=DRAFTERS, article="A7"),
        "checklists:item": Page(get=READERS, sample="item", article="A6.1b"),
        "checklists:item_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="item", scope=DRAFT, article="A6.1b"),
        "checklists:item_act": Page(post=KEEPERS, sample="item", scope=DRAFT + COORDINATE, article="A6.1c"),
        "checklists:item_withdraw": Page(get=DRAFTERS, sample="item", scope=DRAFT, article="A6.1b"),
        "checklists:item_reply": Page(get=DRAFTERS, post=DRAFTERS, sample="item", scope=DRAFT, article="A7.4"),
        "checklists:change_new": Page(get=DRAFTERS, post=DRAFTERS, sample="item", scope=DRAFT, article="A5.7"),
        "checklists:task_new": Page(get=CSO, post=CSO, sample="item", scope=COORDINATE, article="A10.1b"),
        "checklists:milestones": Page(
            get=KEEPERS, post=KEEPERS, sample="item", scope=DRAFT + COORDINATE, article="A6.2a"
        ),
        "checklists:compile": Page(get=CSO, article="A6.1e"),
        "checklists:compile_act": Page(post=CSO, article="A6.1e"),
        "checklists:line_move": Page(post=CSO, sample="item", scope=COORDINATE, article="A6.1e"),
        "checklists:line_edit": Page(get=CSO, post=CSO, sample="item", scope=COORDINATE, article="A6.1e"),
        "checklists:line_drop": Page(post=CSO, sample="item", scope=COORDINATE, article="A6.1e"),
        "checklists:list": Page(get=BUSINESS, article="A6.1f"),
        "checklists:list_report": Page(get=CSO, post=CSO, article="A6.1g"),
        "checklists:resolution": Page(get=SECRETARY, post=SECRETARY, article="A6.1f"),
        "checklists:arrangement": Page(get=SECRETARY, post=SECRETARY, article="A7.1"),
        "checklists:changes": Page(get=READERS, article="A5.7"),
        "checklists:change": Page(get=READERS, sample="change", article="A5.7"),
        "checklists:change_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="change", scope=DRAFT, article="A5.7"),
        "checklists:change_act": Page(post=DRAFTERS, sample="change", scope=DRAFT, article="A5.7"),
        "checklists:instructions": Page(get=READERS, article="A5.2"),
        "checklists:instruction_new": Page(get=KEEPERS, post=KEEPERS, article="A5.2"),
        "checklists:instruction": Page(get=READERS, sample="instruction", article="A5.2"),
        "checklists:instruction_edit": Page(
            get=KEEPERS, post=KEEPERS, sample="instruction", scope=DRAFT + COORDINATE, article="A5.2"
        ),
        "checklists:instruction_act": Page(
            post=KEEPERS, sample="instruction", scope=DRAFT + COORDINATE, article="A5.2"
        ),
        "checklists:tasks": Page(get=READERS, article="A10.1b"),
        "checklists:task_done": Page(get=DRAFTERS, post=DRAFTERS, sample="task", scope=DRAFT, article="A10.1b"),
        "checklists:meetings": Page(get=READERS, article="A10.1b"),
        "checklists:meeting_new": Page(get=DRAFTERS, post=DRAFTERS, article="A10.1b"),
        "checklists:meeting": Page(get=READERS, sample="meeting", article="A10.1b"),
        "checklists:meeting_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="meeting", scope=DRAFT, article="A10.1b"),
        "checklists:meeting_act": Page(post=DRAFTERS, sample="meeting", scope=DRAFT, article="A10.1b"),
        "checklists:months": Page(get=READERS, article="A10.1b"),
        "checklists:month_new": Page(post=CSO, article="A10.1b"),
        "checklists:month": Page(get=READERS, sample="month", article="A10.1b"),
        "checklists:month_act": Page(post=CSO, sample="month", scope=COORDINATE, article="A10.1b"),
        "checklists:month_progress": Page(
            get=KEEPERS, post=KEEPERS, sample="month_task", scope=DRAFT + COORDINATE, article="A10.1b"
        ),
        "checklists:vocabulary": Page(get=BUSINESS, post=CSO, article="A8"),
        "checklists:vocabulary_toggle": Page(post=CSO, article="A8"),
    }
)

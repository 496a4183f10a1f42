"""Who may open which page of this app."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, DRAFTERS = (Audience.READERS,), (Audience.DRAFTERS,)
DRAFT = (Permission.DRAFT,)

declare(
    {
        "supervision:problems": Page(get=READERS, article="A6.2b"),
        "supervision:problem_new": Page(get=DRAFTERS, post=DRAFTERS, article="A3.1"),
        "supervision:problem": Page(get=READERS, sample="problem", article="A6.2b"),
        "supervision:problem_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="problem", scope=DRAFT, article="A6.2b"),
        "supervision:problem_remove": Page(post=DRAFTERS, sample="problem", article="A6.2b"),
        **{
            f"supervision:{name}": Page(post=READERS, sample="problem", article="A9.8b")
            for name in ("progress", "evidence", "submit", "close", "return", "reopen", "extend", "extension")
        },
        "supervision:rounds": Page(get=READERS, article="A9.0"),
        "supervision:round_new": Page(get=DRAFTERS, post=DRAFTERS, article="A9.0"),
        "supervision:round": Page(get=READERS, sample="round", article="A9.0"),
        "supervision:round_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="round", scope=DRAFT, article="A9.0"),
        "supervision:round_act": Page(post=READERS, sample="round", article="A9.0"),
        "supervision:recusal": Page(post=READERS, sample="round", article="A9.2"),
        "supervision:team": Page(get=READERS, post=READERS, sample="team", article="A9.2"),
        "supervision:round_plan": Page(get=DRAFTERS, post=DRAFTERS, sample="round", scope=DRAFT, article="A9.3a"),
        "supervision:round_plan_submit": Page(post=DRAFTERS, sample="round", article="A9.3b"),
        "supervision:round_entry": Page(get=DRAFTERS, post=DRAFTERS, sample="round_entry", article="A9.4a"),
        "supervision:round_guidance": Page(
            get=(Audience.LEADERS,), post=(Audience.LEADERS,), sample="round", article="A9.4b"
        ),
        "supervision:paper": Page(get=READERS, post=READERS, sample="paper", article="A9.4a"),
        "supervision:paper_act": Page(post=READERS, sample="paper", article="A9.4a"),
        "supervision:reminder_new": Page(get=DRAFTERS, post=DRAFTERS, sample="problem", article="A9.5"),
        "supervision:unit_visits": Page(get=READERS, sample="unit", article="A10.2"),
        **{
            f"supervision:{name}": Page(post=READERS, sample="problem", article=article)
            for name, article in (
                ("plan", "A9.8a"),
                ("accept_plan", "A9.8a"),
                ("verify", "A9.8b"),
                ("failure", "A9.8c"),
                ("repeat", "A9.8c"),
            )
        },
        "supervision:board": Page(get=READERS, article="A3.5"),
        "supervision:workbench": Page(get=READERS, article="A6.1b"),
        "supervision:feedback": Page(get=READERS, article="A5.6"),
        "supervision:feedback_new": Page(get=DRAFTERS, post=DRAFTERS, article="A5.6"),
        "supervision:search": Page(get=READERS),
    }
)

# Documents: the document clerk numbers them without reading anything else, so the circle is the office and the scope decides.
BUSINESS, PAPERS = (Audience.BUSINESS,), (Permission.READ, Permission.NUMBER)
declare(
    {
        "supervision:documents": Page(get=BUSINESS, article="A9.7e"),
        "supervision:document_new": Page(get=DRAFTERS, post=DRAFTERS, article="A9.7e"),
        "supervision:document_chosen": Page(post=DRAFTERS, article="A9.7e"),
        "supervision:document_register": Page(get=BUSINESS, article="A9.7e"),
        "supervision:document_prefix": Page(post=BUSINESS, article="A9.7e"),
        "supervision:document": Page(get=BUSINESS, sample="document", scope=PAPERS, article="A9.7e"),
        "supervision:document_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:document_act": Page(post=BUSINESS, sample="document", scope=PAPERS, article="A9.7e"),
        "supervision:document_reply": Page(post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:document_read": Page(post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:bulletins": Page(get=BUSINESS, article="A9.8d"),
        "supervision:bulletin_new": Page(get=DRAFTERS, post=DRAFTERS, article="A9.8d"),
        "supervision:bulletin": Page(get=BUSINESS, sample="bulletin", scope=PAPERS, article="A9.8d"),
        "supervision:bulletin_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="bulletin", scope=DRAFT, article="A9.8d"),
        "supervision:bulletin_act": Page(post=BUSINESS, sample="bulletin", scope=PAPERS, article="A9.8d"),
    }
)

# The second looks: “回头看” of the organs, 反向核查 of 党风政风监督室.
CSO, CSO_HEAD, COORDINATE = (Audience.CSO,), (Audience.CSO_HEAD,), (Permission.COORDINATE,)
declare(
    {
        "supervision:look_backs": Page(get=READERS, article="A9.8e"),
        "supervision:look_back_plan": Page(get=DRAFTERS, post=DRAFTERS, article="A9.8e"),
        "supervision:look_back": Page(get=READERS, post=READERS, sample="look_back", article="A9.8e"),
        "supervision:look_back_evidence": Page(post=READERS, sample="look_back", article="A9.8e"),
        "supervision:look_back_cancel": Page(post=READERS, sample="look_back", article="A9.8e"),
        "supervision:draws": Page(get=CSO, post=CSO_HEAD, article="A9.8b"),
        "supervision:draw": Page(get=CSO, sample="sampling_draw", scope=COORDINATE, article="A9.8b"),
        "supervision:sample_check": Page(post=CSO, sample="sampled_item", scope=COORDINATE, article="A9.8b"),
        "supervision:sample_evidence": Page(post=CSO, sample="sampled_item", scope=COORDINATE, article="A9.8b"),
    }
)

# The rectification seen from other sides, and what goes out to a unit and comes back.
declare(
    {
        "supervision:ageing": Page(get=READERS, article="A9.8c"),
        "supervision:kanban": Page(get=READERS, article="A9.8b"),
        "supervision:due_calendar": Page(get=READERS, article="A9.8b"),
        "supervision:batch": Page(post=READERS, article="A9.8b"),
        "supervision:unit": Page(get=READERS, sample="rectified_unit", article="A9.8a"),
        "supervision:unit_ledger": Page(post=READERS, sample="rectified_unit", article="A9.8a"),
        "supervision:exchange_send": Page(post=READERS, sample="rectified_unit", article="A9.8a"),
        "supervision:exchange_receive": Page(post=READERS, sample="rectified_unit", article="A9.8a"),
        "supervision:exchange_package": Page(get=READERS, sample="exchange_package", article="A9.8a"),
        "supervision:exchange_return": Page(get=READERS, post=READERS, sample="exchange_return", article="A9.8a"),
    }
)

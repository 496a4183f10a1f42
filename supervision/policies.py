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
        "supervision:plan": Page(get=DRAFTERS, post=DRAFTERS, sample="round", scope=DRAFT, article="A9.3a"),
        "supervision:plan_submit": Page(post=DRAFTERS, sample="round", article="A9.3b"),
        "supervision:round_entry": Page(get=DRAFTERS, post=DRAFTERS, sample="round_entry", article="A9.4a"),
        "supervision:paper": Page(get=READERS, post=READERS, sample="paper", article="A9.4a"),
        "supervision:paper_act": Page(post=READERS, sample="paper", article="A9.4a"),
        "supervision:reminder_new": Page(get=DRAFTERS, post=DRAFTERS, sample="problem", article="A9.5"),
        "supervision:unit_visits": Page(get=READERS, sample="unit", article="A10.2"),
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
        "supervision:document_chosen": Page(get=DRAFTERS, article="A9.7e"),
        "supervision:document_register": Page(get=BUSINESS, article="A9.7e"),
        "supervision:document_prefix": Page(post=BUSINESS, article="A9.7e"),
        "supervision:document": Page(get=BUSINESS, sample="document", scope=PAPERS, article="A9.7e"),
        "supervision:document_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:document_act": Page(post=BUSINESS, sample="document", scope=PAPERS, article="A9.7e"),
        "supervision:document_reply": Page(post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:document_read": Page(post=DRAFTERS, sample="document", scope=DRAFT, article="A9.7e"),
        "supervision:failure": Page(post=DRAFTERS, sample="problem", article="A9.8c"),
        "supervision:bulletins": Page(get=BUSINESS, article="A9.8d"),
        "supervision:bulletin_new": Page(get=DRAFTERS, post=DRAFTERS, article="A9.8d"),
        "supervision:bulletin": Page(get=BUSINESS, sample="bulletin", scope=PAPERS, article="A9.8d"),
        "supervision:bulletin_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="bulletin", scope=DRAFT, article="A9.8d"),
        "supervision:bulletin_act": Page(post=BUSINESS, sample="bulletin", scope=PAPERS, article="A9.8d"),
    }
)

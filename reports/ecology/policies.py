"""Who may open the year-end file: lists for whoever reads the organ, texts for the organ that writes and the restricted right."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, DRAFTERS, CSO = (Audience.READERS,), (Audience.DRAFTERS,), (Audience.CSO,)
ABOVE = (Audience.CSO, Audience.LEADERS)
WRITERS = (Permission.DRAFT,)
NARROW = (Permission.DRAFT, Permission.READ_RESTRICTED)

declare(
    {
        "reports:appraisals": Page(get=READERS, article="A11"),
        "reports:appraisal_prompts": Page(get=CSO, post=CSO, article="A11"),
        "reports:appraisal_start": Page(post=DRAFTERS, article="A11"),
        "reports:appraisal": Page(get=READERS, sample="appraisal", scope=NARROW, article="A11"),
        "reports:appraisal_paper": Page(get=READERS, sample="appraisal_paper", scope=NARROW, article="A11"),
        "reports:appraisal_write": Page(get=DRAFTERS, post=DRAFTERS, sample="appraisal_write", scope=WRITERS, article="A11"),
        "reports:appraisal_member": Page(get=DRAFTERS, post=DRAFTERS, sample="appraisal_member", scope=WRITERS, article="A11"),
        "reports:appraisal_remove": Page(post=DRAFTERS, sample="appraisal_member", scope=WRITERS, article="A11"),
        "reports:appraisal_files": Page(post=DRAFTERS, sample="appraisal", scope=WRITERS, article="A11"),
        "reports:appraisal_submit": Page(post=DRAFTERS, sample="appraisal", scope=WRITERS, article="A11"),
        "reports:appraisal_correct": Page(post=DRAFTERS, sample="appraisal", scope=WRITERS, article="A11"),
        "reports:ecology": Page(get=ABOVE, article="A11"),
        "reports:ecology_start": Page(post=CSO, article="A11"),
        "reports:ecology_report": Page(get=ABOVE, sample="ecology", scope=NARROW, article="A11"),
        "reports:ecology_paper": Page(
            get=ABOVE, sample="ecology_paper", scope=(Permission.READ_RESTRICTED,), article="A11"
        ),
        "reports:ecology_outline": Page(get=CSO, post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_section": Page(get=CSO, post=CSO, sample="ecology_section", scope=WRITERS, article="A11"),
        "reports:ecology_compile": Page(post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_submit": Page(post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_drop": Page(post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_correct": Page(post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_dispatch": Page(get=CSO, post=CSO, sample="ecology", scope=WRITERS, article="A11"),
        "reports:ecology_recall": Page(post=CSO, sample="ecology_dispatch", scope=WRITERS, article="A11"),
        "reports:ecology_receipt": Page(get=CSO, post=CSO, sample="ecology_dispatch", scope=WRITERS, article="A11"),
    }
)  # fmt: skip

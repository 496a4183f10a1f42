"""Who may open which page of this app."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

MEMBERS = (Audience.MEMBERS,)
BUSINESS = (Audience.BUSINESS,)
KEEPERS = (Audience.SYSTEM, Audience.CSO)  # of the tables of organs and units
ASSIGNERS = (Audience.SYSTEM, Audience.CSO_HEAD)
PRINCIPALS = (Audience.SIGNERS, Audience.CSO_HEAD)
PAPER = (Permission.READ, Permission.RECORD_RESOLUTION)

declare(
    {
        "accounts:healthz": Page(get=(Audience.OPEN,)),
        "accounts:login": Page(get=(Audience.OPEN,), post=(Audience.OPEN,)),
        "accounts:logout": Page(post=MEMBERS),
        "accounts:password": Page(get=MEMBERS, post=MEMBERS),
        "accounts:reconnected": Page(get=MEMBERS),
        "accounts:desk": Page(get=MEMBERS),
        "accounts:inbox": Page(get=MEMBERS),
        "accounts:notice": Page(get=MEMBERS),
        "accounts:inbox_read_all": Page(post=MEMBERS),
        "accounts:jobs": Page(get=BUSINESS),
        "accounts:job_file": Page(get=BUSINESS),
        "accounts:job_again": Page(post=BUSINESS),
        "accounts:approval": Page(get=BUSINESS, sample="approval", scope=PAPER, article="A6.1c"),
        "accounts:approval_sign": Page(post=BUSINESS, sample="approval", scope=PAPER, article="A6.1c"),
        "accounts:approval_withdraw": Page(post=BUSINESS, sample="approval", scope=PAPER, article="A6.1c"),
        "accounts:approval_remind": Page(post=BUSINESS, sample="approval", scope=PAPER),
        "accounts:attachment": Page(get=(Audience.READERS,), sample="attachment"),
        "accounts:duties": Page(get=BUSINESS),
        "accounts:matrix": Page(get=(Audience.READERS,), article="A10.1b"),
        "accounts:punctuality": Page(get=(Audience.READERS,), article="A10.5a"),
        "accounts:duty_feed_form": Page(get=BUSINESS, post=BUSINESS),
        "accounts:duty_feed_revoke": Page(post=BUSINESS),
        "accounts:duty_feed": Page(get=(Audience.OPEN,), sample="duty_feed", scope=()),  # behind its own secret
        "accounts:background": Page(get=(Audience.SYSTEM,)),
        "accounts:background_run": Page(post=(Audience.SYSTEM,)),
        "accounts:background_again": Page(post=(Audience.SYSTEM,)),
        "accounts:duty_excuse": Page(post=(Audience.CSO,), article="A10.1b"),
        "accounts:organs": Page(get=MEMBERS, article="A0"),
        "accounts:organ": Page(get=BUSINESS, sample="organ", article="A0"),
        "accounts:organ_form": Page(get=(Audience.SYSTEM,), post=(Audience.SYSTEM,), article="A0"),
        "accounts:units": Page(get=(Audience.READERS, Audience.SYSTEM), article="A4"),
        "accounts:unit_form": Page(get=KEEPERS, post=KEEPERS, article="A4"),
        "accounts:officials": Page(get=(Audience.READERS,), article="A4"),
        "accounts:official_form": Page(get=(Audience.DRAFTERS,), post=(Audience.DRAFTERS,), article="A4"),
        "accounts:assignments": Page(get=MEMBERS, article="A6.1c"),
        "accounts:assignment_form": Page(get=ASSIGNERS, post=ASSIGNERS, article="A6.1c"),
        "accounts:deputation_form": Page(get=PRINCIPALS, post=PRINCIPALS, article="A6.1c"),
        "accounts:deputation_end": Page(post=PRINCIPALS, article="A6.1c"),
        "accounts:users": Page(get=(Audience.SYSTEM, Audience.SECURITY)),
        "accounts:user_form": Page(get=(Audience.SYSTEM,), post=(Audience.SYSTEM,)),
        "accounts:user_activate": Page(post=(Audience.SECURITY,)),
        "accounts:user_reset": Page(post=(Audience.SYSTEM,)),
        "accounts:audit": Page(get=(Audience.AUDIT,)),
        "accounts:calendar": Page(get=MEMBERS),
        "accounts:calendar_form": Page(get=(Audience.CSO,), post=(Audience.CSO,)),
        "accounts:calendar_remove": Page(post=(Audience.CSO,)),
        "accounts:limits": Page(get=BUSINESS, article="A13"),
        "accounts:limit_form": Page(get=(Audience.CSO_HEAD,), post=(Audience.CSO_HEAD,), article="A13"),
    }
)

"""Who may open which page of this app."""

from accounts.policy import Audience, Page, declare

declare(
    {
        "accounts:healthz": Page(get=(Audience.OPEN,)),
        "accounts:login": Page(get=(Audience.OPEN,), post=(Audience.OPEN,)),
        "accounts:logout": Page(post=(Audience.MEMBERS,)),
        "accounts:password": Page(get=(Audience.MEMBERS,), post=(Audience.MEMBERS,)),
        "accounts:reconnected": Page(get=(Audience.MEMBERS,)),
        "accounts:desk": Page(get=(Audience.MEMBERS,)),
        "accounts:inbox": Page(get=(Audience.MEMBERS,)),
        "accounts:inbox_read_all": Page(post=(Audience.MEMBERS,)),
        "accounts:notice": Page(get=(Audience.MEMBERS,), sample="notice"),
    }
)

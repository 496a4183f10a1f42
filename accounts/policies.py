"""Who may open which page of this app."""

from accounts.policy import Audience, Page, declare

declare(
    {
        "accounts:healthz": Page(get=(Audience.OPEN,)),
        "accounts:login": Page(get=(Audience.OPEN,), post=(Audience.OPEN,)),
        "accounts:logout": Page(post=(Audience.MEMBERS,)),
    }
)

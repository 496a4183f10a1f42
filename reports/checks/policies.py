"""Who sees the standing checks, and who clears a hit."""

from accounts.policy import Audience, Page, declare

declare(
    {
        "reports:checks": Page(get=(Audience.READERS,), article="A10.1b"),
        "reports:check_dismiss": Page(post=(Audience.CSO,), article="A10.1b"),
    }
)

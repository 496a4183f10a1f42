"""Who sees the list behind a figure, and who the overview."""

from accounts.policy import Audience, Page, declare

declare(
    {
        "reports:overview": Page(get=(Audience.LEADERS, Audience.CSO), article="A10.1b"),
        "reports:figure": Page(get=(Audience.READERS,), sample="figure", scope=(), article="A10.1b"),
    }
)

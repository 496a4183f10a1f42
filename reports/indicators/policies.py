"""Who sees the indicators: whoever reads the records of an organ, over those organs."""

from accounts.policy import Audience, Page, declare

READERS = (Audience.READERS,)

declare(
    {
        "reports:indicators": Page(get=READERS, article="A10.1b"),
        "reports:indicator": Page(get=READERS, sample="indicator", scope=(), article="A10.1b"),
        "reports:indicator_source": Page(get=READERS, sample="indicator_source", scope=(), article="A10.1b"),
        "reports:indicator_source_paper": Page(get=READERS, sample="indicator_paper", scope=(), article="A10.1b"),
    }
)

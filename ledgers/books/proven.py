"""How a record that evidence of rectification makes is named, now and for evidence of before."""

LONGEST = 80  # of a receipt


def receipt_of(code: str, file: str) -> str:
    """The reference of the evidence: which problem's file it is."""
    return f"问题{code}佐证：{file}"[:LONGEST]


def rule_name(text: str) -> str:
    """The name of a rule without its brackets, as registers keep it."""
    return text.strip().removeprefix("《").removesuffix("》").strip()

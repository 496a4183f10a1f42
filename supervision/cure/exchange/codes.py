"""Codes with check characters that only this office can make: a row or a sheet that was tampered with shows it."""

from __future__ import annotations

import re

from django.utils.crypto import constant_time_compare, salted_hmac

PACKAGE = re.compile(r"ZG(\d{6})-([0-9a-f]{6})")
ROW = re.compile(r"(\d{6})-([0-9a-f]{6})")


def _check(words: str) -> str:
    return salted_hmac("supervision.cure.exchange", words).hexdigest()[:6]


def package_code(package: int) -> str:
    """整改表编号: ZG000012-1a2b3c."""
    return f"ZG{package:06d}-{_check(f'package:{package}')}"


def row_code(package: int, item: int) -> str:
    """编号 of a row: the rectification and check characters that bind it to its package."""
    return f"{item:06d}-{_check(f'row:{package}:{item}')}"


def package_of(text: str) -> int | None:
    """The package that a text names, or None where it names none or the check characters are wrong."""
    found = PACKAGE.search(text)
    if not found:
        return None
    package = int(found[1])
    return package if constant_time_compare(found[0], package_code(package)) else None


def item_of(text: str, package: int) -> int | None:
    """The rectification that a row's code names within the package, or None where the code is not whole."""
    found = ROW.fullmatch(text.strip())
    if not found:
        return None
    item = int(found[1])
    return item if constant_time_compare(found[0], row_code(package, item)) else None


def sheet_digest(package: int, locked: list[list[str]]) -> str:
    """Check characters over everything that the unit must not touch."""
    return salted_hmac("supervision.cure.exchange.sheet", repr((package, locked))).hexdigest()[:32]

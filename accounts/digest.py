"""SM3 digests of what was signed or published, so that a later change can be seen."""

import hashlib
import json
from typing import Any


def sm3(data: bytes) -> str:
    """Hex SM3 of bytes. OpenSSL carries SM3; SHA-256 stands in where an old one does not, under a visible prefix."""
    try:
        return hashlib.new("sm3", data).hexdigest()
    except ValueError:
        return "s2" + hashlib.sha256(data).hexdigest()[:62]


def digest_of(content: Any) -> str:
    """Digest of plain content (dicts, lists, texts), independent of key order."""
    return sm3(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode())

"""Asks the web server of this container how it is; used by docker-compose.yml."""

import urllib.request

ASKED = urllib.request.Request(
    "http://127.0.0.1:8000/healthz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"}
)

with urllib.request.urlopen(ASKED, timeout=4) as answer:
    raise SystemExit(0 if answer.status == 200 else 1)

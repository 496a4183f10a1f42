"""All indicators of one organ and one year at a million problems, against the same questions put to PostgreSQL bare."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks._office import fresh_database, manage

PROBLEMS, ORGANS = int(os.environ.get("BENCH_PROBLEMS", "1000000")), 200


def main() -> dict[str, Any]:
    """Seed the county, then measure inside a process that knows nothing of it."""
    database = fresh_database("indicators")
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "VAR_DIR": folder,
            "DATABASE_URL": database,
            "BROKER_URL": "",
            "DEMO": "1",
            "DEMO_PASSWORD": "bench-2026",
        }
        env = {**os.environ, **own, "LOG_LEVEL": "ERROR"}
        (Path(folder) / "media").mkdir()
        manage(env, "migrate", "-v0")
        manage(env, "seed_demo")
        manage(env, "seed_scale", "--problems", str(PROBLEMS), "--organs", str(ORGANS))
        told = manage(env, "shell", "--no-imports", "-c", "from benchmarks._indicators import main; main()")
    return {"problems": PROBLEMS, "organs": ORGANS, **json.loads(told.strip().splitlines()[-1])}


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))

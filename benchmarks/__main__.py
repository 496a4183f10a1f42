"""`python -m benchmarks FOLDER [NAME]`: run the benchmarks, keep each result as FOLDER/NAME.json, show them as a table.

A benchmark is a file of this folder that prints one JSON object of figures; its first docstring line says what is measured.
"""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every benchmark there is."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def measure(name: str) -> dict[str, Any]:
    """Run one in a process of its own, so that no other warms it up; raises CalledProcessError when it fails."""
    done = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=True
    )
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def table(name: str, figures: dict[str, Any]) -> str:
    """What was measured and the figures, aligned."""
    title = (ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text())) or name).splitlines()[0]
    width = max((len(key) for key in figures), default=0)
    return "\n".join([f"{name}: {title}", *(f"  {key:<{width}}  {value}" for key, value in figures.items())])


def main(folder: Path, wanted: list[str]) -> int:
    """Run what is wanted, or all; 2 for a name that does not exist, 1 when a benchmark failed."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in wanted or names():
        try:
            figures = measure(name)
        except (subprocess.CalledProcessError, ValueError, IndexError) as error:
            print(f"{name}: failed: {error}", file=sys.stderr)
            failed = 1
            continue
        (folder / f"{name}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        print(table(name, figures), end="\n\n", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

"""LibreOffice as a second reader of our Word files, with the free faces under the names that the office uses."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

ALIASES = {"仿宋_GB2312": "FandolFang R", "仿宋": "LXGW WenKai", "楷体_GB2312": "LXGW WenKai", "楷体": "LXGW WenKai", "黑体": "Noto Sans CJK SC",
           "宋体": "Noto Serif CJK SC", "方正小标宋简体": "Noto Serif CJK SC", "方正小标宋_GBK": "Noto Serif CJK SC"}  # fmt: skip


def convert(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Word files to PDF, by name, in one start of the program."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    program = shutil.which("soffice")
    assert program, "libreoffice-writer-nogui is missing"
    command = [
        program,
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *(str(folder / f"{name}.docx") for name in files)], env=_environment(folder), capture_output=True,
                   check=True, timeout=180)  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def _environment(folder: Path) -> dict[str, str]:
    rules = "".join(
        f'<match><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in ALIASES.items()
    )
    dirs = f"<dir>/usr/share/fonts</dir><dir>{Path(settings.DOC_FONT_DIR).resolve()}</dir><cachedir>{folder}/fonts</cachedir>"
    (folder / "fonts.conf").write_text(f"<?xml version='1.0'?><fontconfig>{dirs}{rules}</fontconfig>")
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}

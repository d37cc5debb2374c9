"""What a container installs is all that the repository runs from."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("services/", "shared/", "tukivayla/", "pyproject.toml", "README.md", "LICENSE")


def test_the_wheel_holds_every_file_of_the_packages(tmp_path):
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    source = tmp_path / "source"
    for name in tracked:
        if name.startswith(PACKAGES) and (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    wanted = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file() and path.parent != source}
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, source],
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())

    assert wanted - packed == set()

"""A source distribution has all that it takes to build it."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

PYTHON = Path(__file__).parents[1]
MATURIN = Path(sys.executable).with_name("maturin")


@pytest.mark.skipif(not MATURIN.exists() or shutil.which("cargo") is None, reason="needs what builds the wheel")
def test_a_source_distribution_builds(tmp_path: Path) -> None:
    subprocess.run([MATURIN, "sdist", "--out", tmp_path], cwd=PYTHON, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    # Checked, build scripts run: what is compiled is the same as everywhere else.
    target = os.environ.get("CARGO_TARGET_DIR", PYTHON.parent / "target")
    command = ["cargo", "check", "--quiet", "--offline", "-p", "caicach-wheel", "--target-dir", Path(target, "sdist")]
    checked = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr

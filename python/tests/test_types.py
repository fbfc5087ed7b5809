"""The stubs say what the module has."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

PACKAGE = pathlib.Path(__file__).parents[1]


def run(*arguments: str, cwd: pathlib.Path) -> None:
    # Pyright asks the first `python` of the path where packages are.
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_those_of_the_module(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("mypy")
    # mypy takes a Literal of several words for a Union.
    allowed = tmp_path / "allowed.txt"
    allowed.write_text("caicach.types.Lang\ncaicach.types.FrameName\n", "utf-8")
    config = PACKAGE / "pyproject.toml"
    run("mypy.stubtest", "caicach", f"--mypy-config-file={config}", f"--allowlist={allowed}", "--concise", cwd=tmp_path)


def test_package_is_typed() -> None:
    pytest.importorskip("mypy")
    run("mypy", "--no-error-summary", cwd=PACKAGE)


def test_everything_public_has_a_type(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pyright")
    run("pyright", "--verifytypes", "caicach", "--ignoreexternal", cwd=tmp_path)

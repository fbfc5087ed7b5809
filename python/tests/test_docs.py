"""Every public thing has a docstring, every class an example that runs; the notebook runs."""

from __future__ import annotations

import doctest
import inspect
import json
import os
import pathlib
import re
from typing import Any

import caicach
import caicach._html
import caicach.exceptions
import caicach.tally
import caicach.types
import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "python" / "notebooks").glob("*.ipynb"))
DUNDERS = ("__",)


def things() -> dict[str, Any]:
    found: dict[str, Any] = {"caicach": caicach, "caicach._html.is_illustrative": caicach._html.is_illustrative}
    found["caicach.tally"] = caicach.tally
    protocols = {name: getattr(caicach.types, name) for name in ("ArrowArray", "ArrowStream", "BinaryFile")}
    listed = {name: getattr(module, name) for module in (caicach, caicach.tally) for name in module.__all__}
    for name, thing in {**listed, **protocols}.items():
        if name.startswith("__"):
            continue
        found[name] = thing
        if inspect.isclass(thing):
            members = {n: m for n, m in vars(thing).items() if not n.startswith("_")}
            found.update({f"{name}.{n}": m for n, m in members.items() if not isinstance(m, (str, type(None)))})
    return found


THINGS = things()


@pytest.mark.parametrize("name", THINGS)
def test_docstring(name: str) -> None:
    thing = THINGS[name]
    text = inspect.getdoc(thing)
    assert text, f"{name} has no docstring"
    if inspect.isclass(thing) or inspect.isroutine(thing) and "." not in name:
        assert ">>>" in text, f"{name} has no example"
    names = {"is_illustrative": caicach._html.is_illustrative}
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    test = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    out: list[str] = []
    results = doctest.DocTestRunner(optionflags=flags).run(test, out=out.append)
    assert results.failed == 0, "".join(out)


READMES = ["README.md", "README.vi.md", "python/README.md"]
DOSSIERS = """body,officer,field,received,due,resolved
UBND phường Lộc Thọ,A,land,01/02/2024,05/02/2024,06/02/2024
UBND phường Lộc Thọ,A,land,01/03/2024,05/03/2024,
UBND phường Lộc Thọ,A,land,31/02/2024,05/03/2024,
"""


@pytest.mark.parametrize("name", READMES)
def test_readme(name: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of a README runs, from top to bottom, with facts and dossiers where it says that they are."""
    (tmp_path / "facts.json").write_bytes((ROOT / "demo" / "nha-trang.json").read_bytes())
    for file in ("dossiers.csv", "ho-so-2024.csv"):
        (tmp_path / file).write_text(DOSSIERS, "utf-8")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert blocks
    names: dict[str, Any] = {}
    out: list[str] = []
    for place, block in enumerate(blocks):
        if "caicach.spark" in block:  # run by test_tally_spark
            continue
        if not block.startswith(">>>"):
            exec(compile(block, f"{name}, block {place}", "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(block, names, name, None, 0)
        results = doctest.DocTestRunner().run(test, out=out.append, clear_globs=False)
        assert results.failed == 0, "".join(out)
        names = test.globs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.name for path in NOTEBOOKS])
def test_notebook(path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    monkeypatch.chdir(path.parent)
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
            exec(compile("".join(cell["source"]), f"{path.name} in {os.getcwd()}", "exec"), names)
    assert isinstance(names["assessment"], caicach.Assessment)

"""Nothing that leaves for a spreadsheet is read as a formula."""

from __future__ import annotations

import ast

import pytest

from literature.spreadsheet import safe_cell
from tests.walls.test_source import modules

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "  =1+1",
    "\t=1+1",
    "\r\n=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=HYPERLINK("http://evil.example.org")',
    "\tplain",
    "\rplain",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_text(text):
    cell = safe_cell(text)
    assert cell == "'" + text.replace("\x00", "")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("a plain word", "a plain word"),
        ("1=1", "1=1"),
        (" a word", " a word"),
        ("", ""),
        ("a\x00b", "ab"),
        ("\x00", ""),
        (None, ""),
        (0, 0),
        (-5, -5),
        (2.5, 2.5),
        (False, False),
    ],
)
def test_other_values_stay(value, cell):
    made = safe_cell(value)
    assert made == cell
    assert type(made) is type(cell)


def test_every_module_that_writes_csv_makes_its_cells_safe():
    """A row that is written is a list of safe cells, made where it is written."""
    writers, wrong = set(), []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in ("writerow", "writerows"):
                writers.add(path)
                told = ast.unparse(node.args[0])
                if not is_safe(node.args[0]):
                    wrong.append(f"{path}: {told}")
            if ast.unparse(node.func) == "csv.writer":
                writers.add(path)
    assert wrong == []
    assert len(writers) >= 4


def is_safe(row: ast.expr) -> bool:
    """`[safe_cell(x) for x in …]`, `[safe_cell(x), …]`, or the constant names of columns."""
    if isinstance(row, ast.ListComp):
        return ast.unparse(row.elt).startswith("safe_cell(")
    if isinstance(row, ast.List):
        return all(ast.unparse(cell).startswith("safe_cell(") for cell in row.elts)
    return ast.unparse(row).isupper()

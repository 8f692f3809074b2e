"""Size budgets: small files, small functions, few parameters, shallow nesting."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "tocsin"
MAX_FILE, MAX_FUNCTION, MAX_PARAMETERS, MAX_NESTING = 400, 60, 6, 3
MEDIAN_FILE, P95_FUNCTION = 120, 40
# A command's parameters are its options, and a record's rows its fields.
COMMANDS = "cli"

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def functions(path: Path) -> list[Function]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def depth(node: ast.AST, level: int = 0) -> int:
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        step = 1 if isinstance(child, BLOCKS) and not is_elif else 0
        deepest = max(deepest, depth(child, level + step))
    return deepest


def test_files_stay_small() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in files()}
    too_long = {str(p.relative_to(SOURCE)): n for p, n in lines.items() if n > MAX_FILE}
    assert not too_long
    assert statistics.median(n for n in lines.values() if n > 1) < MEDIAN_FILE


def test_functions_stay_small() -> None:
    found = [
        (length(f), f"{p.relative_to(SOURCE)}:{f.name}") for p in files() for f in functions(p)
    ]
    assert not [item for item in found if item[0] > MAX_FUNCTION]
    lengths = sorted(n for n, _ in found)
    assert lengths[int(len(lengths) * 0.95)] < P95_FUNCTION


def test_functions_take_few_parameters() -> None:
    crowded = []
    for path in files():
        for function in functions(path):
            arguments = function.args
            names = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            count = len([a for a in names if a.arg not in ("self", "cls")])
            if count > MAX_PARAMETERS and part(path) != COMMANDS:
                crowded.append(f"{path.relative_to(SOURCE)}:{function.name} takes {count}")
    assert not crowded


def test_nesting_stays_shallow() -> None:
    deep = [
        f"{path.relative_to(SOURCE)}:{function.name}"
        for path in files()
        for function in functions(path)
        if depth(function) > MAX_NESTING
    ]
    assert not deep


def part(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]

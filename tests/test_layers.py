"""A module imports only lower layers, and importing any module has no effect."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "tocsin"

LAYERS = {
    "terms": 0,
    "model": 0,
    "errors": 0,
    "ids": 0,
    "records": 0,
    "settings": 1,
    "shown": 1,
    "masking": 1,
    "ontology": 1,
    "lang": 1,
    "text": 1,
    "gazetteer": 1,
    "models": 1,
    "describe": 2,
    "intake": 2,
    "coding": 2,
    "linking": 3,
    "journal": 4,
    "store": 4,
    "pipeline": 5,
    "run": 5,
    "evaluate": 6,
    "export": 6,
    "alerts": 6,
    "desk": 7,
    "cli": 8,
}
# Layer 0 is one small family; pipeline and run are two halves of one thing.
MAY_SHARE = {0}
TOGETHER = {frozenset({"pipeline", "run"})}
PURE = ("coding", "linking")
FORBIDDEN_IN_PURE = {"httpx", "random", "time", "socket", "sqlite3", "subprocess", "os", "urllib"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def part_of(path: Path) -> str:
    relative = path.relative_to(SOURCE)
    return relative.parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "tocsin":
                found += [f"tocsin.{alias.name}" for alias in node.names]
            else:
                found.append(node.module)
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_only_lower_layers(path: Path) -> None:
    part = part_of(path)
    if part == "__init__":
        return
    for name in imports_of(path):
        if not name.startswith("tocsin."):
            continue
        other = name.split(".")[1]
        allowed = (
            other == part
            or LAYERS[other] < LAYERS[part]
            or (LAYERS[other] == LAYERS[part] and LAYERS[part] in MAY_SHARE)
            or frozenset({part, other}) in TOGETHER
        )
        assert allowed, f"{path.name} ({part}, {LAYERS[part]}) imports {name} ({LAYERS[other]})"


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if part_of(p) in PURE],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_coding_and_linking_touch_nothing_outside(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert not roots & FORBIDDEN_IN_PURE


@pytest.mark.parametrize(
    ("package", "home"),
    [("ray", "run/ray.py"), ("fastapi", "desk"), ("click", "cli"), ("sqlalchemy", "store")],
)
def test_outside_worlds_have_one_door(package: str, home: str) -> None:
    for path in modules():
        if not str(path.relative_to(SOURCE)).startswith(home):
            roots = {name.split(".")[0] for name in imports_of(path)}
            assert package not in roots, path

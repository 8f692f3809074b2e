"""Print the cross-validated figures of a task whose model learnt from its dev part.

Usage: python training/crossval.py TASK [TASK ...]

Five folds by digest of id, grouped by incident in linking, by story in five_w, by date in
us_incidents; attribution is scored by benchmarks/figures.py on its `part` dev, which no weight
has seen. Each task's module in training/ has `crossval() -> dict` with the figures; they are kept
in docs/crossval.json.
"""

from __future__ import annotations

import importlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

STATE = Path(__file__).parent.parent / "docs" / "crossval.json"
TASKS = {
    "event_type": "training.kinds",
    "geoparsing": "training.places",
    "incident_linking": "training.linking",
    "us_incidents": "training.tags",
}


def main(names: list[str]) -> None:
    """Run the named tasks, print their figures and keep them."""
    if not names or any(name not in TASKS for name in names):
        sys.exit(f"name one or more of: {', '.join(TASKS)}")
    state = json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}
    for name in names:
        found = importlib.import_module(TASKS[name]).crossval()
        state[name] = {**_flat(found), "date": datetime.now(UTC).date().isoformat()}
        print(name, json.dumps(state[name]))
        STATE.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", "utf-8")


def _flat(figures: dict[str, object], lead: str = "") -> dict[str, object]:
    """Return nested figures under the dotted paths of the bench's scorer."""
    flat: dict[str, object] = {}
    for name, value in figures.items():
        path = f"{lead}{name}"
        if isinstance(value, dict):
            flat |= _flat(value, f"{path}.")
        else:
            flat[path] = value
    return flat


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(sys.argv[1:])

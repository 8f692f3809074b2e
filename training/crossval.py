"""Print the cross-validated figures of a task whose model learnt from its dev part.

Usage: python training/crossval.py TASK [TASK ...]

Five folds by digest of id, grouped by incident in linking, by story in five_w, by date in
us_incidents; attribution trains on `part` train and scores on `part` dev. Each task's module in
training/ has `crossval() -> dict` with the figures; they are kept in docs/crossval.json.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

STATE = Path(__file__).parent.parent / "docs" / "crossval.json"
TASKS = {
    "event_type": "training.kinds",
    "attribution": "training.attribution",
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
        state[name] = importlib.import_module(TASKS[name]).crossval()
        print(name, json.dumps(state[name]))
        STATE.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(sys.argv[1:])

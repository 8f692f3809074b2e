"""Tocsin: news reports in, incident records that can be defended out.

The public names are loaded at first use, so that `import tocsin` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.errors import TocsinError
    from tocsin.intake.options import Options
    from tocsin.intake.read import read
    from tocsin.model import Account, Claim, Incident, Reject, Report
    from tocsin.pipeline import code, link

__all__ = [
    "Account",
    "Claim",
    "Incident",
    "Options",
    "Reject",
    "Report",
    "TocsinError",
    "code",
    "link",
    "read",
]

_HOMES = {
    "TocsinError": "tocsin.errors",
    "Options": "tocsin.intake",
    "read": "tocsin.intake",
    "code": "tocsin.pipeline",
    "link": "tocsin.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "tocsin.model")), name)

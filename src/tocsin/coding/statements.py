"""Public statements with a content of their own, as incidents."""

from __future__ import annotations

from tocsin.coding.context import Context
from tocsin.coding.grouping import Group


def statement_groups(context: Context, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Statements that are incidents: an appeal, a condemnation, a warning, a promise."""
    del context, groups
    return ()

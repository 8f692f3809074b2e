"""What answers what inside one report."""

from __future__ import annotations

from tocsin.coding.context import Context
from tocsin.coding.grouping import Group
from tocsin.model import Account


def causes(
    context: Context, groups: tuple[Group, ...], accounts: tuple[Account, ...]
) -> tuple[Account, ...]:
    """Add to each account what it answers or belongs to in the same report."""
    del context, groups
    return accounts

"""The quotes of an incident as `tocsin show` prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from tocsin import describe
from tocsin.cli.table import print_indented
from tocsin.linking.quotes import Quote, masked, quotes
from tocsin.masking import Mask
from tocsin.model import Account, Report


def show_quotes(
    console: Console, accounts: Sequence[Account], reports: Mapping[str, Report], mask: Mask
) -> None:
    """Print each quote with its speaker and every place it stands in."""
    found = [masked(quote, mask.text) for quote in quotes(accounts, reports)]
    if found:
        console.print("\n[bold]quotes[/bold]")
    for quote in found:
        print_indented(console, f"“{escape(quote.text)}”", 2)
        print_indented(console, f"[dim]{escape(_whose(quote))}[/dim]", 4)
        for line in _lines(quote, reports):
            print_indented(console, f"[dim]{escape(mask.text(line))}[/dim]", 6)


def _whose(quote: Quote) -> str:
    said = (quote.speaker or "speaker not named", quote.position, quote.date)
    return ", ".join(part for part in said if part)


def _lines(quote: Quote, reports: Mapping[str, Report]) -> list[str]:
    lines = [
        f"{describe.source_line(reports[place.report])}: “{' … '.join(place.pieces)}”"
        for place in quote.places
    ]
    if quote.document is not None:
        own = describe.source_line(reports[quote.document])
        missing = "; ".join(f"“{piece}”" for piece in quote.lacking)
        lines.append(f"not in the document ({own}): {missing}" if missing else f"as in {own}")
    return lines

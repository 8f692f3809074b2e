"""The quotes of an incident as `tocsin show` prints them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from tocsin import describe
from tocsin.cli.table import print_indented
from tocsin.linking.quotes import Quote, masked, quotes
from tocsin.model import Report
from tocsin.store.released import Telling


def show_quotes(console: Console, telling: Telling) -> None:
    """Print each quote with its speaker and every place it stands in."""
    mask, reports = telling.mask, {**telling.documents, **telling.reports}
    every = quotes(telling.accounts, telling.reports, telling.documents)
    found = [masked(quote, mask.text) for quote in every]
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

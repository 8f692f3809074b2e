"""The table of incidents that `run` and `list` print."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tocsin import describe, shown
from tocsin.model import Actor, Incident, When
from tocsin.ontology import Ontology

_COUNTS = ("killed", "injured", "detained", "present", "shots")
_MAX_NAMES = 2
_SHORT_ID = 8
_COLUMNS = ("id", "when", "where", "what", "who", "how many", "reports", "certainty")
_WIDE = 110  # columns of a terminal from which on a table reads well


def print_table(
    incidents: Iterable[Incident], ontology: Ontology, kept_back: Mapping[str, int]
) -> None:
    """Print one line an incident: when, where, what, who, how many, sources, certainty.

    `kept_back` counts the incidents above the level of this output, by their level.
    """
    rows = [_row(incident, ontology) for incident in sorted(incidents, key=_order)]
    console = make_console(160)
    if rows and console.width >= _WIDE:
        console.print(_table(rows))
    elif rows:
        _print_blocks(console, rows)
    elif not kept_back:
        console.print("No new incident was found in these reports.")
    for level, count in sorted(kept_back.items()):
        stand = "1 incident stands" if count == 1 else f"{count:,} incidents stand"
        console.print(
            f"{stand} only in {level} reports, kept back at this handling level."
            f" To see what they say: tocsin list --level {level}"
        )


def make_console(unknown: int) -> Console:
    """Return a console as wide as the terminal, or as COLUMNS says; `unknown` for a pipe."""
    console = Console(highlight=False)
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return Console(highlight=False, width=unknown)


def print_indented(console: Console, markup: str, indent: int) -> None:
    """Print text with a margin on the left and no blanks on the right."""
    for line in Text.from_markup(markup).wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent) + line)


def _table(rows: list[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in _COLUMNS:
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "reports"))
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def _print_blocks(console: Console, rows: list[tuple[str, ...]]) -> None:
    """Print a few lines an incident where a table would break its words."""
    for identifier, when, where, what, who, many, reports, certainty in rows:
        console.print(f"[bold]{escape(identifier)}[/bold]  {escape(what)}")
        for parts in ((when, where), (who, many), (reports, certainty)):
            line = " · ".join(part for part in parts if part and part != "-")
            if line:
                print_indented(console, escape(line), 2)


def _order(incident: Incident) -> tuple[bool, str, str]:
    day = shown.day(shown.when(incident))
    return (day is None, day or "", incident.id)


def _row(incident: Incident, ontology: Ontology) -> tuple[str, ...]:
    return (
        short(incident.id),
        when_words(shown.when(incident)),
        where_words(incident),
        ontology.label(incident.kind),
        _who(incident),
        _how_many(incident),
        sources(incident),
        _certainty(incident),
    )


def short(identifier: str) -> str:
    """Return the first part of an id, enough to name it on the command line."""
    return identifier[: _SHORT_ID + 2]


def when_words(when: When | None) -> str:
    """Return a time for the table: its day, or the words when it is unresolved."""
    if when is None:
        return "-"
    if when.night_of:
        return f"{when.night_of} night"
    return describe.day(when) or f"“{when.words}” (no date)"


def where_words(incident: Incident) -> str:
    """Return the place for the table, as exact as it is stated."""
    where = shown.where(incident)
    if where is None:
        return "-"
    parts = [where.city or where.name or where.words, where.admin1, where.country]
    named = [part for part in parts if part]
    return ", ".join(dict.fromkeys(named))


def sources(incident: Incident) -> str:
    """Return how many reports tell it and at least how many origins stand behind them."""
    reports = "1 report" if incident.reports == 1 else f"{incident.reports} reports"
    return f"{reports}, ≥{incident.origins} origin{'s' if incident.origins != 1 else ''}"


def _who(incident: Incident) -> str:
    names = [v.name or v.words for v in shown.victims(incident)]
    for slot in ("actor", "target"):
        for entry in incident.slots.get(slot, ()):
            if isinstance(entry.shown.value, Actor):
                names.append(entry.shown.value.name or entry.shown.value.words)
    unique = list(dict.fromkeys(names))
    more = f" +{len(unique) - _MAX_NAMES}" if len(unique) > _MAX_NAMES else ""
    return "; ".join(unique[:_MAX_NAMES]) + more


def _how_many(incident: Incident) -> str:
    found = ((slot, shown.count(incident, slot)) for slot in _COUNTS)
    return ", ".join(f"{describe.figure(count)} {slot}" for slot, count in found if count)


def _certainty(incident: Incident) -> str:
    kind = incident.slots.get("kind")
    if not kind:
        return "-"
    reading = kind[0].shown
    said = next(iter(reading.speakers), None)
    return f"{reading.certainty}, {said}" if said else reading.certainty

"""Options on how inputs are read, the same for `run` and `read`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from tocsin.intake import Fetching, Limits, Options
from tocsin.intake.objects import FIELDS
from tocsin.intake.outlets import read_outlets
from tocsin.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., None])
_META = "tocsin.inputs"


def input_options(function: _Command) -> _Command:
    """Add the options that say how inputs are read; `options_of` collects them."""
    for option in (
        click.option(
            "--column",
            "columns",
            metavar="FIELD=NAME",
            multiple=True,
            expose_value=False,
            callback=_columns,
            help="Take a field from this column of a table, for example text=Story.",
        ),
        click.option(
            "--encoding",
            metavar="NAME",
            expose_value=False,
            callback=_remember,
            help="Encoding of plain text and tables that are not UTF-8.",
        ),
        click.option(
            "--handling",
            type=click.Choice(["public", "restricted", "sealed"]),
            expose_value=False,
            callback=_remember,
            help="Handling level of everything read (default public).",
        ),
        click.option(
            "--bulk",
            is_flag=True,
            expose_value=False,
            callback=_remember,
            help="Extract pages many times faster and a little less exactly.",
        ),
        click.option(
            "--allow-private",
            is_flag=True,
            expose_value=False,
            callback=_remember,
            help="Fetch from private and local addresses too.",
        ),
    ):
        function = option(function)
    return function


def options_of(settings: Settings, *, published: str | None, outlet: str | None) -> Options:
    """Return how inputs are read, from the command line and the settings."""
    _say_columns()
    chosen = click.get_current_context().meta.get(_META, {})
    known = read_outlets(Path(settings.outlets_file)) if settings.outlets_file else ()
    return Options(
        now=datetime.now(UTC).isoformat(timespec="seconds"),
        published=published,
        outlet=outlet,
        outlets=known,
        columns=chosen.get("columns", {}),
        encoding=chosen.get("encoding"),
        handling=chosen.get("handling") or "public",
        quality="bulk" if chosen.get("bulk") else "quality",
        limits=Limits.of(settings.largest_megabytes),
        fetching=Fetching(allow_private=bool(chosen.get("allow_private"))),
    )


class _Said(logging.Handler):
    """Says on stderr what a reader chose."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the message alone."""
        click.echo(record.getMessage(), err=True)


def _say_columns() -> None:
    """Show which columns of a table are taken: a wrong guess would go unseen."""
    log = logging.getLogger("tocsin.intake.tables")
    log.setLevel(logging.INFO)
    if not any(isinstance(handler, _Said) for handler in log.handlers):
        log.addHandler(_Said())


def _remember(context: click.Context, option: click.Parameter, value: object) -> object:
    context.meta.setdefault(_META, {})[option.name] = value
    return value


def _columns(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> object:
    columns = {}
    for pair in value:
        field, mark, name = pair.partition("=")
        if not mark or field not in FIELDS:
            raise click.BadParameter(
                f"{pair!r} is not FIELD=NAME with a field of {', '.join(FIELDS)}.",
                context,
                option,
            )
        columns[field] = name
    return _remember(context, option, columns)

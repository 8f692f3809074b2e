"""Options on how inputs are read, the same for `run` and `read`."""

from __future__ import annotations

import glob
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from tocsin.errors import InputError
from tocsin.intake import Fetching, Limits, Options
from tocsin.intake.dates import parse_date
from tocsin.intake.objects import FIELDS
from tocsin.intake.outlets import read_outlets
from tocsin.intake.sources import is_address
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
    if published and parse_date(published, "given") is None:
        raise click.BadParameter(
            f"{published!r} is no date. Write it as 2020-08-24.", param_hint="--published"
        )
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


def check_named(inputs: Sequence[str]) -> None:
    """Refuse inputs of which none is there: a mistyped path is no bad report in a pile."""
    gone = [name for name in inputs if not _may_be_there(name)]
    if len(gone) == len(inputs):
        raise InputError(
            f"There is no such file or folder: {', '.join(gone)}.",
            advice="Check the name; nothing was read.",
        )


def _may_be_there(name: str) -> bool:
    return name == "-" or is_address(name) or glob.has_magic(name) or Path(name).exists()


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

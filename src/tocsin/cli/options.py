"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar, get_args

import click
import msgspec

from tocsin import ontology
from tocsin import settings as settings_module
from tocsin.errors import InputError
from tocsin.settings import Settings
from tocsin.store.workspace import Workspace, is_workspace
from tocsin.terms import Handling

# What loads the parser or the database is imported where it is used: `read` needs neither.
if TYPE_CHECKING:
    from tocsin.model import Report
    from tocsin.store.released import Releases
    from tocsin.store.store import Store

_Command = TypeVar("_Command", bound=Callable[..., None])


def workspace_option(function: _Command) -> _Command:
    """Add `-w/--workspace`."""
    return click.option(
        "-w", "--workspace", metavar="FOLDER", help="The workspace (default: tocsin-work)."
    )(function)


def level_option(function: _Command) -> _Command:
    """Add `--level`."""
    return click.option(
        "--level",
        type=click.Choice(get_args(Handling)),
        help="Show what stands in reports of this handling level too (default: setting).",
    )(function)


def load_settings(
    workspace: str | None, *, workers: int | None = None, level: Handling | None = None
) -> Settings:
    """Return the settings, with what the command line names on top."""
    found = settings_module.from_environment()
    return msgspec.structs.replace(
        found,
        workspace=workspace or found.workspace,
        workers=workers or found.workers,
        handling=level or found.handling,
    )


def open_workspace(settings: Settings, *, create: bool = False) -> Workspace:
    """Return the workspace; one that should be there and is not is an error with advice."""
    folder = Path(settings.workspace)
    if not create and not is_workspace(folder):
        raise InputError(
            f"There is no workspace at {folder}.",
            advice="Make one with `tocsin run REPORTS…`, or name one with -w.",
        )
    return Workspace(folder)


def open_store(settings: Settings, workspace: Workspace) -> Store:
    """Open the store of a workspace."""
    from tocsin.store.store import Store

    return Store.open(settings.store or workspace.store)


def released(settings: Settings, workspace: Workspace, store: Store) -> Releases:
    """Return what commands show of a store: names masked, reports of higher levels left out."""
    from tocsin import journal
    from tocsin.store.released import Releases

    decisions = journal.read(workspace.journal)
    return Releases(store, ontology.load(settings.kinds_file), lambda: decisions, settings.handling)


def report_of(identifier: str, visible: Releases) -> Report:
    """Return the report that an id, or the beginning of one, names where no incident has it."""
    report = visible.report(identifier)
    if report is None:
        raise InputError(
            f"No incident or report has an id that starts with {identifier!r}, or several have.",
            advice="`tocsin list` shows the ids of incidents, `list --reports` of reports.",
        )
    return report


@contextmanager
def opened(workspace: str | None, level: Handling | None) -> Iterator[tuple[Workspace, Releases]]:
    """Open a workspace to show what is in it."""
    settings = load_settings(workspace, level=level)
    place = open_workspace(settings)
    with open_store(settings, place) as store:
        yield place, released(settings, place, store)


@contextmanager
def write_to(name: str) -> Iterator[BinaryIO]:
    """Open an output for bytes; `-` is standard output."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}.", advice="Make it, or name another.")
    with path.open("wb") as out:
        yield out


@contextmanager
def read_from(name: str) -> Iterator[BinaryIO]:
    """Open an input for bytes; `-` is standard input."""
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{name} is not a file.", advice="Check the path.")
    with path.open("rb") as source:
        yield source

"""`tocsin desk`: the web page over a workspace."""

from __future__ import annotations

import secrets
import threading
from importlib.util import find_spec

import click

from tocsin import ontology
from tocsin.cli.options import (
    level_option,
    load_settings,
    open_workspace,
    workspace_option,
)
from tocsin.errors import MissingExtra, OlderStore
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace
from tocsin.terms import Handling

_NEEDED = ("fastapi", "uvicorn", "jinja2", "multipart")
_PATIENCE = 1  # seconds an open news stream may hold up the end
_THIS_MACHINE = "127.0.0.1"


@click.command()
@workspace_option
@level_option
@click.option("--host", default=_THIS_MACHINE, help="Address to answer on (default: this machine).")
@click.option("--port", default=8765, show_default=True, help="Port to answer on.")
@click.option("--token", help="What visitors from elsewhere must show (default: a new one).")
def command(
    workspace: str | None, level: Handling | None, host: str, port: int, token: str | None
) -> None:
    """Open the desk: map, timeline, incidents, reports, review.

    On this machine no login is needed. With --host others can reach it: then a token is demanded,
    and printed here.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise MissingExtra("The desk", "desk")
    import uvicorn

    from tocsin.desk.app import create_app
    from tocsin.desk.state import Desk

    settings = load_settings(workspace, level=level)
    place = open_workspace(settings)
    if host != _THIS_MACHINE:
        token = token or secrets.token_urlsafe(18)
    with _up_to_date(settings, place) as store:
        desk = Desk(settings, place, store, ontology.load(settings.kinds_file), settings.user)
        threading.Thread(target=desk.catalogue.warm, daemon=True).start()
        address = f"http://{host}:{port}/" + (f"?token={token}" if token else "")
        if token:
            click.echo("Others can reach this desk: whoever has the token can decide.", err=True)
        click.echo(f"The desk of {place.folder} is open at {address} (stop it with Ctrl-C)")
        try:
            uvicorn.run(
                create_app(desk, token=token),
                host=host,
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=_PATIENCE,
            )
        finally:
            desk.starter.close()


def _up_to_date(settings: Settings, place: Workspace) -> Store:
    """Open the store; one of an older version is upgraded and filled again first."""
    try:
        return Store.open(settings.store or place.store)
    except OlderStore as error:
        click.echo(f"{error} It is made again from the workspace's files …", err=True)
    from tocsin.cli.job import job
    from tocsin.run import renewal

    with job(settings, place, "rebuild", None) as step:
        renewal.rebuild(place, settings, step=step)
    return Store.open(settings.store or place.store)

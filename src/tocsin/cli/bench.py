"""`tocsin bench`: predictions for a benchmark task."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec

from tocsin.cli.options import load_settings, read_from, write_to
from tocsin.errors import InputError
from tocsin.evaluate.tasks import NAMES, Fields, task
from tocsin.run.coder import load_coder


@click.command()
@click.argument("task_name", metavar="TASK", type=click.Choice(NAMES))
@click.argument("source", metavar="INPUT")
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def command(task_name: str, source: str, output: str) -> None:
    """Write predictions for TASK on the records of INPUT (JSON lines, .gz accepted)."""
    coder = load_coder(load_settings(None))
    with write_to(output) as out:
        for prediction in task(task_name)(_records(source), coder):
            out.write(msgspec.json.encode(prediction) + b"\n")


def _records(source: str) -> Iterator[Fields]:
    if source.endswith(".gz"):
        yield from _parsed(source, gzip.decompress(Path(source).read_bytes()).splitlines())
        return
    with read_from(source) as lines:
        yield from _parsed(source, lines)


def _parsed(source: str, lines: Iterable[bytes]) -> Iterator[Fields]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=dict[str, object])
        except msgspec.DecodeError as error:
            raise InputError(
                f"{source}, line {number}: {error}", advice="Each line must be a JSON object."
            ) from error

"""CSV, TSV and Excel sheets: rows as records, with guessed columns that can be overridden."""

from __future__ import annotations

import csv
import io
import itertools
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec

from tocsin.errors import MissingExtra
from tocsin.intake.finish import JSON
from tocsin.intake.objects import FIELDS
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.model import RawReport, Reject

log = logging.getLogger(__name__)

_GUESS_ROWS = 50  # rows that are looked at for the text column
_TEXT_CHARS = 80  # mean length of a column of texts, above any headline
_MARKS = ",;\t|"

Row = Sequence[object]


def read_table(blob: Blob, options: Options) -> Iterator[RawReport | Reject]:
    """Yield the rows of a CSV or TSV file; ragged rows are rejects, the others are read."""
    csv.field_size_limit(options.limits.line_bytes)
    with blob.open() as stream:
        head = stream.read(64 * 1024)
    mark = _mark(head)
    with blob.open() as stream:
        text = io.TextIOWrapper(stream, options.encoding or "utf-8-sig", newline="")
        try:
            yield from rows_to_reports(_rows(text, mark), blob, options)
        except UnicodeDecodeError as error:
            yield reject("encoding", blob.where, str(error))


def read_sheet(blob: Blob, options: Options) -> Iterator[RawReport | Reject]:
    """Yield the rows of every sheet of an Excel file."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("Reading Excel files", "documents") from error
    with blob.open() as stream:
        content = io.BytesIO(stream.read(options.limits.document_bytes))
    try:
        book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    except (KeyError, ValueError, OSError) as error:
        yield reject("corrupt", blob.where, str(error))
        return
    for sheet in book.worksheets:
        rows = (tuple(row) for row in sheet.iter_rows(values_only=True))
        yield from rows_to_reports(rows, blob, options, part=f"#{sheet.title}")


def rows_to_reports(
    rows: Iterable[Row | Reject], blob: Blob, options: Options, *, part: str = ""
) -> Iterator[RawReport | Reject]:
    """Yield a raw report for each row below the header."""
    rows = iter(rows)
    header = next((row for row in rows if not isinstance(row, Reject) and any(row)), None)
    if header is None:
        return
    names = [str(name or "").strip() for name in header]
    first = list(itertools.islice(rows, _GUESS_ROWS))
    columns = {**guess_columns(names, first), **options.columns}
    where = f"{blob.where}{part}"
    if missing := [name for name in options.columns.values() if name not in names]:
        yield reject("no-column", where, f"{missing[0]!r}; there are {', '.join(names)}"[:300])
        return
    if not {"text", "html"} & columns.keys():
        yield reject("no-columns", where, f"columns are {', '.join(names)}"[:300])
        return
    chosen = ", ".join(f"{field} from {name!r}" for field, name in columns.items())
    log.info("columns of %s: %s (--column FIELD=NAME takes another)", where, chosen)
    for number, row in enumerate(itertools.chain(first, rows), 2):
        yield _report(row, names, columns, f"{where}:{number}", blob)


def guess_columns(names: Sequence[str], rows: Iterable[Row | Reject]) -> dict[str, str]:
    """Return which column holds which field: by its name, the text also by its length."""
    lower = {name.lower().replace(" ", "_"): name for name in reversed(names) if name}
    # "Story text", "Article body": the last word says what it is.
    lower = {name.rpartition("_")[2]: column for name, column in lower.items()} | lower
    found: dict[str, str] = {}
    for field, aliases in FIELDS.items():
        for alias in aliases:
            if alias in lower and lower[alias] not in found.values():
                found[field] = lower[alias]
                break
    if not {"text", "html"} & found.keys() and (longest := _longest(names, rows, found)):
        found["text"] = longest
    return found


def _longest(
    names: Sequence[str], rows: Iterable[Row | Reject], taken: Mapping[str, str]
) -> str | None:
    lengths = dict.fromkeys(range(len(names)), 0)
    count = 0
    for row in rows:
        if isinstance(row, Reject):
            continue
        count += 1
        for index, cell in enumerate(row[: len(names)]):
            lengths[index] += len(cell) if isinstance(cell, str) else 0
    free = [i for i in lengths if names[i] and names[i] not in taken.values()]
    best = max(free, key=lambda i: lengths[i], default=None)
    if best is None or lengths[best] < _TEXT_CHARS * max(1, count):
        return None
    return names[best]


def _report(
    row: Row | Reject, names: Sequence[str], columns: Mapping[str, str], where: str, blob: Blob
) -> RawReport | Reject:
    if isinstance(row, Reject):
        return reject(row.code, where, row.where)
    if any(str(cell or "").strip() for cell in row[len(names) :]):
        return reject("row", where, f"{len(row)} cells, {len(names)} columns")
    cells = dict(zip(names, (_shown(cell) for cell in row), strict=False))
    fields = {FIELDS[field][0]: cells.get(column) for field, column in columns.items()}
    kept = {key: value for key, value in fields.items() if value}
    if not kept.keys() & {"text", "html"}:
        return reject("no-text", where)
    content = msgspec.json.encode(kept, order="deterministic")
    return RawReport(content=content, source=where, media_type=JSON, acquired=blob.acquired)


def _shown(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _rows(text: io.TextIOWrapper, mark: str) -> Iterator[Row | Reject]:
    reader = csv.reader(text, delimiter=mark)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reject("row", str(error))
            continue
        if row:
            yield row


def _mark(head: bytes) -> str:
    """Return the character between cells: the one that is most frequent in the header."""
    first = head.decode("utf-8", "replace").lstrip("\ufeff").split("\n", 1)[0]
    return max(_MARKS, key=first.count)

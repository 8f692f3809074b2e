"""Memory while a large WARC file streams through, and that a stopped run goes on where it was.

    python -m benchmarks.warc_memory [MEGABYTES]

Writes a file of made-up pages, reads it in bulk, and prints the resident memory as it goes: a
line of marks for each tenth of the file. Then it stops a second reading in the middle and
resumes it, and compares what came out.
"""

from __future__ import annotations

import gzip
import random
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from tocsin.intake import Options, read
from tocsin.intake.warc import resume_points
from tocsin.model import Report

MEGABYTE = 1024 * 1024
SENTENCE = (
    "the police said that a crowd of about two hundred people stood before the town hall on Monday "
    "night and that officers had closed the bridge while the mayor spoke with the union"
)
WORDS = SENTENCE.split()
FILLER = f"<script>{'var section = 1; ' * 5000}</script>"


def page(chance: random.Random) -> bytes:
    """Return a page with a made-up article and the usual load of markup."""
    paragraphs = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(8)
    )
    return (
        f"<html><head><title>Report {chance.random()}</title></head><body><nav>{FILLER}</nav>"
        f"<article>{paragraphs}</article></body></html>"
    ).encode()


def record(number: int, body: bytes) -> bytes:
    """Return a response record."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.example/{number}\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def resident() -> float:
    """Return this process's resident memory in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main(megabytes: int) -> None:
    """Make, read, stop and resume."""
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        size = count = 0
        with path.open("wb") as out:
            while size < megabytes * MEGABYTE:
                made = record(count, page(chance))
                out.write(gzip.compress(made, 1))
                size += len(made)
                count += 1
        print(f"{count} pages, {size // MEGABYTE} MB, {path.stat().st_size // MEGABYTE} MB packed")
        started = time.perf_counter()
        reports = []
        for number, found in enumerate(read([str(path)], options=Options(quality="bulk"))):
            if isinstance(found, Report):
                reports.append(replace(found, text="", cuts=()))
            if number % (count // 10) == 0:
                print(f"{number:>8} {resident():>6.0f} MB {'#' * int(resident() / 8)}", flush=True)
        spent = time.perf_counter() - started
        print(f"{len(reports)} reports in {spent:.0f} s, {len(reports) / spent:.0f} a second")
        half = reports[: len(reports) // 2]
        options = Options(quality="bulk", resume=resume_points(half))
        started = time.perf_counter()
        rest = [r for r in read([str(path)], options=options) if isinstance(r, Report)]
        again = {r.source for r in half} | {r.source for r in rest}
        print("resumed:", again == {r.source for r in reports}, f"with {len(rest)} reports")
        print(f"in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1024)

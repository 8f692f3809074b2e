"""The desk at scale: build a made-up workspace, then ask every page and print what it took.

python -m benchmarks.desk_scale build 1000000 /tmp/big
python -m benchmarks.desk_scale measure /tmp/big
python -m benchmarks.desk_scale crowd /tmp/small --seconds 300
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from sqlalchemy import Connection

from benchmarks.made_up import chunks
from tocsin import journal
from tocsin.ontology import load
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

PORT = 8799
HOME = f"http://127.0.0.1:{PORT}"
READERS, WRITERS = 50, 5
ROUNDS = 12
BASE = 20_000  # incidents made one by one; more are copies, which are made thirty times faster
IDS = re.compile(rb"(\b[iar]-[0-9a-f]{13})[0-9a-f]{3}")
ID_LENGTH = 18
CACHE = 600_000  # kB while building: else every index page is read anew
# Tables that are copied, and the column that numbers incidents, where there is one.
COPIED = {"incidents": "n", "tellings": "n", "incident_records": "", "accounts": "", "reports": ""}
QUERIES = (
    "",
    "kind=crowd",
    "q=curfew",
    "q=tulsa+gas",
    "country=US&kind=attack",
    "origins=2",
    "first=2021-03-01&last=2021-03-31",
    "certainty=alleged&differs=1",
    "box=-100,30,-80,45",
)
VIEWS = ("-180,-80,180,80&zoom=2", "-130,20,-60,50&zoom=4", "-88.5,42.2,-87,43.2&zoom=9")


def build(size: int, folder: Path) -> None:
    """Write made-up incidents into a new workspace's store; beyond BASE they are copies."""
    workspace = Workspace(folder)
    ontology = load()
    began = time.perf_counter()
    base = min(size, BASE)
    with Store.open(workspace.store) as store:
        with store.writer(ontology, only=set()) as writer:
            writer.clear()
            for made in chunks(base):
                owner = {a: i.id for i in made.incidents for a in i.accounts}
                writer.add_reports(made.reports, made.reports)
                writer.add_accounts(made.accounts, owner)
                writer.add_incidents(made.incidents)
                writer.forget()
        with store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE}")
            for number in range(1, size // base):
                _copy(connection, number, base)
                connection.commit()
                took = time.perf_counter() - began
                print(f"{(number + 1) * base:,} after {took:.0f} s", file=sys.stderr)
    print(f"{size:,} incidents in {time.perf_counter() - began:.0f} s")


def _copy(connection: Connection, number: int, base: int) -> None:
    """Copy the first `base` incidents, their accounts and reports, under ids of their own."""
    mark = b"z%02x" % number  # no digest holds a z: a copy never meets an original

    def moved(value: object) -> object:
        if isinstance(value, bytes):
            return IDS.sub(rb"\g<1>" + mark, value)
        if isinstance(value, str) and len(value) == ID_LENGTH and value[1] == "-":
            return value[:-3] + mark.decode()
        return value

    for name, numbered in COPIED.items():
        whole = f"rowid <= (SELECT count(*) / {number} FROM {name})"
        first = f"{numbered} <= {base}" if numbered else whole
        rows = connection.exec_driver_sql(f"SELECT * FROM {name} WHERE {first}").fetchall()
        columns = len(rows[0])
        at = {"incidents": 0, "tellings": 1}.get(name)
        fresh = []
        for row in rows:
            values = [moved(value) for value in row]
            if at is not None:
                values[at] = row[at] + number * base
            fresh.append(tuple(values))
        marks = ",".join("?" * columns)
        connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", fresh)
    connection.exec_driver_sql(
        "INSERT INTO incident_words (rowid, words, names) "
        f"SELECT rowid + {number * base}, words, names FROM incident_words WHERE rowid <= {base}"
    )


def serve(folder: Path) -> subprocess.Popen[bytes]:
    """Start the desk as a user does, and wait until it answers."""
    command = [sys.executable, "-c", "from tocsin.cli import main; main()", "desk"]
    server = subprocess.Popen([*command, "-w", str(folder), "--port", str(PORT)])
    began = time.perf_counter()
    while True:
        try:
            httpx.get(f"{HOME}/about", timeout=60)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    print(f"answers after {time.perf_counter() - began:.1f} s")
    return server


def measure(folder: Path) -> None:
    """Ask every page many times; print medians, 95th percentiles and memory."""
    server = serve(folder)
    try:
        with httpx.Client(base_url=HOME, timeout=60, headers={"Accept-Encoding": "gzip"}) as client:
            began = time.perf_counter()
            client.get("/")
            print(f"first overview (loads the columns) {time.perf_counter() - began:.2f} s")
            began = time.perf_counter()
            client.get(f"/map.json?view={VIEWS[0]}")
            print(f"first map {1000 * (time.perf_counter() - began):.0f} ms")
            _pages(client)
        print(f"memory of the server {_memory(server.pid)} MB")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def _pages(client: httpx.Client) -> None:
    ids = re.findall(r"/incident/(i-\w+)", client.get("/list").text)
    reports = re.findall(r"/report/(r-\w+)", client.get(f"/incident/{ids[0]}").text)
    rng = random.Random(1)
    pages: dict[str, Callable[[], str]] = {
        "overview": lambda: f"/?{rng.choice(QUERIES)}&_={rng.random()}",
        "list": lambda: f"/list?{rng.choice(QUERIES)}&after={rng.randrange(0, 5000, 40)}",
        "map": lambda: f"/map.json?{rng.choice(QUERIES)}&view={rng.choice(VIEWS)}",
        "timeline": lambda: f"/timeline.json?{rng.choice(QUERIES)}",
        "fresh filter": lambda: f"/list?first=2020-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "incident": lambda: f"/incident/{rng.choice(ids)}",
        "report": lambda: f"/report/{rng.choice(reports)}",
        "review": lambda: "/review",
        "sources": lambda: "/sources",
        "about": lambda: "/about",
        "api": lambda: f"/api/incidents?{rng.choice(QUERIES)}&limit=50",
    }
    print(f"{'page':14} {'median ms':>10} {'p95 ms':>8}")
    for name, address in pages.items():
        took = []
        for _ in range(ROUNDS * 3):
            began = time.perf_counter()
            assert client.get(address()).status_code == 200
            took.append(1000 * (time.perf_counter() - began))
        cuts = statistics.quantiles(took, n=20)
        print(f"{name:14} {statistics.median(took):10.0f} {cuts[-1]:8.0f}")


def crowd(folder: Path, seconds: int) -> None:
    """Let 50 readers and 5 writers at the desk; no error, and no decision is lost."""
    server = serve(folder)
    before = len(journal.read(Workspace(folder).journal))
    listing = httpx.get(f"{HOME}/list", timeout=60).text
    ids = sorted(set(re.findall(r"/incident/(i-\w+)", listing)))
    ends = time.monotonic() + seconds
    errors: list[str] = []
    read, sent, refused = [0] * READERS, [0] * WRITERS, [0] * WRITERS

    def reader(me: int) -> None:
        rng = random.Random(me)
        paths = ("/", "/list?kind=crowd", "/map.json", "/timeline.json", "/review", "/sources")
        with httpx.Client(base_url=HOME, timeout=120) as client:
            while time.monotonic() < ends:
                path = rng.choice([*paths, f"/incident/{rng.choice(ids)}"])
                status = client.get(path).status_code
                read[me] += 1
                if status != 200:
                    errors.append(f"{path}: {status}")

    def writer(me: int) -> None:
        rng = random.Random(1000 + me)
        with httpx.Client(base_url=HOME, timeout=120, headers={"Origin": HOME}) as client:
            while time.monotonic() < ends:
                incident = rng.choice(ids)
                seen = client.get(f"/api/incidents/{incident}").json()["seen"]
                verb = rng.choice(("accept", "reject", "note"))
                wanted = {"incident": incident, "verb": verb, "seen": seen, "reason": f"w{me}"}
                status = client.post("/api/decisions", json=wanted).status_code
                sent[me] += status == 201
                refused[me] += status == 409
                if status not in (201, 409):
                    errors.append(f"decision: {status}")

    work = [threading.Thread(target=reader, args=(n,)) for n in range(READERS)]
    work += [threading.Thread(target=writer, args=(n,)) for n in range(WRITERS)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    kept = len(journal.read(Workspace(folder).journal)) - before
    print(f"{seconds} s: {sum(read):,} pages read, {sum(sent):,} decisions written,")
    print(f"{sum(refused):,} refused since somebody was first, {len(errors)} errors {errors[:3]}")
    print(
        f"journal holds {kept:,} of {sum(sent):,}: {'none' if kept == sum(sent) else 'SOME'} lost"
    )
    print(f"memory of the server {_memory(server.pid)} MB")
    server.send_signal(signal.SIGINT)
    server.wait(20)


def _memory(process: int) -> int:
    """Return the peak resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def main() -> None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    builder = commands.add_parser("build")
    builder.add_argument("size", type=int)
    builder.add_argument("folder", type=Path)
    for name in ("measure", "crowd"):
        asker = commands.add_parser(name)
        asker.add_argument("folder", type=Path)
        asker.add_argument("--seconds", type=int, default=300)
    given = parser.parse_args()
    if given.command == "build":
        build(given.size, given.folder)
    elif given.command == "measure":
        measure(given.folder)
    else:
        crowd(given.folder, given.seconds)


if __name__ == "__main__":
    main()

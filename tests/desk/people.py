"""A workspace in which a minor, a suspect, a witness and a home stand wherever names can stand."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tests.desk.workspace import ONTOLOGY
from tocsin import linking
from tocsin.desk.state import Desk
from tocsin.ids import append_ledger
from tocsin.model import (
    Account,
    Acquired,
    Act,
    Actor,
    Attribution,
    Claim,
    Coded,
    Evidence,
    Kind,
    Outlet,
    Published,
    Reject,
    Report,
    Run,
    Statement,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace
from tocsin.terms import Handling

MINOR, SUSPECT, WITNESS = "Ilka Morvan", "Dov Hasker", "Petra Quill"
STREET = "her home at 118 Tanner Row"
SPOKEN = "“I saw Dov Hasker run,”"
SECRET = "Operation Kestrel"  # what only the sealed report tells
# What must never be read in any output, in small letters: whole names, surnames, the street.
NEVER = ("morvan", "hasker", "quill", "tanner row", "tanner-row", "118 tanner")

TEXT = (
    f"Dov Hasker held after Ilka Morvan, 12, is shot.\n\n"
    f"A man shot at {STREET} in Toledo on Monday, 6 January 2020. Ilka Morvan, 12, was injured. "
    f"“I saw Dov Hasker run,” said Petra Quill, a witness. MORVAN was taken to hospital. "
    f"Hasker has not been charged. Petra Quill told Ilka's mother."
)


def _claim(report: Report, slot: str, value: Value, quote: str, said: Attribution) -> Claim:
    start = report.text.index(quote)
    evidence = Evidence(
        report=report.id,
        text_digest=report.text_digest,
        start=start,
        end=start + len(quote),
        quote=quote,
    )
    return Claim(
        id=f"c-{report.id[2:]}-{slot}-{start}",
        slot=slot,
        value=value,
        evidence=(evidence,),
        attribution=said,
        reading_confidence=0.9,
        coder="made-up",
    )


def _report(name: str, text: str, handling: Handling, title: str) -> Report:
    slug = title.lower().replace(" ", "-")
    return Report(
        id=f"r-{name * 16}"[:18],
        outlet=Outlet(id=f"o-{name}", name=f"Outlet {name}", domain=f"{name}.example"),
        url=f"https://{name}.example/2020/{slug}",
        title=title,
        byline="By Petra Quill",
        text=text,
        published=Published(value="2020-01-07T09:00:00+00:00", basis="stated", precision="minute"),
        dateline="TOLEDO",
        acquired=Acquired(at="2020-01-07T10:00:00+00:00", address=f"https://{name}.example/{slug}"),
        handling=handling,
        text_digest=f"digest-{name}",
        raw_digest=f"raw-{name}",
        source=f"inbox/{slug}.html",
    )


def _account(report: Report, *, secret: bool) -> Account:
    plain = Attribution()
    seen = Attribution(speaker=WITNESS, speaker_kind="witness", certainty="alleged")
    where = Where(
        words=STREET, name=STREET, city="Toledo", admin1="Ohio", country="US", lat=41.65123,
        lon=-83.53678, precision="site", radius_km=0.1,
    )  # fmt: skip
    when = When(
        words="Monday", start="2020-01-06T00:00:00-05:00", end="2020-01-07T00:00:00-05:00",
        precision="day",
    )  # fmt: skip
    values: list[tuple[str, Value, str, Attribution]] = [
        ("kind", Kind(name="armed_attack", words="shot"), "shot", seen),
        ("when", when, "Monday", plain),
        ("where", where, STREET, plain),
        ("victim", Victim(words=MINOR, name=MINOR, age=12), MINOR, plain),
        ("actor", Actor(words=SUSPECT, name=SUSPECT, role="actor", private=True), SUSPECT, seen),
        ("act", Act(what="shooting", words="shot", actor=SUSPECT, target=MINOR), "shot", seen),
    ]
    if SPOKEN in report.text:
        values.append(("statement", Statement(words=SPOKEN, form="direct"), SPOKEN, seen))
    if secret:
        teller = Actor(words=SECRET, role="speaker", name=SECRET)
        values.append(("statement", Statement(words=SECRET, speaker=teller), SECRET, plain))
    claims = tuple(_claim(report, *value) for value in values)
    return Account(
        id=f"a-{report.id[2:]}", report=report.id, kind="armed_attack", status="new",
        anchor=claims[0].evidence[0], claims=claims,
    )  # fmt: skip


def make_people(folder: Path, level: Handling = "public") -> Desk:
    """Return a desk over one public, one sealed and one wholly restricted telling."""
    public = _report("p", TEXT, "public", f"{SUSPECT} held after {MINOR} is shot")
    sealed = _report("s", f"{TEXT} {SECRET}.", "sealed", f"{SECRET} and {MINOR}")
    apart = _report("t", TEXT.replace("Toledo", "Macon"), "restricted", f"{WITNESS} speaks")
    older = _report("p", TEXT.replace("Monday", "Sunday"), "public", f"{MINOR} is shot")
    older = replace(older, text_digest="digest-old")
    oldest = replace(older, text=SECRET, text_digest="digest-oldest", handling="sealed")
    reports = {report.id: report for report in (public, sealed, apart)}
    accounts = [_account(report, secret=report is sealed) for report in reports.values()]
    accounts[2] = _moved(accounts[2])
    workspace = Workspace(folder)
    with workspace.add_reports() as appender:
        for report in (oldest, older, *reports.values()):
            appender.add(report)
    with workspace.add_coded() as appender:
        for account in accounts:
            mark = reports[account.report].text_digest
            appender.add(
                Coded(report=account.report, text_digest=mark, coder="made-up", accounts=(account,))
            )
    workspace.replace_rejects(
        [Reject(stage="read", code="empty", message="Empty.", advice="Look.", where="inbox/a.html")]
    )
    workspace.add_run(
        Run(at="2020-01-07T11:00:00+00:00", inputs=("inbox",), settings_digest="s",
            ontology_version="1", models={}, cpu="x", counters={})
    )  # fmt: skip
    linked = linking.link(accounts, reports, ontology=ONTOLOGY)
    append_ledger(workspace.ids, linked.issued)
    store = Store.open(workspace.store)
    store.save(
        reports=reports.values(), versions=[oldest, older, *reports.values()], accounts=accounts,
        incidents=linked.incidents, ontology=ONTOLOGY,
    )  # fmt: skip
    return Desk(Settings(user="Ada", handling=level), workspace, store, ONTOLOGY, "Ada")


def _moved(account: Account) -> Account:
    """Return the telling of another town a month later, which never joins the first one."""
    claims = []
    for claim in account.claims:
        value = claim.value
        if isinstance(value, Where):
            value = replace(value, city="Macon", admin1="Georgia", lat=32.84, lon=-83.63)
        if isinstance(value, When):
            value = replace(
                value, start="2020-03-02T00:00:00-05:00", end="2020-03-03T00:00:00-05:00"
            )
        claims.append(replace(claim, value=value))
    return replace(account, claims=tuple(claims))

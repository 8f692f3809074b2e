"""The rules of the records, proved over the samples: evidence, cuts, independence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin import code, records
from tocsin.intake import Options, finish, read
from tocsin.model import Coded, RawReport, Report
from tocsin.run.local import code_all
from tocsin.settings import from_environment

SAMPLES = Path(__file__).parent.parent / "samples"
FURNITURE = (
    "Read also: Police shoot man in Springfield, dozens arrested",
    "Click to support us by donating. Advertise with us.",
    "Sign up for our newsletter: a bomb killed ten, get the news first",
)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    found = [record for record in read([str(SAMPLES)]) if isinstance(record, Report)]
    assert len(found) >= 30
    return found


def coded(report: Report) -> bytes:
    return records.write(
        Coded(report=report.id, text_digest=report.text_digest, coder="t", accounts=code(report))
    )


def test_every_claim_has_its_words_outside_every_cut(reports: list[Report]) -> None:
    for report in reports:
        for account in code(report):
            for claim in account.claims:
                assert claim.evidence
                for evidence in claim.evidence:
                    assert report.text[evidence.start : evidence.end] == evidence.quote != ""
                    inside = [
                        cut
                        for cut in report.cuts
                        if cut.start < evidence.end and evidence.start < cut.end
                    ]
                    assert not inside, (report.source, claim.slot, evidence.quote)


def test_a_report_is_coded_alone_as_in_a_batch_of_32(reports: list[Report]) -> None:
    batch = reports[:32]
    together = [
        records.write(c) for c in code_all(batch, from_environment()) if isinstance(c, Coded)
    ]
    assert len(together) == 32
    turned = [
        records.write(c) for c in code_all(batch[::-1], from_environment()) if isinstance(c, Coded)
    ]
    assert turned[::-1] == together
    assert _alone(batch[-1]) == together[-1]


def _alone(report: Report) -> bytes:
    """The coding of a report by a process that reads nothing else."""
    command = "from tocsin.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", command, "code", "-"],
        input=records.write(report),
        capture_output=True,
        check=True,
    )
    return run.stdout.strip()


def test_coding_again_keeps_every_account_id(reports: list[Report]) -> None:
    for report in reports[:10]:
        first = [account.id for account in code(report)]
        assert len(set(first)) == len(first)
        moved = msgspec.structs.replace(report, acquired=None)
        assert [account.id for account in code(moved)] == first


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(position=st.integers(0, 3), line=st.sampled_from(FURNITURE))
def test_page_furniture_changes_no_incident(position: int, line: str) -> None:
    paragraphs = [
        "LANSING, Mich. (Harbor Courier) - About 80 people marched to the courthouse on Friday.",
        "Police arrested two of them, the sheriff said.",
        "The march had been called by a tenants' union.",
    ]
    plain = {account.kind for account in code(report_of(paragraphs))}
    paragraphs.insert(position, line)
    assert {account.kind for account in code(report_of(paragraphs))} == plain


def report_of(paragraphs: list[str]) -> Report:
    raw = RawReport(
        content="\n\n".join(paragraphs).encode(), source="test", media_type="text/plain"
    )
    report = finish(raw, Options(published="2024-05-06"))
    assert isinstance(report, Report)
    return report

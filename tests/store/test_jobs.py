"""A long job leaves a file that says how far it is, and stops when somebody asks it to."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tocsin.errors import StoreError
from tocsin.store.jobs import Job, Jobs, Stopped, alone, running


def clock() -> float:
    """Return a time that passes by a second whenever somebody looks."""
    clock.now += 1.0  # type: ignore[attr-defined]
    return float(clock.now)  # type: ignore[attr-defined]


clock.now = 0.0  # type: ignore[attr-defined]


def job(**fields: object) -> Job:
    return Job(id="a1", what="run", by="Ada", started="2020-01-01", **fields)  # type: ignore[arg-type]


def now() -> str:
    return "2020-01-01T00:00:00+00:00"


def test_a_job_says_how_far_it_is_and_how_it_ended(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    with running(jobs, job(), clock=clock, now=now) as step:
        step("code", 3, 10)
        [found] = jobs.all()
        assert (found.state, found.stage, found.done, found.total) == ("running", "code", 3, 10)
        step.note(message="3 new reports")
    [found] = jobs.all()
    assert (found.state, found.ended, found.message) == ("done", now(), "3 new reports")


def test_a_job_stops_at_its_next_step_when_asked(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    done = []
    with pytest.raises(Stopped), running(jobs, job(), clock=clock, now=now) as step:
        for number in range(10):
            step("code", number)
            done.append(number)
            if number == 2:
                assert jobs.stop("a1")
    assert done == [0, 1, 2]
    assert jobs.all()[0].state == "stopped"
    assert not jobs.is_stopping("a1")
    assert not jobs.stop("a1"), "an ended job cannot be stopped"


@pytest.mark.parametrize(
    ("error", "state"), [(StoreError("full"), "failed"), (KeyboardInterrupt(), "stopped")]
)
def test_a_job_that_breaks_off_says_so(tmp_path: Path, error: BaseException, state: str) -> None:
    jobs = Jobs(tmp_path)
    with pytest.raises(type(error)), running(jobs, job(), clock=clock, now=now):
        raise error
    assert jobs.all()[0].state == state


def test_a_job_whose_process_is_gone_is_lost(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    jobs.write(job(state="running", process=2**22 + 1))
    assert jobs.all()[0].state == "lost"


@pytest.mark.parametrize("name", ["../journal", "a1/../b", "", "x.json"])
def test_an_id_leads_to_no_other_file(tmp_path: Path, name: str) -> None:
    jobs = Jobs(tmp_path / "work")
    assert jobs.get(name) is None
    assert not jobs.stop(name)
    assert list(tmp_path.iterdir()) == []


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    lock, held, ended = tmp_path / "lock", threading.Event(), threading.Event()

    def hold() -> None:
        with alone(lock):
            held.set()
            ended.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with pytest.raises(StoreError, match="Nothing was written"), alone(lock, wait=lambda: False):
        pass
    ended.set()
    holder.join()
    with alone(lock, wait=lambda: False):
        pass

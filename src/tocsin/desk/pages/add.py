"""Add: reports dropped, pasted or named by their address become a job with progress."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from tocsin.desk import jobs
from tocsin.desk.pages.review import now
from tocsin.desk.problems import problem
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.store.jobs import Job
from tocsin.store.levels import LEVELS
from tocsin.terms import Handling

_MOST = 200  # files of one form; a folder of more is for the command
_SHOWN = 12

routes = APIRouter(include_in_schema=False)


class Given(BaseModel):
    """What the form sends; empty fields were not filled."""

    files: list[UploadFile] = []
    text: str = ""
    addresses: str = ""
    outlet: str = Field("", max_length=200)
    published: str = Field("", max_length=40)
    handling: Handling = "public"


@routes.get("/add")
def page(request: Request) -> Response:
    """Show the form and the jobs of this workspace."""
    return render(request, "add.html", {"levels": LEVELS, **listed(request)})


@routes.get("/add/jobs")
def part(request: Request) -> Response:
    """Return the list of jobs, which news of a job renews."""
    return render(request, "part_jobs.html", listed(request))


@routes.post("/add")
def start(
    request: Request, form: Annotated[Given, Form(media_type="multipart/form-data")]
) -> Response:
    """Start to read what the form holds."""
    desk: Desk = request.app.state.desk
    files = [file for file in form.files if file.filename]
    addresses = [line.strip() for line in form.addresses.splitlines() if line.strip()]
    wrong = [line for line in addresses if not line.startswith(("http://", "https://"))]
    if wrong:
        return problem(request, 422, "address", f"This is no web address: {wrong[0][:120]}")
    if not (files or addresses or form.text.strip()) or len(files) > _MOST:
        message = f"Give some text, an address or files: {_MOST} at most."
        return problem(request, 422, "nothing", message)
    identifier, folder = desk.starter.inbox()
    kept = _keep(folder, files, form.text)
    options = jobs.options_of(outlet=form.outlet, published=form.published, handling=form.handling)
    desk.starter.read(identifier, now(), [*kept, *addresses], options)
    return RedirectResponse("/add", 303)


def _keep(folder: Path, files: Sequence[UploadFile], text: str) -> list[str]:
    """Write what was given into a job's folder; return the paths."""
    paths = []
    for position, file in enumerate(files, 1):
        path = folder / jobs.safe_name(file.filename or "", position)
        with path.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        paths.append(str(path))
    if text.strip():
        pasted = folder / "pasted.txt"
        pasted.write_text(text.replace("\r\n", "\n"), "utf-8")
        paths.append(str(pasted))
    return paths


@routes.post("/add/rebuild")
def rebuild(request: Request) -> Response:
    """Start to make the store again from its files."""
    desk: Desk = request.app.state.desk
    desk.starter.rebuild(now())
    return RedirectResponse("/add", 303)


@routes.post("/add/{identifier}/stop")
def stop(request: Request, identifier: str) -> Response:
    """Ask a job to stop."""
    desk: Desk = request.app.state.desk
    if not desk.starter.stop(identifier):
        raise HTTPException(404, "This job does not run any more.")
    return RedirectResponse("/add", 303)


@routes.post("/add/{identifier}/again")
def again(request: Request, identifier: str) -> Response:
    """Start an ended job anew."""
    desk: Desk = request.app.state.desk
    if not desk.starter.again(identifier, now()):
        raise HTTPException(404, "This job cannot be started again.")
    return RedirectResponse("/add", 303)


def listed(request: Request) -> dict[str, object]:
    """Return the jobs with what is said of each; their inputs may name people and are not shown."""
    desk: Desk = request.app.state.desk
    found = desk.starter.jobs.all()[:_SHOWN]
    return {"jobs": [(job, jobs.words(job), _name(job)) for job in found]}


def _name(job: Job) -> str:
    return "Rebuild" if job.what == "rebuild" else "Reports added"

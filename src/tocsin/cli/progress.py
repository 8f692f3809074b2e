"""A progress line on stderr for people; nothing when the output is piped."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_WORDS = {
    "read": "Reading reports",
    "code": "Reading incidents",
    "link": "Linking",
    "save": "Saving",
}


class Steps:
    """Shows the stage that runs and how many reports it has done."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            TextColumn("{task.completed:,.0f}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not Console(stderr=True).is_terminal,
        )
        self._stage = ""

    def __enter__(self) -> Steps:
        """Start to draw."""
        self._progress.start()
        return self

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Show a stage's progress."""
        if stage != self._stage:
            self._stage = stage
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._progress.add_task(_WORDS.get(stage, stage), total=None)
        for task in self._progress.task_ids:
            self._progress.update(task, completed=done, total=total)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Clear the line."""
        self._progress.stop()

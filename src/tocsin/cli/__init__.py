"""The `tocsin` command: each subcommand is a module here, loaded when it is called."""

from __future__ import annotations

import signal
import sys
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from tocsin.errors import TocsinError

# Name, module and one line each: `tocsin --help` shows these without loading any module.
COMMANDS = {
    "run": "Read, code, link and store reports; print a table of incidents.",
    "read": "Read inputs into report records.",
    "code": "Code report records into account records.",
    "link": "Link account records into incident records.",
    "list": "List the incidents of a workspace.",
    "show": "Show one incident or report with the words behind each value.",
    "desk": "Open the desk in the browser.",
    "export": "Write incidents in another format.",
    "merge": "Decide that incidents are one.",
    "split": "Decide that an account belongs elsewhere.",
    "set": "Correct a value, accept, reject, verify or note.",
    "journal": "Show, check, export and import decisions.",
    "rebuild": "Make the store again from its sources.",
    "doctor": "Check what is installed, versions and licences.",
    "bench": "Write predictions for a benchmark task.",
}


class _Commands(click.Group):
    """A group that imports a subcommand's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import a command's module and return its command."""
        if name not in COMMANDS:
            return None
        command = import_module(f"tocsin.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a path instead of one gets the advice to use `run`."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            meant = f"tocsin {near[0]}" if near else f"to process files, tocsin run {args[0]}"
            ctx.fail(
                f"No such command '{args[0]}'. Perhaps you mean: {meant}. "
                "All commands: tocsin --help"
            )
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tocsin")
@click.option("--traceback", is_flag=True, help="Show the whole traceback of an error.")
def cli(traceback: bool) -> None:
    """Turn news reports into incident records that can be defended.

    Start with: tocsin run REPORTS…
    """


def main() -> None:
    """Run the command line: exit 0 done, 1 error, 2 usage, 3 done with rejects (--strict)."""
    interrupts: list[int] = []
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, partial(_interrupt, interrupts))
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _stop()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except TocsinError as error:
        if "--traceback" in sys.argv:
            raise
        click.echo(f"tocsin: {error} [{error.code}]", err=True)
        sys.exit(1)
    except OSError as error:
        if "--traceback" in sys.argv or not error.strerror:
            raise
        named = f"{error.filename}: " if error.filename else ""
        click.echo(f"tocsin: {named}{error.strerror}. [system]", err=True)
        sys.exit(1)
    except ImportError:
        # Compiled packages that are stopped while they load say that they cannot be imported.
        if not interrupts:
            raise
        _stop()


def _interrupt(seen: list[int], number: int, _: FrameType | None) -> NoReturn:
    seen.append(number)
    raise KeyboardInterrupt


def _stop() -> NoReturn:
    click.echo("Stopped. What was finished is kept; run the same command to go on.", err=True)
    sys.exit(130)

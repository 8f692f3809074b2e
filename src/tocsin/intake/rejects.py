"""Why something was not read: one stable code, message and advice for each reason."""

from __future__ import annotations

from tocsin.model import Reject

STAGE = "read"

# code: (what is wrong, what to do next)
REASONS: dict[str, tuple[str, str]] = {
    "missing": ("There is no such file or folder.", "Check the name."),
    "unreadable": ("The file cannot be read.", "Check its permissions and the disk."),
    "changed": (
        "The file changed while it was read.",
        "Run again when nothing writes to it any more.",
    ),
    "empty": ("There is nothing in it.", "Remove it, or fetch it again."),
    "no-reports": (
        "The folder holds no file that can be read as a report.",
        "Name another folder, or see the list of formats in docs/inputs.md.",
    ),
    "binary": (
        "This is no text, page, table, feed or archive that Tocsin knows.",
        "See the list of formats in docs/inputs.md.",
    ),
    "encoding": (
        "The bytes are not valid UTF-8 and no encoding is declared.",
        "Convert it to UTF-8, or name the encoding with --encoding.",
    ),
    "too-large": (
        "It is larger than the limit.",
        "Split it, or raise `largest_megabytes` in the settings.",
    ),
    "not-json": ("This is not a JSON object.", "Mend the line; each must be one object."),
    "no-text": (
        "There is no text in it.",
        'A record needs a field "text", "body" or "html" with words in it.',
    ),
    "no-body": (
        "No article text was found in the page.",
        "Save the page again, or paste its text.",
    ),
    "language": (
        "The language has no support yet.",
        "Translate the report, or leave it out; nothing is guessed.",
    ),
    "record": ("This Tocsin record is no report.", "Hand in reports as `tocsin read` writes them."),
    "no-columns": (
        "No column of the table looks like the text of a report.",
        "Name it: --column text=NAME.",
    ),
    "no-column": (
        "The table has no column of the name that was given.",
        "Name one of its columns: --column FIELD=NAME.",
    ),
    "row": ("The row does not fit the table's header.", "Mend the row; the others were read."),
    "truncated": ("The end is missing.", "Fetch or copy it again; what came before was read."),
    "corrupt": ("The file is damaged.", "Fetch or copy it again; the rest was read."),
    "revisit": (
        "The capture repeats a page that is not in this archive.",
        "Add the archive that holds the page.",
    ),
    "encrypted": ("The file is protected by a password.", "Save it without the password."),
    "nested": (
        "Archives lie inside archives, deeper than the limit.",
        "Unpack the outer ones first.",
    ),
    "bomb": (
        "It unpacks to far more than any real text does.",
        "Unpack it yourself if you trust it, and name the folder.",
    ),
    "cap-not-actual": (
        "The alert is an exercise, a test or a draft.",
        "Nothing to do: only Actual alerts are reports.",
    ),
    "cap-not-public": (
        "The alert is not addressed to the public.",
        "Nothing to do: only Public alerts are reports.",
    ),
    "extra": (
        "Excel, PDF and Word files need packages that are not installed.",
        "Install them with: pip install 'tocsin[documents]'.",
    ),
    "address": ("This address cannot be fetched.", "Only http and https addresses are fetched."),
    "private-address": (
        "The address leads to a private or local machine.",
        "Allow it with --allow-private if you mean it.",
    ),
    "robots": ("The site asks robots not to read this page.", "Save the page in a browser."),
    "fetch": ("The address could not be fetched.", "Try again later."),
    "http-status": ("The server answered with an error.", "Open the address in a browser."),
    "redirects": ("The address redirects too often.", "Name the final address."),
}


def reject(code: str, where: str, detail: str = "") -> Reject:
    """Return the reject of a reason at a place; `detail` says what exactly was met."""
    message, advice = REASONS[code]
    if detail:
        message = f"{message[:-1]}: {detail.rstrip('.')}."
    return Reject(stage=STAGE, code=code, message=message, advice=advice, where=where)


def more_than(limit: int) -> str:
    """Return a limit as a detail of a reject says it."""
    return f"more than {limit >> 20} MB" if limit >= 1 << 20 else f"more than {limit:,} bytes"

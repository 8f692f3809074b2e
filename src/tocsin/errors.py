"""The errors a caller can meet; each says what, where and what to do next.

TocsinError
 ├─ ConfigError      a setting is wrong
 ├─ OntologyError    an ontology file contradicts itself
 ├─ InputError       something named on the command line cannot be used at all
 ├─ StoreError       the store cannot be opened, read or written
 │   └─ OlderStore   its tables are of an older version
 ├─ JournalError     the journal was cut, changed or belongs elsewhere
 └─ MissingExtra     a feature needs a package of an extra that is not installed

Bad reports in a batch are no errors but `Reject` records; the rest of the batch goes on.
"""

from __future__ import annotations


class TocsinError(Exception):
    """Base of all errors of this package, with a stable `code` and `advice`."""

    code = "error"

    def __init__(self, message: str, *, advice: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.advice = advice
        self.code = code or type(self).code

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} {self.advice}" if self.advice else message


class ConfigError(TocsinError):
    """A setting is wrong or of the wrong type."""

    code = "config"


class OntologyError(TocsinError):
    """An ontology file contradicts itself or another one."""

    code = "ontology"


class InputError(TocsinError):
    """An input cannot be used at all, for example a folder that does not exist."""

    code = "input"


class StoreError(TocsinError):
    """The store cannot be opened, read or written."""

    code = "store"


class OlderStore(StoreError):
    """The store's tables are those of an older version: a rebuild brings them up to date."""


class JournalError(TocsinError):
    """The journal was cut, changed, or belongs to another workspace."""

    code = "journal"


class MissingExtra(TocsinError):
    """A feature needs a package that only an extra installs."""

    code = "missing-extra"

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed.",
            advice=f"Install them with: pip install 'tocsin[{extra}]'",
        )

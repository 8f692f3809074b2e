"""Search in words and names: FTS5 in SQLite, text search in PostgreSQL; only masked text is in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, text

# A search that matches more is cut off at the newest: nobody pages through 50,000 hits, and
# fetching that many numbers takes about 40 ms.
MOST = 50_000

_WORD = re.compile(r"\w+", re.UNICODE)

_CREATE = {
    "sqlite": "CREATE VIRTUAL TABLE IF NOT EXISTS incident_words USING fts5("
    "words, names, tokenize='unicode61 remove_diacritics 2', prefix='3')",
    "postgresql": "CREATE TABLE IF NOT EXISTS incident_words ("
    "rowid integer PRIMARY KEY, words text, names text)",
}
_FIND = {
    "sqlite": "SELECT rowid FROM incident_words WHERE incident_words MATCH :query "
    "ORDER BY rowid DESC LIMIT :most",
    "postgresql": "SELECT rowid FROM incident_words WHERE "
    "to_tsvector('simple', words || ' ' || names) @@ to_tsquery('simple', :query) "
    "ORDER BY rowid DESC LIMIT :most",
}


def create(connection: Connection) -> None:
    """Make the search table when there is none."""
    connection.execute(text(_CREATE[connection.dialect.name]))


def drop(connection: Connection) -> None:
    """Remove the search table."""
    connection.execute(text("DROP TABLE IF EXISTS incident_words"))


def add(connection: Connection, entries: Iterable[tuple[int, str, str]]) -> None:
    """Add the words and names of incidents by number."""
    rows = [{"n": n, "words": words, "names": names} for n, words, names in entries]
    if rows:
        statement = "INSERT INTO incident_words (rowid, words, names) VALUES (:n, :words, :names)"
        connection.execute(text(statement), rows)


def remove(connection: Connection, numbers: Iterable[int]) -> None:
    """Remove incidents by number."""
    rows = [{"n": n} for n in numbers]
    if rows:
        connection.execute(text("DELETE FROM incident_words WHERE rowid = :n"), rows)


def find(connection: Connection, wanted: str) -> list[int] | None:
    """Return the numbers of incidents that hold all words, or None when no word was given."""
    query = _query(connection.dialect.name, wanted)
    if query is None:
        return None
    found = connection.execute(text(_FIND[connection.dialect.name]), {"query": query, "most": MOST})
    return [row[0] for row in found]


def _query(dialect: str, wanted: str) -> str | None:
    """Turn what a person typed into a query: every word, the last one as a beginning."""
    words = _WORD.findall(wanted.lower())
    if not words:
        return None
    if dialect == "sqlite":
        return " ".join(f'"{word}"' for word in words) + "*"
    return " & ".join(words) + ":*"

"""Originals: the bytes as they came, compressed and named by digest."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

from tocsin.ids import digest


def keep_original(folder: Path) -> Callable[[bytes], str]:
    """Return the function that keeps bytes in a folder once, and returns their digest."""

    def keep(content: bytes) -> str:
        name = digest(content)
        path = original_path(folder, name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}.new")
            fresh.write_bytes(gzip.compress(content, compresslevel=6, mtime=0))
            fresh.replace(path)
        return name

    return keep


def read_original(folder: Path, name: str) -> bytes | None:
    """Return kept bytes by their digest, None when they were not kept."""
    path = original_path(folder, name)
    return gzip.decompress(path.read_bytes()) if path.exists() else None


def original_path(folder: Path, name: str) -> Path:
    """Return where the bytes of a digest lie: 256 folders, so that none grows too long."""
    return folder / name[:2] / f"{name}.gz"

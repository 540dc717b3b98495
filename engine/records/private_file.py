"""Writes what is private to a file: whole or not at all, and for its owner only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_private(path: Path, text: str, *, replace: bool = False) -> None:
    """Writes the text as UTF-8, readable and writable by the owner and nobody else.

    Whoever looks at the path sees the old file or the new one, never a part. Raises
    FileExistsError where something is there that is not to be replaced, or is no file, and OSError.
    """
    if replace:
        path = Path(os.path.realpath(path))
        replace = path.is_file()  # a device must not become a file
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".legtriage-")  # for the owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(made, path)
        else:
            _link(made, path)
    finally:
        Path(made).unlink(missing_ok=True)


def _link(made: str, path: Path) -> None:
    """Gives the file its name, unless that is taken."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as a memory stick's
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.replace(made, path)

"""A file that is written is whole, private, and replaces nothing unasked."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from engine.records.private_file import write_private


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("replace", [False, True])
def test_a_file_is_for_its_owner_only_whatever_the_mask(tmp_path: Path, replace: bool) -> None:
    path = tmp_path / "report.html"
    if replace:
        path.write_text("old", encoding="utf-8")
        path.chmod(0o644)
    mask = os.umask(0)
    try:
        write_private(path, "Ω\n", replace=replace)
    finally:
        os.umask(mask)
    assert path.read_bytes() == "Ω\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert left_over(tmp_path) == ["report.html"]


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_private(path, "new")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "dangling", "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert left_over(tmp_path) == ["dangling", "report.html"]


def test_a_link_is_followed_and_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_private(tmp_path / "link", "new", replace=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(FileExistsError):
            write_private(tmp_path / name, "new", replace=True)
    assert left_over(tmp_path) == ["file", "folder", "link", "pipe"]


def test_where_it_cannot_be_written_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "a lone \ud800")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_private(path, "new", replace=True)
    assert path.read_text(encoding="utf-8") == "old"
    assert left_over(tmp_path) == ["report.html"]


def test_without_hard_links_the_promises_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(made: str, path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    write_private(tmp_path / "report.html", "new")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "report.html", "newer")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "new"
    assert left_over(tmp_path) == ["report.html"]

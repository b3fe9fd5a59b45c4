"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

HEAD = 1024
# Kind → how its files begin. Text of any sort has no such mark.
_SIGNATURES = (
    ("pdf", (b"%PDF-",)),
    ("png", (b"\x89PNG\r\n\x1a\n",)),
    ("jpg", (b"\xff\xd8\xff",)),
    ("tif", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    ("gz", (b"\x1f\x8b",)),
    ("parquet", (b"PAR1",)),
    ("zip", (b"PK\x03\x04", b"PK\x05\x06")),
    ("doc", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    ("program", (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")),
    ("rar", (b"Rar!\x1a\x07",)),
    ("7z", (b"7z\xbc\xaf\x27\x1c",)),
    ("gif", (b"GIF87a", b"GIF89a")),
)
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
# Ending → the kinds that its files may be; None is text without a mark.
_FITTING: dict[str, frozenset[str | None]] = {
    ".txt": frozenset({None}),
    ".md": frozenset({None}),
    ".jsonl": frozenset({None}),
    ".csv": frozenset({None}),
    ".gz": frozenset({"gz"}),
    ".html": frozenset({None, "html"}),
    ".htm": frozenset({None, "html"}),
    ".parquet": frozenset({"parquet"}),
    ".docx": frozenset({"docx"}),
    ".zip": frozenset({"zip"}),
    ".pdf": frozenset({"pdf"}),
    ".png": frozenset({"png"}),
    ".jpg": frozenset({"jpg"}),
    ".jpeg": frozenset({"jpg"}),
    ".tif": frozenset({"tif"}),
    ".tiff": frozenset({"tif"}),
}


def kind_of(path: Path) -> str | None:
    """The kind of a file by its content, or None where it is text or nothing known."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for kind, starts in _SIGNATURES:
        if head.startswith(starts):
            return _zipped(path) if kind == "zip" else kind
    if b"%PDF-" in head:
        # A PDF may have other bytes before it.
        return "pdf"
    return "html" if _WEB_PAGE.match(head) else None


def _zipped(path: Path) -> str:
    """docx or zip: a Word file is an archive with its document in a place of its own."""
    try:
        with ZipFile(path) as archive:
            return "docx" if "word/document.xml" in archive.namelist() else "zip"
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        # Damaged beyond its first bytes; the reader says where.
        return path.suffix.lower().lstrip(".") if path.suffix.lower() == ".docx" else "zip"


def contradiction(path: Path, name: str) -> str | None:
    """Why the content of `path` belies the ending of `name`, and what to do; None where not."""
    ending = Path(name).suffix.lower()
    kind = kind_of(path)
    if kind in _FITTING.get(ending, frozenset({kind})):
        return None
    if kind is None:
        return (
            None
            if path.stat().st_size == 0
            else f"is no {ending} file by its content; save it as one"
        )
    if kind == "program":
        return "is a program, not a newspaper; nothing of it was run"
    if any(kind in kinds for kinds in _FITTING.values()):
        return f"is a {kind} file by its content, but ends in {ending}; rename it to .{kind}"
    return (
        f"is a {kind} file by its content, but ends in {ending}; save it as one of the kinds that "
        "can be read"
    )

"""What a visitor dropped: checked by name, size and number, and stored under names of ours."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from etl.intake.limits import Limits
from etl.sources import Defaults, is_supported

MANIFEST, FILES = "manifest.json", "files"
LONGEST_NAME = 80
LONGEST_ENDING = 16
_UNSAFE = re.compile(r"[^\w.()（）《》\-]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


class Refused(Exception):  # noqa: N818 - it is an outcome, not a fault of the program
    """A file that was not taken; `why` is a key of the interface's texts, `values` fill it."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was given: its name for people, where it lies, and what its giver says."""

    number: int
    name: str
    file: str
    sha256: str
    size: int
    publication: str | None = None
    issue_date: str | None = None
    page: int | None = None

    @property
    def said(self) -> Defaults:
        """What holds where the file itself does not say."""
        return Defaults(self.issue_date, self.publication, self.page)


class Dropped:
    """The files of one visit in their folder; every call leaves a whole manifest behind."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.given = load(folder)

    def take(self, name: str, data: bytes, said: Defaults) -> Given:
        """Store one file; raises Refused where it breaks a limit or is here already."""
        name = self._free(safe_name(name))
        digest = hashlib.sha256(data).hexdigest()
        self._check(name, data, digest)
        number = max((one.number for one in self.given), default=0) + 1
        file = f"{number:04}{ending_of(name)}"
        where = self.folder / FILES
        where.mkdir(parents=True, exist_ok=True)
        (where / file).write_bytes(data)
        taken = Given(
            number, name, file, digest, len(data), said.publication, said.issue_date, said.page
        )
        self.given.append(taken)
        self._save()
        return taken

    def _check(self, name: str, data: bytes, digest: str) -> None:
        limits = self.limits
        if not is_supported(name):
            raise Refused("kind", name=name)
        if len(self.given) >= limits.files:
            raise Refused("files", name=name, most=limits.files)
        if len(data) > limits.file_bytes:
            raise Refused("size", name=name, most=limits.file_bytes // 1024**2)
        if sum(one.size for one in self.given) + len(data) > limits.total_bytes:
            raise Refused("total", name=name, most=limits.total_bytes // 1024**2)
        if same := next((one for one in self.given if one.sha256 == digest), None):
            raise Refused("same", name=name, other=same.name)

    def say(self, number: int, said: Defaults) -> None:
        """Change what the giver says of a file."""
        fields = (said.publication, said.issue_date, said.page)
        self.given = [
            Given(one.number, one.name, one.file, one.sha256, one.size, *fields)
            if one.number == number
            else one
            for one in self.given
        ]
        self._save()

    def path_of(self, given: Given) -> Path:
        """Where a file lies."""
        return self.folder / FILES / given.file

    def _free(self, name: str) -> str:
        """`name`, with a number where a file of this visit has it already."""
        taken = {one.name for one in self.given}
        stem, ending = name.removesuffix(ending_of(name)), ending_of(name)
        number, free = 2, name
        while free in taken:
            free, number = f"{stem}-{number}{ending}", number + 1
        return free

    def _save(self) -> None:
        fresh = self.folder / f".{MANIFEST}.new"
        fresh.write_text(json.dumps([asdict(one) for one in self.given], ensure_ascii=False))
        fresh.replace(self.folder / MANIFEST)


def load(folder: Path) -> list[Given]:
    """The files of a folder's manifest, none where it has none yet."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return []
    return [Given(**one) for one in json.loads(manifest.read_text())]


def ending_of(name: str) -> str:
    """The ending that says how a file is read: .csv.gz, .html, in small letters."""
    suffixes = PurePosixPath(name.lower()).suffixes
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def safe_name(name: str) -> str:
    """A file's name that leads nowhere, holds nothing but letters, digits and plain marks, is
    not hidden and not overlong; its ending stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = last.encode("utf-8", "replace").decode("utf-8")
    clean = _UNSAFE.sub("_", last).strip("._ -")
    if not clean or _RESERVED.match(clean):
        clean = f"file_{clean}".rstrip("_")
    ending = ending_of(clean)
    if len(ending) > LONGEST_ENDING:  # notes.2022年1月28日.gz: .gz alone is the ending.
        ending = ending[ending.rindex(".") :]
    stem = clean.rsplit(".", ending.count("."))[0]
    # Small letters may be more characters than large ones, and other ones.
    ending = _UNSAFE.sub("_", ending[:LONGEST_ENDING])
    return f"{stem[:LONGEST_NAME]}{ending}".rstrip("._ -")

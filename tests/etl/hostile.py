"""Files made to harm: each is its name and its bytes, written by us."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

from etl.sources import ARCHIVE, READERS
from tests.etl.test_formats import pdf, shown

SEED = 20240520
STORY = "河湾市政协5月18日组织30名委员调研茶产业，走访企业12家。\n"
ENDINGS = [*READERS, ARCHIVE]


def files(trap: str) -> Iterator[tuple[str, bytes]]:
    """All of them, about 300; `trap` is an address that nobody may call."""
    yield from _crafted(trap)
    sound = _sound()
    for kind, data in sound.items():
        for number, ending in enumerate(ENDINGS):
            if not ending.startswith(kind):
                # Each a little different: the same content is taken once only.
                yield f"wrong-{kind.strip('.')}-as{ending}", data + b"\n" * number
    chance = random.Random(SEED)
    for kind, data in sound.items():
        for number in range(4):
            yield f"cut-{number}{kind}", data[: chance.randrange(1, len(data))]
        for number in range(4):
            yield f"bent-{number}{kind}", _bent(data, chance)


def _bent(data: bytes, chance: random.Random) -> bytes:
    """`data` with some bytes replaced."""
    changed = bytearray(data)
    for _ in range(max(3, len(data) // 50)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _sound() -> dict[str, bytes]:
    """A sound file of each kind, small."""
    return {
        ".txt": STORY.encode(),
        ".jsonl": json.dumps({"id": "1", "text": STORY}, ensure_ascii=False).encode(),
        ".html": f"<!doctype html><html><body><p>{STORY * 4}</p></body></html>".encode(),
        ".pdf": pdf(shown((20, 300, 10, "one line of text on a page"))),
        ".docx": _word(),
        ".zip": _zip({"a.txt": STORY.encode()}),
        ".png": _picture("PNG"),
        ".jpg": _picture("JPEG"),
        ".tif": _picture("TIFF"),
        ".parquet": _parquet(),
    }


def _crafted(trap: str) -> Iterator[tuple[str, bytes]]:
    for group in (_archives, _pictures, _texts, _offices):
        yield from group()
    yield from _callers(trap)


def _archives() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(50 * 1024 * 1024)
    yield "bomb.zip", _zip({"a.txt": zeros})
    yield "many-bombs.zip", _zip({f"{n}.txt": zeros[: 10**7] for n in range(20)})
    yield "bomb-lzma.zip", _zip({"a.txt": zeros}, zipfile.ZIP_LZMA)
    yield "bomb-bz2.zip", _zip({"a.txt": zeros}, zipfile.ZIP_BZIP2)
    yield (
        "lying.zip",
        _zip({"a.txt": b"x" * 10**6}).replace(struct.pack("<I", 10**6), struct.pack("<I", 10)),
    )
    yield (
        "huge-claim.zip",
        _zip({"a.txt": b"x"}).replace(
            struct.pack("<III", zlib.crc32(b"x"), 3, 1), struct.pack("<III", 0, 3, 0xFFFFFFF0)
        ),
    )
    paths = ("../../out.txt", "/tmp/out.txt", "..\\out.txt", "C:\\out.txt", "a/../../../out.txt")
    yield "paths.zip", _zip({one: STORY.encode() for one in paths})
    yield "names.zip", _zip({f"{'很长' * 900}.txt": STORY.encode(), "\x01\x02.txt": b"x"})
    yield "crowd.zip", _zip({f"{n}.txt": b"x" for n in range(3000)})
    inner = _zip({"a.txt": STORY.encode()})
    for _ in range(20):
        inner = _zip({"inner.zip": inner})
    yield "nested.zip", inner
    yield "about.zip", _zip({"a.txt": STORY.encode(), "a.txt.about.json": b"[" * 10**5})
    yield "locked.zip", _locked()
    yield "link.zip", _link()
    yield "empty.zip", _zip({})
    yield "bomb.jsonl.gz", gzip.compress(zeros)
    yield "bomb.csv.gz", gzip.compress(b"text\n" + b'"' + zeros)
    yield "lines.jsonl.gz", gzip.compress(b'{"text":"x"}\n' * 50_000)


def _pictures() -> Iterator[tuple[str, bytes]]:
    for name, (width, height) in {"wide": (2**31 - 1, 1), "large": (60_000, 60_000)}.items():
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        yield f"{name}.png", _png(head, zlib.compress(bytes(1000)))
    yield (
        "text-bomb.png",
        _png(
            struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0),
            b"",
            zlib.compress(bytes(30 * 1024 * 1024)),
        ),
    )
    yield "frames.tif", _endless_tiff()
    yield "huge-tag.tif", b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 256, 4, 2**31, 8)
    yield "header.jpg", b"\xff\xd8\xff\xe0" + b"\xff\xff" * 1000
    yield "script.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"
    yield "svg.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "deep.jsonl", b'{"text":' + b"[" * 200_000
    yield "deep.html", b"<html><body>" + b"<div>" * 200_000 + STORY.encode()
    yield "deep-tables.html", b"<html><body>" + b"<table><tr><td>" * 20_000 + STORY.encode()
    yield "entities.html", _LAUGHS.replace("NAME", "html").encode()
    yield "alias.md", _aliases().encode()
    yield (
        "python.md",
        b"---\ntitle: !!python/object/apply:os.system ['touch out.txt']\n---\n" + (STORY.encode()),
    )
    yield "nul.txt", b"\0" * 10_000
    yield "noise.txt", random.Random(SEED).randbytes(20_000)
    yield "brackets.txt", ("（" * 20_000).encode()
    yield "digits.txt", ("9" * 20_000 + "亿元").encode()
    yield "dates.txt", ("2024年" * 10_000).encode()
    yield "one-line.txt", ("会" * 200_000).encode()
    yield "breaks.txt", b"\n" * 500_000 + STORY.encode()
    yield "controls.txt", bytes(range(1, 32)) * 500 + STORY.encode()
    yield "right-to-left.txt", ("\u202e\u2066\u200f" * 2000 + STORY).encode()
    yield "combining.txt", ("a" + "\u0301" * 50_000).encode()
    yield "formula.csv", f"id,text\n=cmd|'/c calc'!A1,{STORY}".encode()
    yield "columns.csv", b"text," + b"a," * 200_000 + b"\n" + b"x," * 200_000
    yield "quote.csv", b'text\n"' + b"x\n" * 200_000
    yield "surrogate.jsonl", b'{"text":"\\ud800 and what follows it"}'
    yield "number.jsonl", b'{"text":"x","page":' + b"9" * 100_000 + b"}"
    yield "future.jsonl", b'{"date":"9999-99-99","text":"x"}'
    yield "program.txt", b"#!/bin/sh\ntouch out.txt\n"
    yield "program.docx", b"MZ" + bytes(1000)
    yield "elf.zip", b"\x7fELF" + bytes(1000)


def _offices() -> Iterator[tuple[str, bytes]]:
    yield "pages.pdf", pdf("").replace(b"/Count 1", b"/Count 100000")
    yield "kids.pdf", pdf("").replace(b"/Kids[4 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")
    yield "huge-page.pdf", pdf("").replace(b"[0 0 400 400]", b"[0 0 9e9 9e9]")
    yield "nested.pdf", pdf("[" * 100_000)
    yield "forms.pdf", pdf("q " * 100_000 + "BT (x) Tj ET")
    yield "length.pdf", pdf("x").replace(b"/Length 1", b"/Length 999999999")
    yield "fonts.pdf", pdf(shown((20, 300, 10_000, "letters as large as a house")))
    yield "old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)
    yield "bomb.docx", _word(extra={"word/media/a.xml": bytes(90 * 1024 * 1024)})
    yield "laughs.docx", _word(body=_LAUGHS.replace("NAME", "x"))
    yield "outside.docx", _word(body=_OUTSIDE)
    yield "wide.docx", _word(body=_WIDE)
    yield "deep.docx", _word(body="<a>" * 100_000)
    yield "claim.parquet", _parquet()[:-8] + struct.pack("<I", 0x7FFFFFFF) + b"PAR1"
    yield "nested.parquet", _parquet(nested=True)


def _callers(trap: str) -> Iterator[tuple[str, bytes]]:
    """What asks a reader to call somebody or to run something."""
    web = f"""<!doctype html><html><head><base href="{trap}"><script src="{trap}a.js"></script>
    <link rel=stylesheet href="{trap}b.css"><meta http-equiv=refresh content="0;url={trap}">
    <script>fetch("{trap}c")</script></head><body onload="fetch('{trap}d')"><iframe src="{trap}e">
    </iframe><img src="{trap}f"><article><p>{STORY * 9}</p></article></body></html>"""
    yield "calls.html", web.encode()
    yield (
        "xxe.html",
        f'<!DOCTYPE html SYSTEM "{trap}x.dtd"><html><p>{STORY * 9}</p></html>'.encode(),
    )
    action = f"/OpenAction<</S/URI/URI({trap}g)>>/AA<</O<</S/Launch/F(/usr/bin/touch)>>>>"
    yield "calls.pdf", _acting(action)
    yield "script.pdf", _acting(f"/OpenAction<</S/JavaScript/JS(app.launchURL\\('{trap}h'\\))>>")
    launch = "/OpenAction<</S/Launch/Win<</F(cmd.exe)>>/F(/bin/sh)>>"
    yield "launch.pdf", _acting(launch)
    external = f'<!DOCTYPE a [<!ENTITY % e SYSTEM "{trap}i.dtd"> %e;]>'
    yield "calls.docx", _word(body=external + _BODY)


def _acting(action: str) -> bytes:
    page = pdf(shown((20, 300, 10, "one line of text on a page")))
    return page.replace(b"/Type/Catalog", b"/Type/Catalog" + action.encode())


_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BODY = (
    f"<w:document {_NAMESPACE}><w:body><w:p><w:r><w:t>{STORY}</w:t></w:r></w:p></w:body>"
    "</w:document>"
)
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE NAME [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><NAME>&a11;</NAME>"
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + _BODY.replace(STORY, "&e;")
_WIDE = (
    f"<w:document {_NAMESPACE}><w:body><w:tbl><w:tr><w:tc><w:tcPr>"
    '<w:gridSpan w:val="900000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>'
)


def _aliases() -> str:
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "---\n" + "\n".join(lines) + "\ntitle: *a11\n---\n" + STORY


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return data.getvalue()


def _locked() -> bytes:
    """An archive that says of its member that it is encrypted."""
    data = bytearray(_zip({"a.txt": STORY.encode()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def _link() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    return data.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(head: bytes, pixels: bytes, text: bytes = b"") -> bytes:
    extra = _chunk(b"zTXt", b"a\0\0" + text) if text else b""
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", pixels)
        + _chunk(b"IEND", b"")
    )  # fmt: skip


def _endless_tiff() -> bytes:
    """A TIFF whose last picture is followed by its first."""
    entry = struct.pack("<HHII", 256, 3, 1, 1)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def _picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("L", (40, 30), 255).save(data, kind)
    return data.getvalue()


def _parquet(nested: bool = False) -> bytes:
    data = io.BytesIO()
    column: pa.Array = pa.array([STORY])
    for _ in range(60 if nested else 0):
        column = pa.array([[one] for one in column.to_pylist()])
    pq.write_table(pa.table({"text": column}), data)
    return data.getvalue()


def _word(body: str | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file, its document's XML or other members replaced."""
    data, changed = io.BytesIO(), io.BytesIO()
    word = docx.Document()
    word.add_paragraph(STORY)
    word.save(data)
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            own = body is not None and name == "word/document.xml"
            new.writestr(name, body or "" if own else old.read(name))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return changed.getvalue()

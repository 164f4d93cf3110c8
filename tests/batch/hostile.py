"""Files that take readers down: bombs, circles, lies, torn streams. Every one is made here, the same every time."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
BOX = b"/MediaBox[0 0 595 842]"
HELLO = b"BT /F1 12 Tf 72 700 Td (Total 123.45) Tj ET"
BOMB = 256 << 20


def pdf(objects: Mapping[int, bytes], extra: bytes = b"") -> bytes:
    out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    parts = [out]
    size = len(out)
    for number in sorted(objects):
        places[number] = size
        parts.append(b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n")
        size += len(parts[-1])
    count = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(1, count))
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, extra, size)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % count, table, end])


def stream(data: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    data, entries = (zlib.compress(data, 9), entries + b"/Filter/FlateDecode") if packed else (data, entries)
    return b"<<%s/Length %d>>stream\n" % (entries, len(data)) + data + b"\nendstream"


def page(content: bytes, entries: bytes = b"", packed: bool = False, box: bytes = BOX, more: Mapping[int, bytes] | None = None) -> bytes:
    own = b"<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R%s>>" % (box, entries)
    return pdf({1: CATALOG, 2: PAGES, 3: own, 4: stream(content, b"", packed), 5: FONT, **(more or {})})


def with_resources(resources: bytes) -> bytes:
    return b"<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F1 5 0 R>>%s>>/Contents 4 0 R>>" % (BOX, resources)


def form(content: bytes, resources: bytes = b"") -> bytes:
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % resources)


def spaces(size: int) -> bytes:
    """So many spaces, deflated, without ever holding them."""
    packer = zlib.compressobj(9)
    chunk = b" " * (1 << 20)
    return b"".join([*(packer.compress(chunk) for _ in range(size >> 20)), packer.flush()])


def raw(data: bytes, filters: bytes) -> bytes:
    return b"<</Length %d/Filter%s>>stream\n" % (len(data), filters) + data + b"\nendstream"


def printed(lock: StandardEncryption | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, encrypt=lock)
    for sheet in range(3):
        canvas.setFont("STSong-Light", 14)
        for row in range(30):
            canvas.drawString(72, 780 - row * 22, f"第{sheet + 1}页第{row + 1}行 项目预算{sheet * 31 + row}.50万元，执行率{row}%")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def flipped(data: bytes, seed: int, count: int) -> bytes:
    out, dice = bytearray(data), random.Random(seed)
    for _ in range(count):
        out[dice.randrange(20, len(out))] = dice.randrange(256)
    return bytes(out)


def composite(text: bytes, mapping: bytes = b"", more: Mapping[int, bytes] | None = None) -> bytes:
    """A page in a font of two-byte codes, with the ToUnicode map given or none."""
    child = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/K/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/K/Encoding/Identity-H/DescendantFonts[7 0 R]%s>>" % (
        b"/ToUnicode 9 0 R" if mapping else b""
    )
    own = with_resources(b"").replace(b"/F1 5 0 R", b"/F1 5 0 R/F2 6 0 R")
    return page(b"BT /F2 12 Tf 72 700 Td <" + text + b"> Tj ET", more={3: own, 6: font, 7: child, 9: stream(mapping), **(more or {})})


def shaken(count: int, line: Callable[[int, int], bytes]) -> bytes:
    dice = random.Random(3)
    return b"\n".join(line(dice.randrange(595), dice.randrange(842)) for _ in range(count))


def files() -> Iterator[tuple[str, bytes]]:
    yield from torn()
    yield from bombs()
    yield from circles()
    yield from crowds()
    yield from lies()
    yield from texts()


def torn() -> Iterator[tuple[str, bytes]]:
    good, one = printed(), page(HELLO)
    yield "empty.pdf", b""
    yield "one-byte.pdf", b"%"
    yield "header-only.pdf", b"%PDF-1.7\n"
    yield "half.pdf", good[: len(good) // 2]
    yield "no-xref.pdf", good[: good.rindex(b"xref") - 10]
    yield "random.pdf", random.Random(1).randbytes(200_000)
    yield "garbage-before.pdf", b"\r\n\r\njunk" * 300 + good
    yield "startxref-wrong.pdf", good.replace(b"startxref\n", b"startxref\n9")
    yield "bytes-flipped.pdf", flipped(good, 2, 200)
    yield "contents-missing.pdf", one.replace(b"/Contents 4 0 R", b"/Contents 99 0 R")
    yield "length-wrong.pdf", one.replace(b"/Length %d" % len(HELLO), b"/Length 999999")
    yield "length-negative.pdf", one.replace(b"/Length %d" % len(HELLO), b"/Length -1")
    yield "hex-odd.pdf", page(b"", more={4: raw(b"4254 2G F1 xyz", b"/ASCIIHexDecode")})
    yield "lzw-garbage.pdf", page(b"", more={4: raw(random.Random(4).randbytes(5000), b"/LZWDecode")})
    yield "flate-cut.pdf", page(b"", more={4: raw(zlib.compress(HELLO * 1000)[:40], b"/FlateDecode")})
    yield "image-unended.pdf", page(b"BI /W 9 /H 9 ID " + b"\0" * 5000 + HELLO)
    yield "only-ends.pdf", b"%PDF-1.7\n" + b"%%EOF\n" * 20_000
    yield "operators-without-operands.pdf", page(b"BT Tf Td Tj TJ ' \" Tm re c v y l m Do cm gs sc scn ET " * 500)


def bombs() -> Iterator[tuple[str, bytes]]:
    deflated = spaces(BOMB)
    yield "flate-bomb.pdf", page(b"", more={4: raw(deflated, b"/FlateDecode")})
    yield "flate-bomb-twice.pdf", page(b"", more={4: raw(zlib.compress(deflated, 9), b"[/FlateDecode/FlateDecode]")})
    huge = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
    image = huge + b"/Length %d>>stream\n" % len(deflated) + deflated + b"\nendstream"
    yield "image-bomb.pdf", page(b"q 500 0 0 500 0 0 cm /I Do Q", more={3: with_resources(b"/XObject<</I 6 0 R>>"), 6: image})
    mapping = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n" + b"1 beginbfrange <0000> <ffff> <0000> endbfrange\n" * 400
    yield "cmap-bomb.pdf", composite(b"00410042", mapping)
    yield "many-filters.pdf", page(b"", more={4: raw(HELLO, b"[" + b"/ASCIIHexDecode" * 2000 + b"]")})
    predictor = stream(HELLO, b"/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32>>", True)
    yield "predictor-columns.pdf", page(b"", more={4: predictor})
    yield "name-of-a-megabyte.pdf", page(HELLO, b"/" + b"A" * (1 << 20) + b" 1")
    yield "string-nested.pdf", page(b"BT /F1 9 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET", packed=True)


def circles() -> Iterator[tuple[str, bytes]]:
    count = 20_000
    tree = {2 + n: b"<</Type/Pages/Kids[%d 0 R]/Count 1%s>>" % (3 + n, b"/Parent %d 0 R" % (1 + n) if n else b"") for n in range(count)}
    yield "deep-page-tree.pdf", pdf({1: CATALOG, **tree, 2 + count: b"<</Type/Page/Parent %d 0 R%s>>" % (1 + count, BOX)})
    kids = {2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", 3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"}
    yield "pages-in-a-circle.pdf", pdf({1: CATALOG, **kids})
    own = with_resources(b"/XObject<</X 6 0 R>>")
    yield "form-in-a-circle.pdf", page(b"/X Do " + HELLO, more={3: own, 6: form(b"/X Do /X Do", b"/XObject<</X 6 0 R>>")})
    nested = {10 + n: form(b"/X Do /X Do", b"/XObject<</X %d 0 R>>" % (11 + n)) for n in range(27)}
    last = form(b"BT /F1 9 Tf (x) Tj ET", b"/Font<</F1 5 0 R>>")
    yield "forms-doubling.pdf", page(b"/X Do", more={3: with_resources(b"/XObject<</X 10 0 R>>"), **nested, 37: last})
    yield "xref-loop.pdf", page(HELLO).replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9")
    yield "length-of-itself.pdf", page(HELLO).replace(b"/Length %d" % len(HELLO), b"/Length 4 0 R")
    yield "box-of-itself.pdf", page(HELLO, box=b"/MediaBox 6 0 R", more={6: b"6 0 R"})
    yield "parent-of-itself.pdf", page(HELLO).replace(b"/Parent 2 0 R", b"/Parent 3 0 R")
    yield "array-nested.pdf", page(HELLO, b"/Foo " + b"[" * 100_000 + b"]" * 100_000)
    yield (
        "cmap-of-itself.pdf",
        composite(b"00410042", b"/Self usecmap", {9: b"<</UseCMap 9 0 R/Length 12>>stream\n/Self usecmap\nendstream"}),
    )


def crowds() -> Iterator[tuple[str, bytes]]:
    yield "paths.pdf", page(shaken(100_000, lambda x, y: b"%d %d m %d %d l S" % (x, y, x + 3, y + 2)), packed=True)
    yield "boxes.pdf", page(b"\n".join(b"%d %d 5 5 re S" % (x % 100 * 5.9, x // 100 * 0.8) for x in range(100_000)), packed=True)
    upright = [b"%.2f 20 m %.2f 820 l S" % (20 + i * 1.85, 20 + i * 1.85) for i in range(300)]
    level = [b"20 %.2f m 575 %.2f l S" % (20 + i * 2.6, 20 + i * 2.6) for i in range(300)]
    yield "grid.pdf", page(b"\n".join(upright + level), packed=True)
    rows = b"".join(b"(%s) ' " % (b"0123456789" * 100) for _ in range(1000))
    yield "million-characters.pdf", page(b"BT /F1 1 Tf 1 TL 10 830 Td " + rows + b"ET", packed=True)
    yield "long-line.pdf", page(b"BT /F1 10 Tf 10 700 Td (" + b"A" * 200_000 + b") Tj ET", packed=True)
    yield "same-spot.pdf", page(b"BT /F1 10 Tf 1 0 0 1 50 700 Tm " + b"(8) Tj 1 0 0 1 50 700 Tm " * 50_000 + b"ET", packed=True)
    yield "deep-states.pdf", page(b"q " * 500_000 + HELLO, packed=True)
    kids = b"<</Type/Pages/Kids[" + b"3 0 R " * 50_000 + b"]/Count 50000>>"
    yield "fifty-thousand-pages.pdf", page(HELLO, more={2: kids})
    yield "contents-in-pieces.pdf", page(HELLO).replace(b"/Contents 4 0 R", b"/Contents[" + b"4 0 R " * 20_000 + b"]")
    yield "text-objects-nested.pdf", page(b"BT " * 50_000 + HELLO, packed=True)


def lies() -> Iterator[tuple[str, bytes]]:
    yield "locked-owner.pdf", printed(StandardEncryption("", "owner", strength=128))
    yield "locked-user.pdf", printed(StandardEncryption("test", "owner", strength=128))
    yield "locked-rc4-40.pdf", printed(StandardEncryption("", "o", strength=40))
    yield (
        "encrypt-garbage.pdf",
        page(HELLO).replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Standard/V 99/R -1/O()/U()/P 0>>/ID[()()]"),
    )
    yield "no-pages.pdf", pdf({1: CATALOG, 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "count-lies.pdf", page(HELLO, more={2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"})
    yield "no-unicode.pdf", composite(b"".join(b"%04x" % (0x1000 + i) for i in range(60)))
    private = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <e000> endbfrange endcmap"
    yield "private-letters.pdf", composite(b"".join(b"%04x" % (i + 5) for i in range(60)), private)
    office = io.BytesIO()
    with zipfile.ZipFile(office, "w") as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), "<w:document>自评报告</w:document>")
    yield "word.pdf", office.getvalue()
    yield "web.pdf", "<html><meta charset=utf-8><body>404 文件不存在</body></html>".encode()
    yield "picture.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 500
    boxes = {"huge": b"0 0 1e9 1e9", "negative": b"595 842 0 0", "null": b"0 0 null /X", "zero": b"0 0 0 0", "short": b"0 0"}
    for name, box in boxes.items():
        yield f"box-{name}.pdf", page(HELLO, box=b"/MediaBox[" + box + b"]")
    actions = {
        "script": b"/S/JavaScript/JS(while\\(true\\){app.alert\\(1\\)})",
        "launch": b"/S/Launch/F(touch pwned)/Win<</F(cmd.exe)/P(/c calc)>>",
    }
    for name, action in actions.items():
        yield f"action-{name}.pdf", page(HELLO, more={1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<<" + action + b">>>>"})
    yield "link.pdf", page(HELLO, b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1:9/x)>>>>]")
    yield "rotated.pdf", page(HELLO, b"/Rotate 90")
    yield "rotated-oddly.pdf", page(HELLO, b"/Rotate 37")
    yield "off-the-page.pdf", page(b"BT /F1 12 Tf -5000 -5000 Td (hidden) Tj ET " + HELLO)
    yield "invisible.pdf", page(b"BT 3 Tr /F1 12 Tf 72 600 Td (layer 42) Tj ET " + HELLO)
    yield "nul-in-name.pdf", page(HELLO, b"/A#00B <</C#2fD 1>>")
    yield "user-unit.pdf", page(HELLO, b"/UserUnit 1e30")
    yield "numbers-without-end.pdf", page(b"BT /F1 1e400 Tf 1e400 -1e400 Td (9) Tj " + b"9" * 5000 + b" 0 Td (1) Tj ET")
    yield "font-of-no-size.pdf", page(b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (Total 99) Tj ET")
    yield (
        "widths-lie.pdf",
        page(HELLO, more={5: b"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar -9/LastChar 2147483647/Widths[null/A(x)]>>"}),
    )


def texts() -> Iterator[tuple[str, bytes]]:
    yield "digits.txt", b"1" * 300_000
    yield "nul.txt", b"a\0" * 50_000
    yield "brackets.txt", "（".encode() * 50_000
    yield "one-line.txt", "年初预算20万元，实际使用19.87万元，预算执行率99.67%，其中，".encode() * 3000
    yield "commas.txt", b"1," * 100_000
    yield "numerals.txt", "一十百千万亿".encode() * 20_000
    yield "half-a-character.txt", "预算".encode() + b"\xe5\xb9"


def write(folder: Path) -> list[Path]:
    """All of them as files of a folder; besides a pipe, a link to itself, and a name that is no Unicode, where those exist."""
    for name, content in files():
        (folder / name).write_bytes(content)
    return sorted(folder.iterdir())

"""PDFs put together object by object, for what no library writes."""

from __future__ import annotations

from pathlib import Path


def raw_pdf(path: Path, content: str, fonts: dict[str, str], *objects: str, page: str = "/MediaBox[0 0 595 842]") -> Path:
    """A page with this content; `fonts` are dictionaries by name, `objects` what they refer to, numbered from 5 on."""
    named = " ".join(f"/{name} {font}" for name, font in fonts.items())
    body = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}/Contents 4 0 R/Resources<</Font<<{named}>>>>>>",
        stream(content),
        *objects,
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(body, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(body) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer<</Size {len(body) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    path.write_bytes(data)
    return path


def stream(content: str, entries: str = "") -> str:
    return f"<</Length {len(content)}{entries}>>stream\n{content}\nendstream"


def cid_font(name: str, descriptor: int, *, unicode_map: int | None = None, first: int = 5) -> tuple[str, str]:
    """A composite font with Identity-H and its descendant, which stands as object `first`."""
    known = f"/ToUnicode {unicode_map} 0 R" if unicode_map else ""
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return (
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{first} 0 R]{known}>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}{system}/DW 1000/FontDescriptor {descriptor} 0 R>>",
    )


def descriptor(name: str, ascent: int = 880, descent: int = -120) -> str:
    metrics = f"/Ascent {ascent}/Descent {descent}/FontBBox[0 -120 1000 880]/ItalicAngle 0/CapHeight 700/StemV 80"
    return f"<</Type/FontDescriptor/FontName/{name}/Flags 4{metrics}>>"


def unicode_map(letters: dict[int, str], width: int = 4) -> str:
    """A ToUnicode map from codes of so many hexadecimal digits."""
    pairs = "\n".join(f"<{code:0{width}X}> <{letter.encode('utf-16-be').hex()}>" for code, letter in letters.items())
    codes = f"1 begincodespacerange <{'0' * width}> <{'F' * width}> endcodespacerange"
    return stream(
        f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n{codes}\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )


def drawn_font(name: str, letters: str) -> tuple[str, str, str, str]:
    """A font whose letters are drawings (Type 3), for the codes from A on; its parts stand as objects 5, 6 and 7."""
    codes = range(65, 65 + len(letters))
    glyphs = " ".join(f"/{chr(code)} 5 0 R" for code in codes)
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[0.001 0 0 0.001 0 0]"
        f"/FirstChar 65/LastChar {codes[-1]}/Widths[{' '.join('1000' for _ in letters)}]/CharProcs<<{glyphs}>>"
        f"/Encoding<</Type/Encoding/Differences[65 {' '.join('/' + chr(code) for code in codes)}]>>/ToUnicode 6 0 R/FontDescriptor 7 0 R>>"
    )
    square = stream("1000 0 0 0 750 750 d1 0 0 750 750 re f")
    return font, square, unicode_map(dict(zip(codes, letters, strict=True)), 2), descriptor(name)

"""The fonts of the page: the ones that ship with the tool, cut down to the characters that a page holds.

The library that writes the PDF would cut them down itself, but its result depends on which versions of other libraries
a machine has, and on the clock. Cut down here, a font is the same to the last byte everywhere. The outlines are kept as
they are; hints for coarse screens, kerning and ligatures are left out, the latter so that text comes out of the PDF
letter by letter. What comes out is a modified version, which the licence lets bear another name alone: that of the
stylesheet; notice and licence stay within. Table formats: ISO/IEC 14496-22 (OpenType).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from form4_author.resources import resource


class Face(Struct, frozen=True):
    """One face: its file in `fonts/`, and what the stylesheet calls it."""

    file: str
    family: str
    weight: str = "normal"
    style: str = "normal"


FACES = (
    Face("LiberationSans-Regular.ttf", "Form Sans"),
    Face("LiberationSans-Bold.ttf", "Form Sans", weight="bold"),
    Face("LiberationSans-Italic.ttf", "Form Sans", style="italic"),
    Face("LiberationSerif-Regular.ttf", "Form Serif"),
)

_PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))
_LEGAL = {0, 13, 14}  # copyright notice, licence, where to read it
# Flags of a part of a composite glyph.
_WORDS, _SCALE, _MORE, _SCALE_XY, _MATRIX, _HINTED = 0x01, 0x08, 0x20, 0x40, 0x80, 0x100


def whole(file: str) -> bytes:
    """A font as it ships."""
    return resource("fonts", file).read_bytes()


def cut_down(face: Face, text: Iterable[str]) -> bytes:
    """A font with the glyphs of printable ASCII and of a text's further characters, as far as it has them.

    Args:
        face: one of `FACES`.
        text: the characters of the page.
    """
    return _cut_down(face, frozenset(text) - _PRINTABLE)


@lru_cache(maxsize=64)
def _cut_down(face: Face, further: frozenset[str]) -> bytes:
    tables = _tables(whole(face.file))
    codes = _codes(tables["cmap"], sorted(map(ord, _PRINTABLE | further)))
    offsets = struct.unpack(f">{struct.unpack_from('>H', tables['maxp'], 4)[0] + 1}L", tables["loca"])
    glyphs: dict[int, bytes] = {}
    waiting = [0, *codes.values()]
    while waiting:
        glyph = waiting.pop()
        if glyph not in glyphs:
            glyphs[glyph], parts = _outline(tables["glyf"][offsets[glyph] : offsets[glyph + 1]])
            waiting += parts
    count = max(glyphs) + 1
    outlines = [glyphs.get(glyph, b"") for glyph in range(count)]
    metrics = min(count, struct.unpack_from(">H", tables["hhea"], 34)[0])
    return _font(
        {
            "OS/2": tables["OS/2"],
            "cmap": _cmap(codes),
            "glyf": b"".join(outlines),
            "head": tables["head"][:8] + bytes(4) + tables["head"][12:],
            "hhea": tables["hhea"][:34] + struct.pack(">H", metrics),
            "hmtx": tables["hmtx"][: 4 * metrics + 2 * (count - metrics)],
            "loca": struct.pack(f">{count + 1}L", *accumulate(map(len, outlines), initial=0)),
            "maxp": tables["maxp"][:4] + struct.pack(">H", count) + tables["maxp"][6:],
            "name": _name(face, tables["name"]),
            "post": struct.pack(">L", 0x00030000) + tables["post"][4:32],
        }
    )


def _tables(font: bytes) -> Mapping[str, bytes]:
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(struct.unpack_from(">H", font, 4)[0]))
    return {tag.decode("ascii"): font[start : start + length] for tag, _, start, length in records}


def _codes(cmap: bytes, wanted: Iterable[int]) -> dict[int, int]:
    """The glyph of each of the characters that the font has, by the map for Windows, Unicode (format 4)."""
    records = (struct.unpack_from(">HHL", cmap, 4 + 8 * n) for n in range(struct.unpack_from(">H", cmap, 2)[0]))
    (at,) = (offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    length = struct.unpack_from(">H", cmap, at + 6)[0]
    places = (14, 16 + length, 16 + 2 * length, 16 + 3 * length)
    ends, starts, shifts, ranges = (struct.unpack_from(f">{length // 2}H", cmap, at + place) for place in places)
    found = {}
    for code in wanted:
        n = next((n for n, end in enumerate(ends) if end >= code), None)
        if n is None or starts[n] > code:
            continue
        glyph = code
        if ranges[n]:
            (glyph,) = struct.unpack_from(">H", cmap, at + 16 + 3 * length + 2 * n + ranges[n] + 2 * (code - starts[n]))
        if glyph := (glyph + shifts[n]) % 0x10000 if glyph else 0:
            found[code] = glyph
    return found


def _outline(glyph: bytes) -> tuple[bytes, list[int]]:
    """A glyph without its hints, and the glyphs that it is put together from."""
    if not glyph:
        return b"", []
    (contours,) = struct.unpack_from(">h", glyph)
    parts = []
    if contours >= 0:
        at = 10 + 2 * contours
        (hints,) = struct.unpack_from(">H", glyph, at)
        glyph = glyph[:at] + bytes(2) + glyph[at + 2 + hints :]
    else:
        kept, at, flags = glyph[:10], 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", glyph, at)
            parts.append(part)
            size = (8 if flags & _WORDS else 6) + 2 * bool(flags & _SCALE)
            size += 4 * bool(flags & _SCALE_XY) + 8 * bool(flags & _MATRIX)
            kept += struct.pack(">H", flags & ~_HINTED) + glyph[at + 2 : at + size]
            at += size
        glyph = kept
    return glyph, parts


def _cmap(codes: Mapping[int, int]) -> bytes:
    """A character map of format 12, for Windows, Unicode."""
    groups = b"".join(struct.pack(">LLL", code, code, glyph) for code, glyph in sorted(codes.items()))
    return struct.pack(">HHHHL HHLLL", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(codes)) + groups


def _name(face: Face, table: bytes) -> bytes:
    """The stylesheet's name, and the notice and licence that the font came with; for Windows, in English."""
    count, at = struct.unpack_from(">HH", table, 2)
    records = (struct.unpack_from(">HHHHHH", table, 6 + 12 * n) for n in range(count))
    texts = {
        name: table[at + start : at + start + length]
        for platform, _, language, name, length, start in records
        if (platform, language) == (3, 0x409) and name in _LEGAL
    }
    style = {("bold", "normal"): "Bold", ("normal", "italic"): "Italic"}.get((face.weight, face.style), "Regular")
    full = f"{face.family} {style}"
    names = {1: face.family, 2: style, 3: full, 4: full, 6: full.replace(" ", "-")}
    texts |= {name: text.encode("utf-16-be") for name, text in names.items()}
    head, body = struct.pack(">HHH", 0, len(texts), 6 + 12 * len(texts)), b""
    for name, text in sorted(texts.items()):
        head += struct.pack(">HHHHHH", 3, 1, 0x409, name, len(text), len(body))
        body += text
    return head + body


def _font(tables: Mapping[str, bytes]) -> bytes:
    """The tables as one file, with the sums that the format asks for."""
    power = len(tables).bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    records, bodies, start = b"", b"", 12 + 16 * len(tables)
    for tag in sorted(tables):
        body = tables[tag] + bytes(-len(tables[tag]) % 4)
        records += struct.pack(">4sLLL", tag.encode("ascii"), _sum(body), start + len(bodies), len(tables[tag]))
        bodies += body
    font = header + records + bodies
    adjustment = struct.pack(">L", (0xB1B0AFBA - _sum(font)) % 0x100000000)
    at = struct.unpack_from(">L", font, font.index(b"head") + 8)[0] + 8
    return font[:at] + adjustment + font[at + 4 :]


def _sum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) % 0x100000000

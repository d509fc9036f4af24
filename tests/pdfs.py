"""Reading PDFs made by typst without a library: whether they are tagged, their title, and their text through ToUnicode."""

import re
import zlib

STREAM = re.compile(rb"(?P<head><<(?:(?!endobj).)*?>>)\s*stream\r?\n(?P<body>.*?)\r?\nendstream", re.DOTALL)
OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)


def is_tagged(pdf: bytes) -> bool:
    """Say whether the PDF has a structure tree, is marked, names its language, and declares PDF/UA."""
    whole = pdf + b"".join(_streams(pdf))
    wanted = (rb"/StructTreeRoot", rb"/MarkInfo", rb"/Marked true", rb"/Lang", rb"pdfuaid:part")
    return all(re.search(one, whole) for one in wanted)


def title_of(pdf: bytes) -> str:
    """Return the title in the document's metadata."""
    whole = b"".join([pdf, *_streams(pdf)]).decode("utf-8", "replace")
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", whole, re.DOTALL)
    assert found, "no title in the metadata"
    return found.group(1)


def text_of(pdf: bytes) -> str:
    """Return the text as a reader would copy it, in the order of the page, without spaces and line breaks."""
    fonts = _fonts(pdf)
    found = []
    for content in _streams(pdf):
        if b" Tf" not in content or (b"TJ" not in content and b"Tj" not in content):
            continue
        font: dict[int, str] = {}
        for name, shown in re.findall(rb"/(\w+) [\d.]+ Tf|(<[0-9A-Fa-f]+>|\((?:\\.|[^\\)])*\))", content, re.DOTALL):
            if name:
                font = fonts[name.decode()]
            else:
                found += [font.get(code, "\ufffd") for code in _codes(shown)]
    return "".join("".join(found).split())


def _codes(shown: bytes) -> list[int]:
    if shown[:1] == b"<":
        raw = bytes.fromhex(shown[1:-1].decode())
    else:
        raw = _literal(shown[1:-1])
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def _literal(text: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(match: re.Match[bytes]) -> bytes:
        one = match.group(1)
        return bytes([int(one, 8) & 255]) if one[:1].isdigit() else named.get(one, one)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.DOTALL)


def _streams(pdf: bytes) -> list[bytes]:
    """Return what every stream holds. One whose packed bytes end like a line break loses its last byte to the pattern, a checksum's."""
    found = []
    for match in STREAM.finditer(pdf):
        body = match.group("body")
        if b"FlateDecode" in match.group("head"):
            try:
                body = zlib.decompressobj().decompress(body)
            except zlib.error:
                continue
        found.append(body)
    return found


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Return every object, those packed in object streams too."""
    found = {int(number): body for number, body in OBJECT.findall(pdf)}
    for match in STREAM.finditer(pdf):
        head = match.group("head")
        if b"/ObjStm" not in head:
            continue
        data = zlib.decompressobj().decompress(match.group("body"))
        first = int(re.search(rb"/First (\d+)", head).group(1))  # type: ignore[union-attr]
        numbers = [int(one) for one in data[:first].split()]
        places = [*numbers[1::2], len(data) - first]
        for at, number in enumerate(numbers[::2]):
            found[number] = data[first + places[at] : first + places[at + 1]]
    return found


def _fonts(pdf: bytes) -> dict[str, dict[int, str]]:
    """Return the map from codes to text of each font, by its name in the resources."""
    objects = _objects(pdf)
    names: dict[str, dict[int, str]] = {}
    for body in objects.values():
        for found in re.finditer(rb"/Font\s*<<(.*?)>>", body, re.DOTALL):
            for name, number in re.findall(rb"/(\w+) (\d+) 0 R", found.group(1)):
                to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
                if to_unicode:
                    names[name.decode()] = _map(objects[int(to_unicode.group(1))])
    return names


def _map(body: bytes) -> dict[int, str]:
    (text,) = _streams(body)
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, to in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(to.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, to in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            base = int(to, 16)
            found |= {code: chr(base + code - int(low, 16)) for code in range(int(low, 16), int(high, 16) + 1)}
    return found

"""What a hostile or broken browser sends: values for addresses and forms, and whole requests that are not what they say."""

from urllib.parse import quote

VALUES: dict[str, str] = {
    "nul": "a\x00b",
    "control": "a\x07b\x1b[31m",
    "right to left": "a\u202eb\u2066c",
    "zero width": "a\u200bb\ufeff",
    "combining": "a" + "\u0301" * 200,
    "homoglyph": "Маrrowdale",
    "emoji": "🧿" * 20,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ request }}{% debug %}${7*7}",
    "quotes": "' OR 1=1; --\"\\",
    "formula": "=cmd|' /C calc'!A0",
    "year 9999": "9999-12-31",
    "year 1": "0001-01-01",
    "year 0": "0000-00-00",
    "30 February": "2026-02-30",
    "gap in the clocks": "2026-03-29T01:30",
    "minus": "-1",
    "nought": "0",
    "huge": "1000000000000000000000000",
    "1e9": "1e9",
    "full width": "１２",
    "not a number": "NaN",
    "infinite": "1e999",
    "uuid of nothing": "00000000-0000-0000-0000-000000000007",
    "unknown": "nonsense",
    "traversal": "../../etc/passwd",
    "many words": "word " * 400,
    "line ends": "a\r\nSet-Cookie: b=c",
}
PARAMETERS = (
    "page",
    "after",
    "before",
    "sort",
    "order",
    "stage",
    "turn",
    "unit",
    "officer",
    "risk",
    "overdue",
    "only",
    "search",
    "q",
    "day",
    "as_of",
    "reason",
    "event",
    "next",
    "kind",
    "__class__",
)
"""Names of parameters: those that lists have, and some that none has."""

QUERIES: tuple[str, ...] = (
    "after=%00", "after=%ff%fe", "after=" + quote("\udcff", errors="surrogatepass"), "risk=high&risk=low&risk=%F0%28%8C%28", "a" * 9_000,
    "&".join(f"p{number}=1" for number in range(2_000)), "after=AAAA&before=AAAA", "sort=-force__users__password", "risk__startswith=h",
    "risk[]=high", "%", "=&=&&;", "search=" + "A" * 3_000,
)  # fmt: skip
"""Whole query strings that are wrong in themselves."""

PATHS = (
    "/cases/%00/",
    "/cases/a%00b/",
    "/%ff/",
    "/cases/..%2f..%2f/",
    "/cases/" + "a" * 5_000 + "/",
    "//evil.example/",
    "/cases/%C0%AE/",
    "/cases/\u202e/",
    "/CASES/",
    "/cases/new/%0d%0aSet-Cookie:x=y/",
)
"""Paths that lead nowhere."""

BODIES: tuple[tuple[str, bytes, str], ...] = (
    ("bad UTF-8", b"text=%ff%fe&reason=\xff\xfe&version=1", "application/x-www-form-urlencoded"),
    ("surrogate", b"text=%ed%b0%80&version=1", "application/x-www-form-urlencoded"),
    ("JSON", b'{"version": 1, "text": "a\\u0000"}', "application/json"),
    ("JSON as text", b'{"version": 1}', "text/plain"),
    ("duplicate keys", b"version=1&version=2&text=a&text=b", "application/x-www-form-urlencoded"),
    ("3 MB", b"text=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
    ("2,000 fields", b"&".join(b"f%d=1" % number for number in range(2_000)), "application/x-www-form-urlencoded"),
    ("multipart without a boundary", b"x", "multipart/form-data"),
    ("broken multipart", b"--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx", "multipart/form-data; boundary=b"),
    ("unknown character set", b"text=a", "application/x-www-form-urlencoded; charset=utf-99"),
    ("empty", b"", "application/x-www-form-urlencoded"),
    ("unknown fields", b"force_id=46&role=administrator&created_by=1&status=charged&version=1", "application/x-www-form-urlencoded"),
)  # fmt: skip
"""Bodies of POST requests: name, bytes, content type."""

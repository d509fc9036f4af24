"""A PDF handed out: made or refused in words, and sent as a file that no cache keeps."""

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse

from core.exceptions import NotPossible
from core.pdf import CannotPrint

NOT_IN_FONTS: Final = "This holds a character that cannot be printed, such as a picture sign. Change the text and print it again."


def made(make: Callable[[], bytes]) -> bytes:
    """Return the PDF. Raises NotPossible for a character in none of the fonts, PdfFailed."""
    try:
        return make()
    except CannotPrint:
        raise NotPossible(NOT_IN_FONTS) from None


def as_file(pdf: bytes, name: str) -> HttpResponse:
    """Return the answer that hands a PDF out under a file name, which names nobody."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)

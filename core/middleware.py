"""Middleware of no domain: refuse input that no page can use, and keep every answer out of caches."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = frozenset({"GET", "HEAD", "POST"})
LONGEST_QUERY = 8_000


def has_unusable_characters(text: str) -> bool:
    """Say whether the text has a control character, a lone surrogate or a replacement character that PostgreSQL or a page cannot hold."""
    return any(
        ord(one) < 0x20 or 0x7F <= ord(one) < 0xA0 or 0xD800 <= ord(one) <= 0xDFFF or one == "\N{REPLACEMENT CHARACTER}" for one in text
    )


class RefuseBadInput:
    """Answer 405 to methods nobody uses, 400 to an address with characters that nothing can hold, 414 to one too long."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse or pass on."""
        if request.method not in METHODS and not request.path_info.startswith("/api/"):
            return HttpResponseNotAllowed(sorted(METHODS))
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return render(request, "400.html", status=414)
        if has_unusable_characters(request.path_info):
            return render(request, "404.html", status=404)
        if has_unusable_characters(unquote(query.replace("+", " "), errors="replace")):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class PrivateResponses:
    """Tell browsers and proxies to keep nothing, and other sites to take nothing. Static files have their own rule."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to whatever is answered."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

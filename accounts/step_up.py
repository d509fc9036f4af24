"""Step-up: whoever changes people or settings says anew, at most five minutes before, that it is she or he.

A view is declared `@page(...)`, then `@stepped_up`, and calls `confirm(request)` before it changes anything, after it has
looked up what it is about (so that what is outside one's scope stays the plain 404). What was sent is kept by
django-allauth and carried out once the password or second factor has been given.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from accounts.access import SignedInRequest
from accounts.scopes import scope_of
from accounts.services.second_factor import as_sign_in
from audit import context as audit_context
from core.scope import current, scope

P = ParamSpec("P")
SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]


class StepUp(Exception):
    """The person must confirm first: carries the address of the page that asks, and where to go then if nothing is to be carried out."""

    def __init__(self, address: str, back_to: str = "") -> None:
        super().__init__(address)
        self.address = address
        self.back_to = back_to


def confirm(request: HttpRequest, *, back_to: str = "") -> None:
    """Go on only when the person has confirmed who she or he is within settings.ACCOUNT_REAUTHENTICATION_TIMEOUT seconds.

    `back_to` is an address of this service to open once that is done, in place of carrying out what was sent: for an answer
    that is a file, under which the page that asks would stay open. Raises StepUp, which `stepped_up` turns into that page.
    """
    with as_sign_in():  # second factors are read by the sign-in's own login alone
        if is_reauthentication_required(request, app="accounts"):
            methods = get_adapter().get_reauthentication_methods(request.user)
            raise StepUp(methods[0]["url"] if methods else reverse("account_login"), back_to)
    cast(Any, request).rasso_confirmed = True


def stepped_up(view: SignedInView[P]) -> SignedInView[P]:
    """Wrap a view that changes people or settings. Raises ImproperlyConfigured for a change made without `confirm`.

    A request that was kept while the person confirmed comes back through the page that asked, which runs as the sign-in's
    own login: here it gets the person's own scope and its own name in the log again.
    """

    @wraps(view)
    def checked(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with ExitStack() as stack:
            if current().kind is None:
                name = resolve(request.path_info).view_name
                stack.enter_context(audit_context.acting(replace(audit_context.required(), route=name[:200])))
                stack.enter_context(scope(scope_of(request.user)))
            try:
                response = view(request, *args, **kwargs)
            except StepUp as asked:
                if asked.back_to:
                    return redirect(f"{asked.address}?{urlencode({'next': asked.back_to})}")
                return cast(HttpResponse, suspend_request(request, asked.address))
        if request.method == "POST" and response.status_code < 400 and not getattr(request, "rasso_confirmed", False):
            raise ImproperlyConfigured("a page changed something without asking who is there: call confirm()")
        return response

    return checked

"""What happens around every page: the session's limits, the second factor, the scope in the database, and deny by default."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

from accounts import answers
from accounts.access import access_of, is_sign_in_view
from accounts.acting import context_of
from accounts.models import User
from accounts.scopes import scope_of
from audit import context as audit_context
from audit import services as audit_services
from core import clock
from core.scope import Scope, scope

log = logging.getLogger("rasso.access")
GetResponse = Callable[[HttpRequest], HttpResponse]

SIGNED_IN_AT = "rasso_signed_in_at"
SEEN_AT = "rasso_seen_at"
ENDED = "rasso_ended"
WRITE_EVERY_SECONDS = 60
BACKGROUND_HEADER = "X-Rasso-Background"
"""A page that asks for news by itself sends this header: such a request does not count as somebody being there."""


def match_of(request: HttpRequest) -> ResolverMatch | None:
    """Return what the address leads to, or None when it leads nowhere."""
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


class SessionLimits:
    """End a session after 15 minutes without anybody there, after 12 hours whatever happens, and when the person has left."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session before anything else uses it."""
        if request.user.is_authenticated:
            self.limit(request)
        elif SESSION_KEY in request.session:
            # Somebody who has left since. Ended for good: coming back does not bring the session back.
            logout(request)
        return self.get_response(request)

    def limit(self, request: HttpRequest) -> None:
        """End the session when its time is over, else note at most once a minute that somebody is there."""
        session, now = request.session, int(clock.now().timestamp())
        signed_in_at, seen_at = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
        if not isinstance(signed_in_at, int) or not isinstance(seen_at, int):
            session[SIGNED_IN_AT] = session[SEEN_AT] = now
        elif now - signed_in_at >= settings.SESSION_ABSOLUTE_SECONDS:
            self.end(request, "long")
        elif now - seen_at >= settings.SESSION_IDLE_SECONDS:
            self.end(request, "idle")
        elif now - seen_at >= WRITE_EVERY_SECONDS and BACKGROUND_HEADER not in request.headers:
            session[SEEN_AT] = now

    def end(self, request: HttpRequest, why: str) -> None:
        """Sign the person out and let the sign-in page say why."""
        logout(request)
        request.session[ENDED] = why


class SecondFactorRequired:
    """Let a person without authenticator app or passkey do nothing but set one up, or sign out."""

    REACHABLE = frozenset({"account_logout", "account_reauthenticate", "mfa_index", "keep_alive"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Send the person to the set-up page from wherever else an address leads."""
        user = request.user
        if settings.SECOND_FACTOR_REQUIRED and isinstance(user, User) and not self.reachable(request) and not has_second_factor(user):
            return redirect("mfa_index")
        return self.get_response(request)

    def reachable(self, request: HttpRequest) -> bool:
        """Say whether the page belongs to the set-up, needs nobody signed in, or does not exist."""
        match = match_of(request)
        if match is None or match.view_name in self.REACHABLE or match.func.__module__.startswith("allauth.mfa."):
            return True
        access = access_of(match.func)
        return access is not None and access.is_open


def has_second_factor(user: User) -> bool:
    """Say whether the person has set up an authenticator app, a passkey or a security key. Asked anew at every request."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


class Refused(Exception):
    """Carries an answer of 400 or above out of the transaction, which is rolled back by it."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


class DatabaseScope:
    """Answer the whole request, templates included, in one transaction under the person's scope.

    Whatever is answered with 400 or above leaves nothing behind. Sign-in pages run in a transaction without a kind,
    pages that need nobody signed in without a transaction.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the scope, answer, and record a refusal after the scope is closed."""
        match = match_of(request)
        user = request.user if isinstance(request.user, User) else None
        with audit_context.acting(acting_of(request, user, match)):
            wanted = wanted_scope(user, match)
            response = self.get_response(request) if wanted is None else self.within(wanted, request)
            if user is not None and match is not None and response.status_code >= 400:
                record_refusal(match, response.status_code)
        return response

    def within(self, wanted: Scope, request: HttpRequest) -> HttpResponse:
        """Answer inside the scope; pages for failures are drawn after the rollback, when the database answers again."""
        try:
            with scope(wanted):
                response = self.get_response(request)
                if getattr(response, "streaming", False):
                    raise ImproperlyConfigured("a streaming response is read after the scope is closed: make a file by a job")
                if response.status_code >= 400:
                    raise Refused(response)
        except Refused as refused:
            response = refused.response
        answer = request.META.pop("rasso.answer", None)
        return answer.render(request) if isinstance(answer, answers.Answer) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn refusals of services and of the database into their pages. Anything else is a fault and goes on."""
        answer = answers.answer_to(exception)
        if answer is None:
            return None
        if isinstance(exception, DatabaseError) or answer.status == 503:
            log.error("answered for a failure below", extra={"route": view_name(request), "status": answer.status})
        request.META["rasso.answer"] = answer
        return HttpResponse(status=answer.status)


class DenyByDefault:
    """Refuse a view that has declared nothing about its access, with the same 404 as for an address that leads nowhere."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Look at the declaration. Raises Http404 without one."""
        if access_of(view) is None and not is_sign_in_view(view):
            log.error("a view declares no access", extra={"route": view_name(request)})
            raise Http404


def wanted_scope(user: User | None, match: ResolverMatch | None) -> Scope | None:
    """Return the scope to answer under: the person's, in the page's kind where it has one; no kind for sign-in pages.

    None for no transaction at all.
    """
    sign_in = match is not None and is_sign_in_view(match.func)
    access = access_of(match.func) if match is not None else None
    if access is not None and access.is_open:
        return None
    if user is not None:
        return Scope(kind=None, user_id=user.id) if sign_in else scope_of(user, access.kind if access is not None else None)
    return Scope(kind=None) if sign_in else None


def acting_of(request: HttpRequest, user: User | None, match: ResolverMatch | None) -> audit_context.Context | None:
    """Return what the log will say about the person and the request; None when nobody is signed in."""
    if user is None:
        return None
    route = match.view_name if match is not None else ""
    return context_of(user, route=route, session_hash=audit_services.session_hash(request.session.session_key))


def record_refusal(match: ResolverMatch, status: int) -> None:
    """Write down a denial, or what a page with errors shows, in a transaction of its own: the request's was rolled back."""
    case_id = match.kwargs.get("case_id")
    with transaction.atomic():
        if status not in {403, 404}:
            audit_services.record_again_what_was_shown()
            return
        audit_services.record_denial(
            what="act refused" if status == 403 else "page refused",
            case_ids=[case_id] if isinstance(case_id, UUID) else [],
        )


def view_name(request: HttpRequest) -> str:
    """Return the name of the address, for the log: never the address itself."""
    return request.resolver_match.view_name if request.resolver_match else ""

"""What a view declares about itself: which roles may open it and which methods it answers. What declares nothing is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from accounts.models import User
from accounts.roles import Role
from core.scope import Kind

P = ParamSpec("P")
EVERYBODY: tuple[Role, ...] = tuple(Role)
"""For pages that every signed-in person may open."""


class SignedInRequest(HttpRequest):
    """A request whose person has been checked."""

    user: User


@dataclass(frozen=True, slots=True)
class Access:
    """What a view has declared. `is_open`: no sign-in, no scope in the database (health checks).

    `kind`: the kind that everybody acts as on this page, whatever her or his own; None: the own one.
    """

    roles: frozenset[str]
    methods: frozenset[str]
    is_open: bool = False
    kind: Kind | None = None


SignedInView = Callable[Concatenate[SignedInRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(*roles: Role, methods: tuple[str, ...] = ("GET",), kind: Kind | None = None) -> Callable[[SignedInView[P]], View[P]]:
    """Declare who may open a view and by which methods (HEAD comes with GET).

    Everybody else gets the same 404 as for an address that leads nowhere. The view may then rely on `request.user`.
    `kind`: the page is answered under this kind in the database (a member of a panel reads as one, whoever she or he is).
    Raises ImproperlyConfigured when no role or no method is named.
    """
    if not roles or not methods:
        raise ImproperlyConfigured("page() names at least one role and one method")
    access = Access(frozenset(roles), allowed_methods(methods), kind=kind)

    def decorate(view: SignedInView[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or user.role not in access.roles:
                raise Http404
            if request.method not in access.methods:
                return HttpResponseNotAllowed(sorted(access.methods))
            return view(cast(SignedInRequest, request), *args, **kwargs)

        return declare(checked, access)

    return decorate


def open_page(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View[P]], View[P]]:
    """Declare a view that needs nobody signed in and touches no case: it runs outside any scope."""
    access = Access(frozenset(), allowed_methods(methods), is_open=True)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in access.methods:
                return HttpResponseNotAllowed(sorted(access.methods))
            return view(request, *args, **kwargs)

        return declare(login_not_required(checked), access)

    return decorate


def allowed_methods(methods: tuple[str, ...]) -> frozenset[str]:
    """Return the methods, with HEAD wherever there is GET."""
    return frozenset({*methods, "HEAD"} if "GET" in methods else methods)


def declare(view: View[P], access: Access) -> View[P]:
    """Put the declaration on the view, where wrappers made by functools.wraps keep it."""
    cast(Any, view).rasso_access = access
    return view


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view has declared, or None."""
    found = getattr(view, "rasso_access", None)
    return found if isinstance(found, Access) else None


def is_sign_in_view(view: Callable[..., Any]) -> bool:
    """Say whether a view is one of django-allauth's, which check their own access."""
    return view.__module__.split(".", 1)[0] == "allauth"

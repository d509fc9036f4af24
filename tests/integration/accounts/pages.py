"""Addresses that behave in every way a page can, mounted beside the real ones."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from accounts.access import EVERYBODY, SignedInRequest, page
from accounts.models import Session, Unit, User
from accounts.roles import Role
from audit.acts import Act
from audit.services import record
from core import clock, scope
from core.exceptions import Change, Conflict, NotAllowed, NotPossible
from rasso import urls as real


@page(*EVERYBODY)
def who(request: SignedInRequest) -> HttpResponse:
    """Say under which role the database works, and for whom."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user, current_setting('app.force_id', true), current_setting('app.agency_id', true)")
        return HttpResponse(" ".join(str(value) for value in cursor.fetchone() or ()))


@page(*EVERYBODY)
def lazy(request: SignedInRequest) -> TemplateResponse:
    """Ask the database only while the template is drawn."""
    template = engines["django"].from_string("{% for unit in units %}{{ unit.name }};{% endfor %}")
    return TemplateResponse(request, template, {"units": Unit.objects.visible_to(request.user)})


@page(Role.SUPERVISOR)
def supervisors(request: SignedInRequest, case_id: uuid.UUID) -> HttpResponse:
    """For supervisors."""
    return HttpResponse("for supervisors")


@page(*EVERYBODY)
def missing(request: SignedInRequest, case_id: uuid.UUID) -> HttpResponse:
    """Find nothing."""
    raise Http404


def undeclared(request: HttpRequest) -> HttpResponse:
    """Declare nothing about access."""
    return HttpResponse("open to all by mistake")


@page(*EVERYBODY)
def streaming(request: SignedInRequest) -> HttpResponse:
    """Answer bit by bit."""
    return StreamingHttpResponse(iter(["a", "b"]))  # type: ignore[return-value]


@page(*EVERYBODY)
def hashes(request: SignedInRequest) -> HttpResponse:
    """Read what no kind may read."""
    return HttpResponse(str(Session.objects.first()))


@page(*EVERYBODY)
def slow(request: SignedInRequest) -> HttpResponse:
    """Take longer than a statement may."""
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 50")
        cursor.execute("select pg_sleep(5)")
    return HttpResponse("at last")


@page(*EVERYBODY)
def forbidden(request: SignedInRequest) -> HttpResponse:
    """Refuse in Django's way, with words that are not for the screen."""
    raise PermissionDenied("secret words")


@page(*EVERYBODY)
def fault(request: SignedInRequest) -> HttpResponse:
    """Fail."""
    raise ValueError("secret words")


@page(*EVERYBODY, methods=("GET", "POST"))
def writing(request: SignedInRequest, ending: str) -> HttpResponse:
    """Write, then end in one of many ways."""
    with scope.scope(scope.system(request.user.agency_id)):
        Unit.objects.create(agency_id=request.user.agency_id, name=f"Written before {ending}")
    record(act=Act.ALTERATION, what=f"written before {ending}")
    endings: dict[str, Exception] = {
        "not-allowed": NotAllowed("Only an inspector may do this."),
        "not-possible": NotPossible("The case is closed."),
        "conflict": Conflict(Change("DC Example", "risk changed to high", clock.now())),
        "404": Http404(),
    }
    if ending in endings:
        raise endings[ending]
    return HttpResponse(ending, status=int(ending))


@page(*EVERYBODY)
def colleagues(request: SignedInRequest) -> HttpResponse:
    """Show people with everything a page may read of them."""
    people = User.objects.visible_to(request.user).select_related("agency", "unit")
    return HttpResponse("; ".join(f"{person.name} {person.agency.name} {person.password}" for person in people))


urlpatterns = [
    path("t/who/", who, name="who"),
    path("t/lazy/", lazy),
    path("t/supervisors/<uuid:case_id>/", supervisors, name="supervisors"),
    path("t/missing/<uuid:case_id>/", missing, name="missing"),
    path("t/undeclared/", undeclared),
    path("t/streaming/", streaming),
    path("t/hashes/", hashes),
    path("t/slow/", slow),
    path("t/forbidden/", forbidden),
    path("t/fault/", fault),
    path("t/writing/<str:ending>/", writing),
    path("t/colleagues/", colleagues),
    path("", include(real.urlpatterns)),
]
handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500

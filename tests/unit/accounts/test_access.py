"""The declaration on a view: roles, methods, and what each refusal is."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounts.access import SignedInRequest, access_of, is_sign_in_view, open_page, page
from accounts.models import User
from accounts.roles import Role


@page(Role.ANALYST, methods=("GET", "POST"))
def counts(request: SignedInRequest, number: int = 0) -> HttpResponse:
    return HttpResponse(f"{request.user.name} {number}")


def answer(method: str, user: User | AnonymousUser) -> HttpResponse:
    request = RequestFactory().generic(method, "/")
    request.user = user
    return counts(request, number=3)


ANALYST = User(role=Role.ANALYST, name="A", agency_id=52)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_role_and_the_methods_named_are_let_in(method: str) -> None:
    assert answer(method, ANALYST).content == b"A 3"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_405(method: str) -> None:
    response = answer(method, ANALYST)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANALYST])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_other_roles_find_nothing_whatever_the_method(role: Role, method: str) -> None:
    with pytest.raises(Http404):
        answer(method, User(role=role, agency_id=52))


def test_somebody_not_signed_in_finds_nothing() -> None:
    with pytest.raises(Http404):
        answer("GET", AnonymousUser())


def test_a_page_must_name_a_role_and_a_method() -> None:
    with pytest.raises(ImproperlyConfigured):
        page()
    with pytest.raises(ImproperlyConfigured):
        page(Role.ISVA, methods=())


def test_the_declaration_can_be_read_from_the_view() -> None:
    access = access_of(counts)
    assert access is not None
    assert access.roles == {Role.ANALYST}
    assert not access.is_open
    assert access_of(lambda request: HttpResponse()) is None
    assert not is_sign_in_view(counts)


def test_an_open_page_answers_its_methods_only() -> None:
    @open_page()
    def live(request: object) -> HttpResponse:
        return HttpResponse("live")

    access = access_of(live)
    assert access is not None
    assert access.is_open
    assert live(RequestFactory().get("/")).status_code == 200
    assert live(RequestFactory().post("/")).status_code == 405

"""The written notices: tagged, readable, for those who are shown identity alone, logged, and named by nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from core.pdf import PdfFailed
from core.scope import Kind, Scope, scope
from tests.factories import AVON, World
from tests.integration.cases.making import do
from tests.integration.victims.booking import CANARY, FILLED, case_of, device, draft, victim_of
from tests.pdfs import is_tagged, text_of, title_of
from victims.services.requests import change_request

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return case_of(world, reference="52/NOTICE/1")


def address(case: m.Case, sort: str, key: object) -> str:
    return f"/victims/{victim_of(case).pk}/{sort}/{key}/notice.pdf"


def joined(text: str) -> str:
    return "".join(text.split())


def test_the_notice_of_a_request_says_what_the_law_asks(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    answered = sign_in(world.investigator).get(address(case, "requests", row.pk))
    assert answered.status_code == 200
    assert answered.headers["Content-Type"] == "application/pdf"
    assert answered.headers["Content-Disposition"] == 'attachment; filename="notice-52-NOTICE-1.pdf"'
    assert "no-store" in answered.headers["Cache-Control"]
    pdf, text = answered.content, text_of(answered.content)
    assert is_tagged(pdf)
    assert title_of(pdf) == "Notice of a request for information"
    wanted = ("OFFICIAL-SENSITIVE", f"Letters about {CANARY}", f"{CANARY} Surgery", FILLED["reasonable_because"], FILLED["how_handled"])
    for words in (*wanted, "Medical records", "sections 44A to 44F", "Therapy and support need not wait"):
        assert joined(words) in text, words
    for hidden in ("necessary_because", "proportionate_because", "less_intrusive_means", "holder_has_it_because"):
        assert joined(FILLED[hidden]) not in text, "the case file's own reasons are not told"
    assert "Invented" not in text, "no suspect"


def test_the_notice_of_a_device_says_that_she_may_refuse(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = device(world, case)
    answered = sign_in(world.investigator).get(address(case, "devices", row.pk))
    text = text_of(answered.content)
    assert is_tagged(answered.content)
    for words in (f"Phone, {CANARY}", "Messages of that week", "You may refuse", "does not end only because you refuse", "section 39"):
        assert joined(words) in text, words
    assert joined("Pictures of the screen were not enough") not in text


def test_to_a_guardian_it_speaks_of_somebody_else(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    answered = sign_in(world.investigator).get(address(case, "requests", row.pk) + "?to=guardian")
    assert joined("the person you are responsible for") in text_of(answered.content)


def test_only_those_who_are_shown_identity_get_one(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    for person in (world.sergeant, world.colleague, world.kent, world.prosecutor, world.isva, world.analyst, world.auditor):
        assert sign_in(person).get(address(case, "requests", row.pk)).status_code == 404


def test_it_is_logged_as_a_look_and_as_handed_out(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    sign_in(world.investigator).get(address(case, "requests", row.pk))
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        found = list(AccessLog.objects.filter(what="notice of a request for information").values_list("act", "purpose", "recipients"))
    assert {one[0] for one in found} == {"consultation", "disclosure"}
    assert {one[1] for one in found if one[0] == "consultation"} == {"victim: request"}
    assert {one[2] for one in found if one[0] == "disclosure"} == {world.investigator.name}


def test_a_draft_that_does_not_say_why_has_no_notice_yet(world: World, case: m.Case, sign_in: SignIn) -> None:
    answered = sign_in(world.investigator).get(address(case, "requests", draft(world, case).pk))
    assert answered.status_code == 400
    assert "the notice says both" in answered.content.decode()


def test_a_character_that_cannot_be_printed_is_said(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **{**FILLED, "how_handled": "With care \N{GRINNING FACE}"})
    answered = sign_in(world.investigator).get(address(case, "requests", row.pk))
    assert answered.status_code == 400
    assert "cannot be printed" in answered.content.decode()


def test_markup_in_the_texts_is_text(world: World, case: m.Case, sign_in: SignIn) -> None:
    nasty = '#panic("x") = *a* $1$ <b> @c \\ #include "d"'
    row = draft(world, case, **{**FILLED, "how_handled": nasty})
    assert joined(nasty) in text_of(sign_in(world.investigator).get(address(case, "requests", row.pk)).content)


def test_the_longest_texts_are_printed_whole(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **{**FILLED, "reasonable_because": "word " * 799 + "LAST"})
    answered = sign_in(world.investigator).get(address(case, "requests", row.pk))
    assert answered.status_code == 200
    assert "LAST" in text_of(answered.content)


def test_what_was_changed_is_in_the_next_notice(world: World, case: m.Case, sign_in: SignIn) -> None:
    row = draft(world, case, **FILLED)
    do(
        world.investigator, change_request, case, information_request_id=row.pk, records="education", holder="The school",
        wanted="One report", enquiry_id=row.line_of_enquiry_id, **FILLED,
    )  # fmt: skip
    text = text_of(sign_in(world.investigator).get(address(case, "requests", row.pk)).content)
    assert "Onereport" in text
    assert CANARY not in text


def test_a_pdf_that_fails_names_nothing(world: World, case: m.Case, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from victims.notices import printing

    monkeypatch.setattr(printing, "template", lambda package, name: "#panic(sys.inputs.data)")
    row = draft(world, case, **FILLED)
    with pytest.raises(PdfFailed) as caught:
        sign_in(world.investigator).get(address(case, "requests", row.pk))
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None

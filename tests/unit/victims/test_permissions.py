"""Who may do what with a victim's record, and who is shown identity, written down a second time by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from cases import models as cases
from cases.permissions import Permission
from victims import permissions, sight

POLICE = {"investigator", "sergeant", "supervisor"}
MAY = {
    "see_identity": (POLICE | {"prosecutor", "liaison_officer"}, "be shown who a victim is, with a role on the case"),
    "keep_identity": (POLICE, "enter or correct who a victim is"),
    "find_victim": (POLICE, "find a victim by name, date of birth, telephone or email"),
    "contact_victim": (POLICE | {"prosecutor", "liaison_officer"}, "contact a victim and log it"),
    "agree_contact": (POLICE | {"liaison_officer"}, "agree contact with a victim"),
    "plan_telling": (POLICE | {"prosecutor", "liaison_officer"}, "plan how a victim is told of a decision"),
    "decide_safety": ({"supervisor"}, "decide what concerns a victim’s safety"),
    "book": (POLICE, "book, move or cancel an appointment with a victim"),
    "write_letters": (POLICE | {"prosecutor", "liaison_officer"}, "enter letters to a victim in the register"),
    "ask_for_information": (POLICE, "ask for information about a victim, or for a device"),
    "approve_request": ({"supervisor"}, "approve a request for counselling records"),
    "refer": (POLICE, "refer a victim to a support service and record consent"),
    "answer_isva": (POLICE, "answer an ISVA or ask one to tell a client"),
    "see_clients": ({"isva", "isva_manager"}, "see the service’s clients who gave consent"),
    "allocate_clients": ({"isva_manager"}, "allocate a client to an ISVA"),
}


def test_every_permission_is_written_here_in_the_order_that_is_printed() -> None:
    assert [one.name for one in permissions.PERMISSIONS] == list(MAY)


@pytest.mark.parametrize("permission", permissions.PERMISSIONS, ids=lambda one: one.name)
def test_a_permission_is_for_these_roles_and_no_other(permission: Permission) -> None:
    roles, words = MAY[permission.name]
    assert permission.words == words
    assert {role.value for role in Role if permission.holds(User(role=role))} == roles


def test_the_roles_on_a_case_that_are_shown_who_its_victims_are() -> None:
    assert {str(role) for role in sight.ROLES_SHOWN} == {"officer", "solo", "sergeant", "inspector", "prosecutor", "vlo"}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_who_is_shown_identity_by_which_role_on_the_case(role: Role) -> None:
    user, case = User(role=role), cases.Case()
    by_role = {one.value for one in cases.CaseRole if sight.shown_with(user, case, {"reviewer", one.value})}
    every, none = {one.value for one in cases.CaseRole}, set[str]()
    shown = {str(one) for one in sight.ROLES_SHOWN}
    assert by_role == (every if role == "supervisor" else shown if role in MAY["see_identity"][0] else none)


class Roles:
    """Somebody's roles on a case, where the table of them would be asked."""

    def __init__(self, *held: str) -> None:
        self.held = held
        self.asked: dict[str, Any] = {}

    def filter(self, **asked: Any) -> "Roles":
        self.asked = asked
        return self

    def values_list(self, name: str, *, flat: bool) -> tuple[str, ...]:
        assert (name, flat) == ("role", True)
        return self.held


@pytest.mark.parametrize(("held", "shown"), [(("officer",), True), (("gatekeeper", "solo"), True), (("gatekeeper",), False), ((), False)])
def test_the_roles_somebody_holds_or_covers_now_decide_and_an_emergency_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, held: tuple[str, ...], shown: bool
) -> None:
    roles, user, case = Roles(*held), User(role="investigator"), cases.Case()
    monkeypatch.setattr(cases.CasePerson, "objects", roles)
    monkeypatch.setattr(sight, "standing_in_for", lambda asked: ("who stands in for", asked))
    assert sight.identity_shown(user, case) is shown
    assert roles.asked == {"case": case, "until__isnull": True, "user__in": ("who stands in for", user)}
    emergency: Any = cases.Case()
    emergency.emergency_until, emergency.seen_lastingly = datetime(2026, 3, 2, tzinfo=UTC), False
    assert sight.identity_shown(user, emergency) is False
    emergency.seen_lastingly = True
    assert sight.identity_shown(user, emergency) is shown


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_roles_on_the_case_are_looked_up_only_where_they_decide(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    """Of a supervisor, and of whoever may not see identity, the answer is known without a question to the database."""
    roles, case = Roles("officer"), cases.Case()
    monkeypatch.setattr(cases.CasePerson, "objects", roles)
    assert sight.identity_shown(User(role=role), case) is (role in MAY["see_identity"][0])
    assert bool(roles.asked) is (role in {"investigator", "sergeant", "prosecutor", "liaison_officer"})

"""Who may do what with a victim's record, and who is shown identity, written down a second time by hand."""

import pytest

from accounts.models import User
from accounts.roles import Role
from cases.permissions import Permission
from victims import permissions, sight

POLICE = {"investigator", "sergeant", "supervisor"}
MAY = {
    "see_identity": (POLICE | {"prosecutor", "liaison_officer"}, "be shown who a victim is, with a role on the case"),
    "keep_identity": (POLICE, "enter or correct who a victim is"),
    "find_victim": (POLICE, "find a victim by name, date of birth, telephone or email"),
    "contact_victim": (POLICE | {"prosecutor", "liaison_officer"}, "contact a victim and log it"),
    "agree_contact": (POLICE | {"liaison_officer"}, "agree contact with a victim"),
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

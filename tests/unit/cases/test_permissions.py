"""Who may do what on a case, written down a second time by hand: a slip in the table of permissions meets this one."""

import pytest

from accounts.models import User
from accounts.roles import Role
from cases import permissions
from cases.permissions import WIDENS_SIGHT, Permission
from core.exceptions import NotAllowed

POLICE = {"investigator", "sergeant", "supervisor"}
CPS = {"prosecutor", "cps_manager", "liaison_officer", "cps_direct"}
MAY = {
    "investigate": (POLICE, "record what happened in the investigation"),
    "supervise": ({"supervisor"}, "review, approve or direct an investigation"),
    "answer_no_arrest": ({"sergeant", "supervisor"}, "approve or refuse a decision not to arrest"),
    "allocate": ({"sergeant", "supervisor"}, "give people their roles on a case or move it to another unit"),
    "allocate_cps": ({"cps_manager"}, "name the prosecutor or victim liaison officer of a case"),
    "restrict": ({"supervisor"}, "restrict a case, exclude people from it or widen access to it"),
    "share": (POLICE, "bring a case to the CPS or take it back"),
    "tell": (POLICE | CPS, "record what a complainant was told, or plan the telling"),
    "support": (POLICE | CPS, "record what a complainant says about the prosecution"),
    "withdrawal_talk": ({"supervisor"}, "record that a supervisor spoke with a victim who does not support the prosecution"),
    "hearing": (POLICE | CPS, "record a court hearing"),
    "note": (POLICE | CPS, "add a note"),
    "police_note": (POLICE, "add a note that only the police read"),
    "cps_note": (CPS, "add a note that only the CPS reads"),
    "hand_over": ({"supervisor"}, "offer a case to another force or answer such an offer"),
    "import": ({"supervisor"}, "take in the force’s extract and answer where it disagrees"),
    "abstract": ({"supervisor"}, "enter an event that takes officers from their cases"),
    "emergency": (POLICE, "take emergency access to a case of the own force"),
    "review_emergency": ({"auditor"}, "review a use of emergency access"),
}


def test_every_permission_is_written_here_in_the_order_that_is_printed() -> None:
    assert [one.name for one in permissions.PERMISSIONS] == list(MAY)


@pytest.mark.parametrize("permission", permissions.PERMISSIONS, ids=lambda one: one.name)
def test_a_permission_is_for_these_roles_and_no_other(permission: Permission) -> None:
    assert (set(permission.roles), permission.words) == MAY[permission.name]
    assert getattr(permissions, permission.name.upper()) is permission


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("permission", permissions.PERMISSIONS, ids=lambda one: one.name)
def test_it_holds_for_its_roles_and_the_check_refuses_the_others(permission: Permission, role: Role) -> None:
    user, may = User(role=role), role.value in MAY[permission.name][0]
    assert permission.holds(user) is may
    if may:
        permission.check(user)
    else:
        with pytest.raises(NotAllowed):
            permission.check(user)


def test_a_refusal_says_who_may_instead() -> None:
    with pytest.raises(NotAllowed) as caught:
        permissions.ALLOCATE.check(User(role=Role.INVESTIGATOR))
    assert str(caught.value) == "Only a sergeant or supervisor can give people their roles on a case or move it to another unit."


def test_what_decides_who_sees_a_case() -> None:
    assert {one.name for one in WIDENS_SIGHT} == {"allocate", "restrict", "hand_over"}

"""Who may do what: one Permission an act, as a set of roles with the words docs/permissions.md prints.

Sight comes first and is `visible_to`'s business; whether the case's state allows the act is policies.py's.
"""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from core.exceptions import NotAllowed
from core.words import inside

SUPERVISORS = frozenset({Role.SUPERVISOR})
SERGEANTS_UP = frozenset({Role.SERGEANT, Role.SUPERVISOR})
EVERYONE_ON_CASES = WORKS_CASES_POLICE | WORKS_CASES_CPS


@dataclass(frozen=True, slots=True)
class Permission:
    """An act and the roles that may do it on a case they see."""

    name: str
    roles: frozenset[Role]
    words: str

    def check(self, user: User) -> None:
        """Raise NotAllowed, with who may instead, when this person's role may not."""
        if user.role not in self.roles:
            who = " or ".join(sorted(inside(str(role.label)) for role in self.roles))
            raise NotAllowed(f"Only a {who} can {self.words}.")

    def holds(self, user: User) -> bool:
        """Say whether this person's role may."""
        return user.role in self.roles


INVESTIGATE = Permission("investigate", WORKS_CASES_POLICE, "record what happened in the investigation")
SUPERVISE = Permission("supervise", SUPERVISORS, "review, approve or direct an investigation")
ALLOCATE = Permission("allocate", SERGEANTS_UP, "give people their roles on a case or move it to another unit")
RESTRICT = Permission("restrict", SUPERVISORS, "restrict a case, exclude people from it or widen access to it")
ANSWER_NO_ARREST = Permission("answer_no_arrest", SERGEANTS_UP, "approve or refuse a decision not to arrest")
SHARE = Permission("share", WORKS_CASES_POLICE, "bring a case to the CPS or take it back")
ALLOCATE_CPS = Permission("allocate_cps", frozenset({Role.CPS_MANAGER}), "name the prosecutor or victim liaison officer of a case")
TELL = Permission("tell", EVERYONE_ON_CASES, "record what a complainant was told, or plan the telling")
SUPPORT = Permission("support", EVERYONE_ON_CASES, "record what a complainant says about the prosecution")
WITHDRAWAL_TALK = Permission(
    "withdrawal_talk", SUPERVISORS, "record that a supervisor spoke with a victim who does not support the prosecution"
)
HEARING = Permission("hearing", EVERYONE_ON_CASES, "record a court hearing")
NOTE = Permission("note", EVERYONE_ON_CASES, "add a note")
POLICE_NOTE = Permission("police_note", WORKS_CASES_POLICE, "add a note that only the police read")
CPS_NOTE = Permission("cps_note", WORKS_CASES_CPS, "add a note that only the CPS reads")
HAND_OVER = Permission("hand_over", SUPERVISORS, "offer a case to another force or answer such an offer")
IMPORT = Permission("import", SUPERVISORS, "take in the force’s extract and answer where it disagrees")
ABSTRACT = Permission("abstract", SUPERVISORS, "enter an event that takes officers from their cases")
EMERGENCY = Permission("emergency", WORKS_CASES_POLICE, "take emergency access to a case of the own force")
REVIEW_EMERGENCY = Permission("review_emergency", frozenset({Role.AUDITOR}), "review a use of emergency access")

WIDENS_SIGHT = frozenset({ALLOCATE, RESTRICT, HAND_OVER})
"""What decides who sees a case: nobody does any of it on a case seen by emergency access alone, which ends after four hours."""

PERMISSIONS = (
    INVESTIGATE,
    SUPERVISE,
    ANSWER_NO_ARREST,
    ALLOCATE,
    ALLOCATE_CPS,
    RESTRICT,
    SHARE,
    TELL,
    SUPPORT,
    WITHDRAWAL_TALK,
    HEARING,
    NOTE,
    POLICE_NOTE,
    CPS_NOTE,
    HAND_OVER,
    IMPORT,
    ABSTRACT,
    EMERGENCY,
    REVIEW_EMERGENCY,
)

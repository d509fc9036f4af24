"""Who may do what with a victim's record. Sight of the case comes first; who sees identity is victims/sight.py's."""

from accounts.roles import WORKS_CASES_POLICE, WORKS_WITH_CLIENTS, Role
from cases.permissions import SUPERVISORS, Permission

SEE_IDENTITY = Permission(
    "see_identity",
    WORKS_CASES_POLICE | frozenset({Role.PROSECUTOR, Role.LIAISON_OFFICER}),
    "be shown who a victim is, with a role on the case",
)
KEEP_IDENTITY = Permission("keep_identity", WORKS_CASES_POLICE, "enter or correct who a victim is")
FIND_VICTIM = Permission("find_victim", WORKS_CASES_POLICE, "find a victim by name, date of birth, telephone or email")
CONTACT = Permission(
    "contact_victim", WORKS_CASES_POLICE | frozenset({Role.LIAISON_OFFICER, Role.PROSECUTOR}), "contact a victim and log it"
)
AGREE_CONTACT = Permission("agree_contact", WORKS_CASES_POLICE | frozenset({Role.LIAISON_OFFICER}), "agree contact with a victim")
PLAN_TELLING = Permission(
    "plan_telling", WORKS_CASES_POLICE | frozenset({Role.LIAISON_OFFICER, Role.PROSECUTOR}), "plan how a victim is told of a decision"
)
DECIDE_SAFETY = Permission("decide_safety", SUPERVISORS, "decide what concerns a victim’s safety")
BOOK = Permission("book", WORKS_CASES_POLICE, "book, move or cancel an appointment with a victim")
WRITE_LETTERS = Permission(
    "write_letters", WORKS_CASES_POLICE | frozenset({Role.LIAISON_OFFICER, Role.PROSECUTOR}), "enter letters to a victim in the register"
)
ASK_FOR_INFORMATION = Permission("ask_for_information", WORKS_CASES_POLICE, "ask for information about a victim, or for a device")
APPROVE_REQUEST = Permission("approve_request", SUPERVISORS, "approve a request for counselling records")
REFER = Permission("refer", WORKS_CASES_POLICE, "refer a victim to a support service and record consent")
ANSWER_ISVA = Permission("answer_isva", WORKS_CASES_POLICE, "answer an ISVA or ask one to tell a client")
SEE_CLIENTS = Permission("see_clients", WORKS_WITH_CLIENTS, "see the service’s clients who gave consent")
ALLOCATE_CLIENTS = Permission("allocate_clients", frozenset({Role.ISVA_MANAGER}), "allocate a client to an ISVA")

PERMISSIONS = (
    SEE_IDENTITY, KEEP_IDENTITY, FIND_VICTIM, CONTACT, AGREE_CONTACT, PLAN_TELLING, DECIDE_SAFETY, BOOK, WRITE_LETTERS, ASK_FOR_INFORMATION,
    APPROVE_REQUEST, REFER, ANSWER_ISVA, SEE_CLIENTS, ALLOCATE_CLIENTS,
)  # fmt: skip

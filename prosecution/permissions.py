"""Who may do what between police and CPS. Sight of the case comes first; whether its state allows the act is states.py's."""

from accounts.roles import WORKS_CASES_POLICE, Role
from cases.permissions import EVERYONE_ON_CASES, SERGEANTS_UP, SUPERVISORS, Permission
from prosecution.panels.permissions import PERMISSIONS as OF_PANELS

PROSECUTORS = frozenset({Role.PROSECUTOR, Role.CPS_MANAGER, Role.CPS_DIRECT})
MANAGERS = frozenset({Role.CPS_MANAGER})

ASK_ADVICE = Permission("ask_advice", WORKS_CASES_POLICE, "draft a request for early advice, or record why it is not sought")
SIGN_OFF = Permission("sign_off", SERGEANTS_UP, "send what an officer drafted to the CPS, or send it back to the officer")
REFER = Permission("refer", WORKS_CASES_POLICE, "draft a referral for a charging decision")
WITHDRAW = Permission("withdraw", WORKS_CASES_POLICE, "withdraw what was asked of the CPS")
CHALLENGE_REFUSAL = Permission("challenge_refusal", SUPERVISORS, "challenge a refusal of early advice")
TRIAGE = Permission("triage", frozenset({Role.CPS_MANAGER, Role.CPS_DIRECT}), "triage what the police submit")
ADVISE = Permission("advise", PROSECUTORS, "answer the questions of a request for early advice")
REALLOCATE = Permission("reallocate", MANAGERS, "give a request or a referral to another prosecutor")
HAND_ON = Permission("hand_on", frozenset({Role.PROSECUTOR, Role.CPS_MANAGER}), "hand one’s own work on a case to a colleague of the Area")
PLAN = Permission("plan", PROSECUTORS, "set an action plan and answer what the police say to it")
APPROVE_PLAN = Permission("approve_plan", MANAGERS, "allow a second action plan after a full file")
ANSWER_ITEM = Permission("answer_item", WORKS_CASES_POLICE, "answer an item of an action plan")
ESCALATE_ITEM = Permission("escalate_item", SUPERVISORS, "take an item to the District Crown Prosecutor")
RESOLVE_ITEM = Permission(
    "resolve_item", frozenset({Role.SUPERVISOR, Role.CPS_MANAGER}), "record what inspector and District Crown Prosecutor agreed"
)
MOVE_ITEM = Permission("move_item", WORKS_CASES_POLICE | PROSECUTORS, "ask to move the date of an item")
DECIDE = Permission("decide", PROSECUTORS, "decide on a suspect")
CHECK = Permission("check", frozenset({Role.PROSECUTOR, Role.CPS_MANAGER}), "check a colleague’s decision")
ENTER_DIRECT = Permission("enter_direct", WORKS_CASES_POLICE | PROSECUTORS, "enter a decision that CPS Direct made")
SEND_TO_DIRECT = Permission(
    "send_to_direct", frozenset({Role.CPS_MANAGER, Role.CPS_DIRECT}), "pass a red referral to CPS Direct or back to the Area"
)
TRANSFER = Permission("transfer", MANAGERS, "offer a case to another Area or answer such an offer")
FINALISE = Permission("finalise", MANAGERS, "finalise a referral administratively, or keep it open")
REOPEN_FINALISED = Permission("reopen_finalised", SUPERVISORS, "reopen what was finalised administratively, or confirm it")
MEET = Permission("meet", EVERYONE_ON_CASES, "record a meeting or call between police and CPS")
COURT = Permission("court", EVERYONE_ON_CASES, "record how a charge ended at court")
PRINT_FOR_DISCLOSURE = Permission("print_for_disclosure", WORKS_CASES_POLICE, "print what must be revealed, for the disclosure officer")
PROPOSE_NFA = Permission("propose_nfa", WORKS_CASES_POLICE, "propose no further action, for a suspect or a recorded crime")
CHECK_NFA = Permission("check_nfa", SERGEANTS_UP, "look at a colleague’s proposal of no further action")

LODGE_REVIEW = Permission("lodge_review", EVERYONE_ON_CASES, "record that a victim asks for a review of a decision")
REVIEW = Permission(
    "review", frozenset({Role.SUPERVISOR, Role.PROSECUTOR, Role.CPS_MANAGER}), "work on a victim’s request for a review, in the review unit"
)

PERMISSIONS = (
    ASK_ADVICE, SIGN_OFF, REFER, WITHDRAW, CHALLENGE_REFUSAL, TRIAGE, ADVISE, REALLOCATE, HAND_ON, PLAN, APPROVE_PLAN, ANSWER_ITEM,
    ESCALATE_ITEM, RESOLVE_ITEM, MOVE_ITEM, DECIDE, CHECK, ENTER_DIRECT, SEND_TO_DIRECT, TRANSFER, FINALISE, REOPEN_FINALISED, MEET, COURT,
    PRINT_FOR_DISCLOSURE, PROPOSE_NFA, CHECK_NFA, LODGE_REVIEW, REVIEW, *OF_PANELS,
)  # fmt: skip

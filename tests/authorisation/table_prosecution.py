"""The rows of the written table for what goes between police and CPS: addresses and acts."""

from tests.authorisation.people import CPS, CPS_109, CPS_DIRECT, DECIDES, MANAGERS, ON_CASES, POLICE, SUPERVISORS

SERGEANTS_UP = SUPERVISORS | {"sergeant"}
TRIAGES = MANAGERS | CPS_DIRECT
CHECKS = MANAGERS | CPS_109 | {"prosecutor", "prosecutor2"}
COUNTS_TURNS = SUPERVISORS | MANAGERS | {"analyst"}

PAGES: dict[str, tuple[frozenset[str], str]] = {
    "prosecution_mine": (DECIDES, "GET"),
    "prosecution_mine_section": (DECIDES, "GET"),
    "prosecution_triage": (TRIAGES, "GET"),
    "prosecution_triage_section": (TRIAGES, "GET"),
    "prosecution_overview": (MANAGERS, "GET"),
    "prosecution_overview_section": (MANAGERS, "GET"),
    "with_direct": (MANAGERS, "GET"),
    "transfer_list": (MANAGERS, "GET"),
    "transfer": (MANAGERS, "GET"),
    "transfer_accept": (MANAGERS, "POST"),
    "transfer_decline": (MANAGERS, "POST"),
    "early_advice": (ON_CASES, "GET"),
    "referral": (ON_CASES, "GET"),
    "print_referral": (ON_CASES, "GET"),
    "action_plan": (ON_CASES, "GET"),
    "proposed_decision": (DECIDES, "GET"),
    "charging_decision": (ON_CASES, "GET"),
    "turns_report": (COUNTS_TURNS, "GET"),
    "export_turns_report": (COUNTS_TURNS, "GET"),
    "nfa_report": (COUNTS_TURNS, "GET"),
    "export_nfa_report": (COUNTS_TURNS, "GET"),
    "returns_report": (COUNTS_TURNS, "GET"),
    "export_returns_report": (COUNTS_TURNS, "GET"),
}

OF_A_ROW = frozenset(PAGES) - {
    "prosecution_mine", "prosecution_triage", "prosecution_overview", "with_direct", "transfer_list", "turns_report",
    "export_turns_report", "returns_report", "export_returns_report", "nfa_report", "export_nfa_report",
}  # fmt: skip

OF_ONE_CASE: dict[str, frozenset[str]] = {
    "draft_advice": POLICE,
    "early_advice": ON_CASES,
    "sent_advice": ON_CASES,
    "draft_referral": POLICE,
    "referral": ON_CASES,
    "sent_referral": ON_CASES,
    "draft_plan": CPS,
    "action_plan": ON_CASES,
    "proposed_decision": DECIDES,
    "waiting_decision": DECIDES,
    "charging_decision": ON_CASES,
}
"""Row of the house → who of those who see its case may open its page: what one side has not sent is not there for the other."""

ACTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "draft-advice", "advice-not-sought", "change-advice", "ready-advice", "withdraw-advice", "draft-referral", "change-referral",
            "set-file-items", "ready-referral", "withdraw-referral", "accept-item", "item-done", "item-part-done", "item-cannot",
            "challenge-item", "link-enquiry",
        ),
        POLICE,
    ),
    **dict.fromkeys(("send-advice", "return-advice-draft", "send-referral", "return-referral-draft"), SERGEANTS_UP),
    **dict.fromkeys(("challenge-refusal", "escalate-item", "reopen-finalised", "confirm-finalised"), SUPERVISORS),
    **dict.fromkeys(
        (
            "accept-advice", "return-advice", "refuse-advice", "answer-challenge", "accept-referral", "return-referral", "reject-red",
            "pass-to-direct", "return-to-area",
        ),
        TRIAGES,
    ),
    **dict.fromkeys(
        (
            "reallocate-advice", "reallocate-referral", "offer-to-area", "withdraw-area-offer", "approve-plan", "send-plan-back",
            "finalise", "keep-plan-open",
        ),
        MANAGERS,
    ),
    **dict.fromkeys(
        (
            "give-advice", "keep-answers", "draft-plan", "draft-advice-plan", "add-item", "change-item", "take-out-item", "send-plan",
            "send-plan-to-dcp", "discard-plan", "take-item", "not-taken-item", "agree-challenge", "amend-item", "let-go-item",
            "insist-item", "prepare-decision", "change-decision", "propose-decision", "publish-decision", "discard-decision",
            "review-threshold",
        ),
        DECIDES,
    ),
    **dict.fromkeys(("move-item", "answer-move", "enter-direct-decision"), POLICE | DECIDES),
    "resolve-item": SUPERVISORS | MANAGERS,
    **dict.fromkeys(("check-decision", "hand-on"), CHECKS),
    **dict.fromkeys(("record-court-outcome", "record-meeting"), ON_CASES),
}  # fmt: skip

"""The rows of the written table for no further action: its page and its acts. Whose rank is enough is no role: test_nfa_states."""

from tests.authorisation.people import DECIDES, ON_CASES, POLICE, SUPERVISORS

PAGES: dict[str, tuple[frozenset[str], str]] = {"proposed_nfa": (POLICE, "GET")}
OF_A_ROW = frozenset(PAGES)
OF_ONE_CASE: dict[str, frozenset[str]] = {"draft_nfa": POLICE, "waiting_nfa": POLICE}

ACTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("draft-nfa", "draft-crime-nfa", "change-nfa", "propose-nfa", "discard-nfa"), POLICE),
    "check-nfa": SUPERVISORS | {"sergeant"},
    "offer-nfa-meeting": DECIDES,
    **dict.fromkeys(("answer-nfa-meeting", "reasons-reached", "reasons-back"), ON_CASES),
}

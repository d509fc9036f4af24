"""The rows of the written table for the right to review: addresses and acts. The review unit itself is no role: test_review_states."""

from tests.authorisation.people import CLIENTS, ON_CASES, SUPERVISORS
from tests.authorisation.table_prosecution import CHECKS

REVIEWS = SUPERVISORS | CHECKS

PAGES: dict[str, tuple[frozenset[str], str]] = {
    "review_list": (REVIEWS, "GET"),
    "review_request": (REVIEWS, "GET"),
    "client_review": (CLIENTS, "GET POST"),
}
OF_A_ROW = frozenset({"review_request", "client_review"})

OF_ONE_CASE: dict[str, frozenset[str]] = {"review": frozenset({"reviewer"})}
"""Of the people of the house one alone is of the police’s review unit: for everybody else there is no such request."""

ACTS: dict[str, frozenset[str]] = {
    "lodge-review": ON_CASES,
    **dict.fromkeys(
        (
            "acknowledge-review", "allocate-review", "lengthen-review", "decide-review", "propose-out-of-scope", "answer-out-of-scope",
            "withdraw-review",
        ),
        REVIEWS,
    ),
}  # fmt: skip

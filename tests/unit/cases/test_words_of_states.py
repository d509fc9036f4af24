"""Risks, statuses and stages with their words, and the tables beside them, written down a second time by hand."""

from cases.derive.states import (
    OPEN_STAGES,
    OUTCOMES_NOT_SUPPORTED,
    OUTCOMES_WITHOUT_SUSPECT,
    RISK_ORDER,
    SETTLED,
    SETTLED_STATUSES,
    STAGE_OF,
    SUSPECT_STATUS,
    Risk,
    Stage,
    Status,
)

STATUSES = {
    "charged": "Charged",
    "no_further_action": "No further action",
    "other_disposal": "Other disposal",
    "cannot_proceed": "Died, under age or too ill",
    "administratively_finalised": "Administratively finalised",
    "with_cps": "With the CPS",
    "action_plan": "Action plan with police",
    "wanted": "Wanted",
    "abroad": "Abroad",
    "prison": "In prison elsewhere",
    "in_custody": "In custody",
    "on_bail": "On bail",
    "bail_lapsed": "Bail lapsed",
    "bail_passed_not_known": "Bail date passed, not known",
    "under_investigation": "Released under investigation",
    "released_not_known": "Released, how not known",
    "interviewed": "Interviewed, not arrested",
    "not_to_be_arrested": "Not to be arrested",
    "identified": "Identified, not arrested",
}
STAGES = {
    "recorded": "Recorded",
    "investigating": "Investigating",
    "awaiting_police": "Action plan with police",
    "with_cps": "With the CPS",
    "administratively_finalised": "Administratively finalised",
    "charged": "Charged",
    "no_further_action": "No further action",
    "finalised": "Finalised at court",
    "recorded_in_error": "Recorded in error",
    "merged": "Merged into another case",
}


def test_risks_from_the_lowest_to_the_highest() -> None:
    assert Risk.choices == [("standard", "Standard"), ("medium", "Medium"), ("high", "High")]
    assert list(RISK_ORDER) == ["standard", "medium", "high"]


def test_statuses_and_stages_as_they_are_kept_and_said() -> None:
    assert dict(Status.choices) == STATUSES
    assert dict(Stage.choices) == STAGES
    assert [one.name.lower() for one in Status] == list(STATUSES)
    assert [one.name.lower() for one in Stage] == list(STAGES)


def test_which_outcome_settles_a_suspect_how() -> None:
    by_status: dict[str, set[int]] = {}
    for code, status in SETTLED.items():
        by_status.setdefault(status.value, set()).add(code)
    assert by_status == {
        "charged": {1},
        "other_disposal": {2, 3, 4, 6, 7, 8, 19, 20, 22},
        "cannot_proceed": {5, 11, 12},
        "no_further_action": {9, 10, 13, 14, 15, 16, 17, 18, 21},
    }
    assert {one.value for one in SETTLED_STATUSES} == set(by_status)
    assert (set(OUTCOMES_WITHOUT_SUSPECT), set(OUTCOMES_NOT_SUPPORTED)) == ({14, 18}, {14, 16})


def test_which_stage_a_status_makes_and_which_stages_are_open() -> None:
    assert {status.value: stage.value for status, stage in STAGE_OF.items()} == {
        "action_plan": "awaiting_police",
        "with_cps": "with_cps",
        "administratively_finalised": "administratively_finalised",
    }
    assert {one.value for one in OPEN_STAGES} == {"recorded", "investigating", "with_cps", "awaiting_police"}
    assert [one.value for one in Stage if one.is_open] == ["recorded", "investigating", "awaiting_police", "with_cps"]


def test_whoever_has_no_other_status_is_identified() -> None:
    assert SUSPECT_STATUS[-1].words == "Identified"

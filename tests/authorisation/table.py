"""The written table: for every address, who gets what. An address, an act or a page that is not in it fails the tests."""

POLICE_NORTH = frozenset({"investigator", "sergeant"})
POLICE_52 = frozenset({"investigator", "investigator2", "sergeant", "supervisor", "reviewer"})
POLICE_46 = frozenset({"other-force"})
SUPERVISORS = frozenset({"supervisor", "reviewer"})
CPS_110 = frozenset({"prosecutor", "prosecutor2", "cps-manager", "vlo", "cps-reviewer"})
CPS_109 = frozenset({"other-area"})
CPS_DIRECT = frozenset({"cps-direct"})
POLICE = POLICE_52 | POLICE_46
CPS = CPS_110 | CPS_109 | CPS_DIRECT
ON_CASES = POLICE | CPS
NO_CASES = frozenset({"analyst", "auditor", "administrator", "isva", "isva-manager", "isva2", "panel"})
EVERYBODY = ON_CASES | NO_CASES

SEES: dict[str, frozenset[str]] = {
    "own": POLICE_NORTH | SUPERVISORS | CPS_110,  # of RASSO North, brought to South West
    "other_unit": frozenset({"investigator2"}) | SUPERVISORS,  # of RASSO South, not brought
    "restricted": frozenset({"investigator", "supervisor"}),  # the officer in the case, and the inspector who restricted it
    "excluded": frozenset({"sergeant", "supervisor"}),  # of RASSO North; investigator and reviewer may never see it
    "other_force": POLICE_46 | CPS_109,  # Kent's, brought to South East
    "nonexistent": frozenset(),
}
"""Relation to a case → who sees it. Everybody else gets the 404 that nothing gets."""

OPEN = frozenset({"health_live", "health_ready"})
"""Pages without sign-in that answer everybody. `health_ready` may say that something is not ready (503)."""

SIGN_IN = frozenset({
    "account_login", "account_logout", "account_reauthenticate", "account_change_password", "account_set_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
    "mfa_edit_webauthn", "mfa_login_webauthn",
})  # fmt: skip
"""django-allauth's pages: they act on nobody but the person signed in, never on a case."""
SIGN_IN_FOR_ANYBODY = frozenset({
    "account_login", "account_logout", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn", "account_reauthenticate",
})  # fmt: skip
"""Those of them that somebody who is not signed in reaches."""

PAGES: dict[str, tuple[frozenset[str], str]] = {
    "home": (EVERYBODY, "GET"),
    "keep_alive": (EVERYBODY, "POST"),
    "case_list": (ON_CASES, "GET POST"),
    "case_new": (POLICE, "GET POST"),
    "overdue_arrests": (ON_CASES | {"analyst"}, "GET"),
    "export_overdue_arrests": (ON_CASES, "GET"),
    "print_overdue_arrests": (ON_CASES, "GET"),
    "held_up_arrests": (ON_CASES, "GET"),
    "import_list": (SUPERVISORS, "GET"),
    "import_new": (SUPERVISORS, "GET POST"),
    "import_run": (SUPERVISORS, "GET"),
    "import_start": (SUPERVISORS, "POST"),
    "import_refused": (SUPERVISORS, "GET"),
    "disagreement_list": (SUPERVISORS, "GET"),
    "disagreement": (SUPERVISORS, "GET POST"),
    "passed_bail_list": (SUPERVISORS, "GET"),
}
"""Address without a case → who opens it, by which methods. Everybody else: 404."""

OF_A_ROW = frozenset({"import_run", "import_start", "import_refused", "disagreement"})
"""Those of them about one row: of a row that does not exist everybody gets the 404."""

CASE_PAGES: dict[str, str] = {"case_page": "GET", "case_timeline": "GET", "case_act": "GET POST", "case_act_on": "GET POST"}
"""Address of one case → methods. Who: whoever sees the case."""

INVESTIGATE, SUPERVISE, ALLOCATE = POLICE, SUPERVISORS, SUPERVISORS | {"sergeant"}
ALLOCATE_CPS = frozenset({"cps-manager", "cps-reviewer"})

ACTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "answer-named", "add-complainant", "change-needs", "add-crime", "confirm-allegation", "withdraw-allegation", "open-enquiry",
            "change-enquiry", "end-enquiry", "cannot-be-met", "correct-case", "correct-suspect", "correct-complainant", "correct-crime",
            "correct-bail", "bring-to-cps", "take-back-from-cps", "add-police-note", "add-suspect", "record-arrest", "record-release",
            "enter-detention", "extend-detention", "record-attempt", "record-interview", "plan-arrest", "move-planned-arrest",
            "cancel-planned-arrest", "record-delay", "propose-no-arrest", "grant-bail", "vary-bail", "extend-bail", "suspend-bail",
            "resume-bail", "record-breach", "record-failure-to-answer", "end-bail", "answer-passed-bail", "record-outcome", "reopen",
            "record-crime-outcome",
        ),
        INVESTIGATE,
    ),
    **dict.fromkeys(
        (
            "take-over", "grant-access", "revoke-access", "exclude", "lift-exclusion", "restrict", "lift-restriction", "review-case",
            "review-suspect", "move-deadline", "answer-abstraction", "answer-correction", "recorded-in-error", "merge",
            "mark-suspect-in-error", "begin-situation", "end-situation", "reopen-crime",
        ),
        SUPERVISE,
    ),
    **dict.fromkeys(("assign-person", "end-role", "move-to-unit", "answer-no-arrest"), ALLOCATE),
    **dict.fromkeys(("name-cps-person", "end-cps-role"), ALLOCATE_CPS),
    "add-note": ON_CASES,
    "add-cps-note": CPS,
}  # fmt: skip
"""Act → who may, among those who see the case. Who sees and may not: 403 with the reason."""

"""The written table: for every address, who gets what. An address, an act or a page that is not in it fails the tests."""

from tests.authorisation import table_nfa as nfa
from tests.authorisation import table_panel as panels
from tests.authorisation import table_prosecution as prosecution
from tests.authorisation import table_review as review
from tests.authorisation.people import ADMINISTRATORS as ADMINISTRATORS
from tests.authorisation.people import AUDITORS as AUDITORS
from tests.authorisation.people import CLIENTS as CLIENTS
from tests.authorisation.people import CPS as CPS
from tests.authorisation.people import CPS_109 as CPS_109
from tests.authorisation.people import CPS_110 as CPS_110
from tests.authorisation.people import CPS_DIRECT as CPS_DIRECT
from tests.authorisation.people import DECIDES as DECIDES
from tests.authorisation.people import EVERYBODY as EVERYBODY
from tests.authorisation.people import MANAGERS as MANAGERS
from tests.authorisation.people import NO_CASES as NO_CASES
from tests.authorisation.people import ON_CASES as ON_CASES
from tests.authorisation.people import POLICE as POLICE
from tests.authorisation.people import POLICE_46 as POLICE_46
from tests.authorisation.people import POLICE_52 as POLICE_52
from tests.authorisation.people import POLICE_NORTH as POLICE_NORTH
from tests.authorisation.people import SHOWN_IDENTITY as SHOWN_IDENTITY
from tests.authorisation.people import SUPERVISORS as SUPERVISORS
from tests.authorisation.people import SUPERVISORS_52 as SUPERVISORS_52

SEES: dict[str, frozenset[str]] = {
    "own": POLICE_NORTH | SUPERVISORS_52 | CPS_110,  # of RASSO North, brought to South West
    "other_unit": frozenset({"investigator2"}) | SUPERVISORS_52,  # of RASSO South, not brought
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
    "inbox": (EVERYBODY, "GET"),
    "inbox_settings": (EVERYBODY, "GET POST"),
    "open_notice": (EVERYBODY, "POST"),
    "read_notice": (EVERYBODY, "POST"),
    "read_all_notices": (EVERYBODY, "POST"),
    "daily_runs": (SUPERVISORS | {"analyst"}, "GET"),
    "daily_run": (SUPERVISORS | {"analyst"}, "GET"),
    "case_list": (ON_CASES, "GET POST"),
    "case_new": (POLICE, "GET POST"),
    "overdue_arrests": (ON_CASES | {"analyst"}, "GET"),
    "export_overdue_arrests": (ON_CASES, "GET"),
    "print_overdue_arrests": (ON_CASES, "GET"),
    "held_up_arrests": (ON_CASES, "GET"),
    "bail_diary": (ON_CASES | {"analyst"}, "GET"),
    "export_bail": (ON_CASES, "GET"),
    "print_bail": (ON_CASES, "GET"),
    "today": (SUPERVISORS | {"sergeant"}, "GET"),
    "today_section": (SUPERVISORS | {"sergeant"}, "GET"),
    "print_today": (SUPERVISORS | {"sergeant"}, "GET"),
    "reports": (ON_CASES | {"analyst"}, "GET"),
    "help": (EVERYBODY, "GET"),
    "help_clocks": (EVERYBODY - {"panel"}, "GET"),
    "filter_list": (EVERYBODY, "GET"),
    "filter_save": (EVERYBODY, "POST"),
    "filter_rename": (EVERYBODY, "GET POST"),
    "filter_delete": (EVERYBODY, "GET POST"),
    "drafts": (EVERYBODY, "GET POST"),
    "draft_discard": (EVERYBODY, "POST"),
    "emergency_access": (POLICE, "GET POST"),
    "access_log": (AUDITORS, "GET POST"),
    "access_log_row": (AUDITORS, "GET"),
    "access_log_export": (AUDITORS, "GET POST"),
    "audit_emergencies": (AUDITORS, "GET"),
    "audit_emergency": (AUDITORS, "GET POST"),
    "audit_patterns": (AUDITORS, "GET"),
    "audit_pattern": (AUDITORS, "GET POST"),
    "import_list": (SUPERVISORS, "GET"),
    "import_new": (SUPERVISORS, "GET POST"),
    "import_run": (SUPERVISORS, "GET"),
    "import_start": (SUPERVISORS, "POST"),
    "import_refused": (SUPERVISORS, "GET"),
    "disagreement_list": (SUPERVISORS, "GET"),
    "disagreement": (SUPERVISORS, "GET POST"),
    "passed_bail_list": (SUPERVISORS, "GET"),
    "offer_list": (SUPERVISORS, "GET"),
    "offer": (SUPERVISORS, "GET"),
    "offer_accept": (SUPERVISORS, "POST"),
    "offer_decline": (SUPERVISORS, "POST"),
    "administration": (ADMINISTRATORS, "GET"),
    "people": (ADMINISTRATORS, "GET POST"),
    "person": (ADMINISTRATORS, "GET"),
    "person_new": (ADMINISTRATORS, "GET POST"),
    "person_act": (ADMINISTRATORS, "GET POST"),
    "accreditation_end": (ADMINISTRATORS, "GET POST"),
    "units": (ADMINISTRATORS, "GET"),
    "unit_new": (ADMINISTRATORS, "GET POST"),
    "unit_change": (ADMINISTRATORS, "GET POST"),
    "services": (ADMINISTRATORS, "GET"),
    "service_new": (ADMINISTRATORS, "GET POST"),
    "service_administrator": (ADMINISTRATORS, "GET POST"),
    "service_names": (ADMINISTRATORS, "GET"),
    "service_name": (ADMINISTRATORS, "GET POST"),
    "settings": (ADMINISTRATORS, "GET"),
    "clock_setting": (ADMINISTRATORS, "GET POST"),
    "bank_holidays": (ADMINISTRATORS, "GET"),
    "bank_holiday_new": (ADMINISTRATORS, "GET POST"),
    "abstraction_list": (SUPERVISORS, "GET"),
    "abstraction_new": (SUPERVISORS, "GET POST"),
    "abstraction": (SUPERVISORS, "GET POST"),
    "abstraction_change": (SUPERVISORS, "GET POST"),
    "abstraction_call_off": (SUPERVISORS, "GET POST"),
    "hand_over": (SUPERVISORS | {"sergeant", "cps-manager", "cps-reviewer"}, "GET"),
    "hand_over_from": (SUPERVISORS | {"sergeant", "cps-manager", "cps-reviewer"}, "POST"),
    "away_list": (EVERYBODY, "GET POST"),
    "away": (EVERYBODY, "GET POST"),
    "abstraction_report": (SUPERVISORS | {"analyst"}, "GET"),
    "export_abstraction_report": (SUPERVISORS | {"analyst"}, "GET"),
    "victim_page": (ON_CASES, "GET"),
    "victim_shown": (SHOWN_IDENTITY, "GET POST"),
    "victim_identity": (POLICE, "GET POST"),
    "victim_find": (POLICE, "GET POST"),
    "contact_person_new": (POLICE, "GET POST"),
    "contact_person_change": (POLICE, "GET POST"),
    "victim_isva_words": (SHOWN_IDENTITY, "GET"),
    "victim_contact": (SHOWN_IDENTITY, "GET POST"),
    "victim_contact_correct": (SHOWN_IDENTITY, "GET POST"),
    "victim_contacts": (ON_CASES, "GET"),
    "victim_safe_contact": (SHOWN_IDENTITY, "GET POST"),
    "victim_contact_report": (ON_CASES | {"analyst"}, "GET"),
    "export_victim_contact_report": (ON_CASES | {"analyst"}, "GET"),
    "victim_appointments": (SHOWN_IDENTITY, "GET"),
    "information_request": (SHOWN_IDENTITY, "GET"),
    "device_request": (SHOWN_IDENTITY, "GET"),
    "print_information_notice": (SHOWN_IDENTITY, "GET"),
    "print_device_notice": (SHOWN_IDENTITY, "GET"),
    "client_list": (CLIENTS, "GET POST"),
    "client": (CLIENTS, "GET"),
    "where_things_stand": (CLIENTS, "GET"),
    "print_where_things_stand": (CLIENTS, "GET"),
    "client_act": (CLIENTS, "GET POST"),
    "client_act_on": (CLIENTS, "GET POST"),
    "client_link": (CLIENTS, "GET POST"),
    "attrition_report": (SUPERVISORS | {"analyst", "cps-manager", "cps-reviewer"}, "GET"),
    "export_attrition_report": (SUPERVISORS | {"analyst", "cps-manager", "cps-reviewer"}, "GET"),
    "turns_report": (SUPERVISORS | {"analyst", "cps-manager", "cps-reviewer"}, "GET"),
    "export_turns_report": (SUPERVISORS | {"analyst", "cps-manager", "cps-reviewer"}, "GET"),
    "load_report": (SUPERVISORS | {"sergeant", "cps-manager", "cps-reviewer"}, "GET"),
    **prosecution.PAGES,
    **nfa.PAGES,
    **panels.PAGES,
    **review.PAGES,
}
"""Address without a case → who opens it, by which methods. Everybody else: 404."""

OF_A_ROW = frozenset(
    {
        "person",
        "victim_appointments",
        "victim_contact",
        "victim_contact_correct",
        "victim_contacts",
        "victim_safe_contact",
        "information_request",
        "device_request",
        "print_information_notice",
        "print_device_notice",
        "victim_page",
        "victim_shown",
        "victim_identity",
        "contact_person_new",
        "contact_person_change",
        "abstraction",
        "abstraction_change",
        "abstraction_call_off",
        "hand_over_from",
        "away",
        "today_section",
        "person_act",
        "accreditation_end",
        "unit_change",
        "service_administrator",
        "service_name",
        "clock_setting",
        "filter_rename",
        "filter_delete",
        "open_notice",
        "read_notice",
        "read_all_notices",
        "daily_run",
        "offer",
        "offer_accept",
        "offer_decline",
        "access_log_row",
        "audit_emergency",
        "audit_pattern",
        "import_run",
        "import_start",
        "import_refused",
        "disagreement",
        "victim_isva_words",
        "client",
        "where_things_stand",
        "print_where_things_stand",
        "client_act",
        "client_act_on",
        *prosecution.OF_A_ROW,
        *nfa.OF_A_ROW,
        *panels.OF_A_ROW,
        *review.OF_A_ROW,
    }
)
"""Those of them about one row: of a row that does not exist everybody gets the 404."""

CASE_PAGES: dict[str, str] = {
    "worklist_act": "GET POST",
    "worklist_act_on": "GET POST",
    "case_page": "GET",
    "case_timeline": "GET",
    "case_notes": "GET",
    "case_notes_print": "GET",
    "disclosure_print": "GET",
    "case_act": "GET POST",
    "case_act_on": "GET POST",
}
"""Address of one case → methods. Who: whoever sees the case."""
CASE_PAGES_FOR: dict[str, frozenset[str]] = {"disclosure_print": POLICE}
"""Those of them that are for one side: to everybody else they lead nowhere."""

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
            "record-crime-outcome", "assess-needs", "end-contact-person",
        ),
        INVESTIGATE,
    ),
    **dict.fromkeys(
        (
            "take-over", "grant-access", "revoke-access", "exclude", "lift-exclusion", "restrict", "lift-restriction", "review-case",
            "review-suspect", "move-deadline", "answer-abstraction", "answer-correction", "recorded-in-error", "merge",
            "mark-suspect-in-error", "begin-situation", "end-situation", "reopen-crime", "offer-to-force", "withdraw-offer",
            "record-withdrawal-talk",
        ),
        SUPERVISE,
    ),
    **dict.fromkeys(("assign-person", "end-role", "move-to-unit", "answer-no-arrest"), ALLOCATE),
    **dict.fromkeys(("name-cps-person", "end-cps-role"), ALLOCATE_CPS),
    **dict.fromkeys(
        (
            "refer-to-support", "answer-referral", "match-service", "withdraw-consent", "ask-isva-to-tell", "take-back-tell-request",
            "answer-isva", "confirm-link", "decline-link",
            "book-appointment", "keep-appointment", "move-appointment", "cancel-appointment", "appointment-cancelled-by-victim",
            "rebook-appointment", "draft-information-request", "change-information-request", "record-information-notice",
            "send-information-request", "record-information-answer", "withdraw-information-request", "ask-for-device",
            "give-device-notice", "agree-device", "refuse-device", "withdraw-device-agreement", "take-device", "return-device",
            "move-device-return",
        ),
        POLICE,
    ),
    **dict.fromkeys(("enter-letter", "read-letter", "check-letter-route", "send-letter", "letter-reached"), SHOWN_IDENTITY),
    "contact-victim": SHOWN_IDENTITY,
    "correct-contact": SHOWN_IDENTITY,
    "agree-contact": POLICE | {"vlo"},
    "hand-over-contact": POLICE | {"vlo"},
    "review-safe-channel": SUPERVISORS,
    "answer-information-request": SUPERVISORS,
    "add-note": ON_CASES,
    **dict.fromkeys(("tell", "not-told", "suspect-told", "record-support", "supports-again", "record-hearing"), ON_CASES),
    "plan-telling": SHOWN_IDENTITY,
    "add-cps-note": CPS,
    **prosecution.ACTS,
    **nfa.ACTS,
    **review.ACTS,
}  # fmt: skip
"""Act → who may, among those who see the case. Who sees and may not: 403 with the reason."""

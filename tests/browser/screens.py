"""The written table of pictures: which pages are looked at by whom, and which journey takes the picture of every other page.

Every page has at least one picture at both widths in docs/screens/; tests/architecture/test_screens_kept.py holds that.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """A page that can be opened by its address alone: the name of its address, of its picture, who opens it, and where."""

    page: str
    picture: str
    who: str
    path: str


SCREENS: tuple[Screen, ...] = (
    Screen("home", "worklist", "investigator", "/"),
    Screen("case_list", "investigator-cases", "investigator", "/cases/"),
    Screen("case_new", "new-case", "investigator", "/cases/new/"),
    Screen("emergency_access", "emergency-access", "investigator", "/emergency-access/"),
    Screen("inbox_settings", "inbox-settings", "investigator", "/inbox/settings/"),
    Screen("away_list", "away", "investigator", "/away/"),
    Screen("help", "help", "investigator", "/help/"),
    Screen("home", "worklist-sergeant", "sergeant", "/"),
    Screen("today", "today-sergeant", "sergeant", "/today/"),
    Screen("load_report", "load", "sergeant", "/reports/load/"),
    Screen("home", "worklist-supervisor", "supervisor", "/"),
    Screen("case_list", "cases", "supervisor", "/cases/"),
    Screen("today", "today", "supervisor", "/today/"),
    Screen("print_today", "today-print", "supervisor", "/today/print/"),
    Screen("reports", "reports", "supervisor", "/reports/"),
    Screen("overdue_arrests", "overdue-arrests", "supervisor", "/reports/overdue-arrests/"),
    Screen("print_overdue_arrests", "overdue-arrests-print", "supervisor", "/reports/overdue-arrests/print/"),
    Screen("held_up_arrests", "held-up", "supervisor", "/reports/overdue-arrests/held-up/wanted/"),
    Screen("bail_diary", "bail-diary", "supervisor", "/reports/bail/"),
    Screen("print_bail", "bail-diary-print", "supervisor", "/reports/bail/print/"),
    Screen("abstraction_list", "abstractions", "supervisor", "/abstractions/"),
    Screen("abstraction_new", "abstraction-new", "supervisor", "/abstractions/new/"),
    Screen("abstraction_report", "abstraction-report", "supervisor", "/reports/abstraction/"),
    Screen("daily_runs", "daily-runs", "supervisor", "/reports/daily/"),
    Screen("import_list", "imports", "supervisor", "/imports/"),
    Screen("import_new", "import-new", "supervisor", "/imports/new/"),
    Screen("disagreement_list", "disagreements", "supervisor", "/imports/disagreements/"),
    Screen("passed_bail_list", "passed-bails", "supervisor", "/imports/passed-bail/"),
    Screen("filter_list", "filters", "supervisor", "/filters/"),
    Screen("bail_diary", "bail-diary-analyst", "analyst", "/reports/bail/"),
    Screen("abstraction_report", "abstraction-report-analyst", "analyst", "/reports/abstraction/"),
    Screen("home", "worklist-prosecutor", "prosecutor", "/"),
    Screen("case_list", "area-cases", "prosecutor", "/cases/"),
    Screen("bail_diary", "bail-diary-cps", "prosecutor", "/reports/bail/"),
    Screen("load_report", "load-cps", "cps-manager", "/reports/load/"),
    Screen("hand_over", "hand-over-cps", "cps-manager", "/hand-over/"),
    Screen("home", "home-isva", "isva", "/"),
    Screen("away_list", "away-isva-manager", "isva-manager", "/away/"),
    Screen("home", "home-auditor", "auditor", "/"),
    Screen("access_log", "audit", "auditor", "/audit/"),
    Screen("access_log", "audit-refusals", "auditor", "/audit/?act=denial"),
    Screen("access_log_export", "audit-file", "auditor", "/audit/export/"),
    Screen("audit_emergencies", "audit-emergency-access", "auditor", "/audit/emergency-access/"),
    Screen("audit_patterns", "audit-patterns", "auditor", "/audit/patterns/"),
    Screen("help_clocks", "help-clocks", "auditor", "/help/clocks/"),
    Screen("administration", "administration", "administrator", "/administration/"),
    Screen("people", "administration-people", "administrator", "/administration/people/"),
    Screen("person_new", "administration-person-new", "administrator", "/administration/people/new/"),
    Screen("units", "administration-units", "administrator", "/administration/units/"),
    Screen("unit_new", "administration-unit-new", "administrator", "/administration/units/new/"),
    Screen("services", "administration-services", "administrator", "/administration/services/"),
    Screen("service_new", "administration-service-new", "administrator", "/administration/services/new/"),
    Screen("settings", "administration-settings", "administrator", "/administration/settings/"),
    Screen("clock_setting", "administration-clock", "administrator", "/administration/settings/clocks/arrest-standard/"),
    Screen("clock_setting", "administration-clock-by-law", "administrator", "/administration/settings/clocks/detention/"),
    Screen("bank_holidays", "administration-bank-holidays", "administrator", "/administration/settings/bank-holidays/"),
    Screen("bank_holiday_new", "administration-bank-holiday", "administrator", "/administration/settings/bank-holidays/new/"),
)

JOURNEYS: dict[str, tuple[str, ...]] = {
    "case_page": ("case", "case-offered", "case-gone", "case-under-emergency-access"),
    "case_timeline": ("timeline",),
    "case_act": ("add-note", "offer-form"),
    "case_act_on": ("record-arrest", "extend-bail"),
    "case_notes": ("notes",),
    "case_notes_print": ("notes-print",),
    "worklist_act": ("worklist-form",),
    "worklist_act_on": ("worklist-form",),
    "inbox": ("inbox",),
    "daily_run": ("daily-run",),
    "today_section": ("today-section",),
    "abstraction": ("abstraction", "abstraction-errors"),
    "abstraction_change": ("abstraction-change",),
    "abstraction_call_off": ("abstraction-call-off",),
    "away": ("away-form",),
    "hand_over": ("hand-over", "hand-over-confirm"),
    "offer_list": ("offers",),
    "offer": ("offer", "offer-refused"),
    "filter_rename": ("filter-rename",),
    "filter_delete": ("filter-delete",),
    "import_run": ("import-run",),
    "disagreement": ("disagreement",),
    "person": ("administration-person",),
    "person_act": ("administration-leave",),
    "accreditation_end": ("administration-accreditation-end",),
    "unit_change": ("administration-unit-change",),
    "service_administrator": ("administration-service-administrator",),
    "access_log_row": ("access-log-row",),
    "audit_emergency": ("audit-one-emergency-access",),
    "audit_pattern": ("audit-pattern",),
}
"""Page that is reached by a link alone → its pictures, each taken in a journey of tests/browser/."""

"""The rows of the written table for scrutiny panels. Pages of members are for everybody: being on the panel is what opens one."""

from tests.authorisation.people import EVERYBODY, MANAGERS, ON_CASES, SUPERVISORS

ORGANISERS = SUPERVISORS | MANAGERS

PAGES: dict[str, tuple[frozenset[str], str]] = {
    "meeting_list": (EVERYBODY, "GET"),
    "meeting": (EVERYBODY, "GET"),
    "meeting_declare": (EVERYBODY, "GET POST"),
    "pack": (EVERYBODY, "GET"),
    "pack_finding": (EVERYBODY, "GET POST"),
    "pack_step_back": (EVERYBODY, "GET POST"),
    "pack_conclude": (EVERYBODY, "GET POST"),
    "panel_list": (ORGANISERS, "GET"),
    "panel_new": (ORGANISERS, "GET POST"),
    "panel": (ORGANISERS, "GET"),
    "panel_case": (ORGANISERS, "GET"),
    "panel_act": (ORGANISERS, "GET POST"),
    "panel_act_on": (ORGANISERS, "GET POST"),
    "panel_learning": (ON_CASES, "GET"),
    "panel_learning_done": (ON_CASES, "GET POST"),
    "panel_year": (ORGANISERS, "GET"),
}
OF_A_ROW = frozenset(PAGES) - {"meeting_list", "panel_list", "panel_new", "panel_learning", "panel_year"}

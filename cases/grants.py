"""The written table of grants: which kind may do what with the rows of each case table, and by which comparison.

Migrations put these rules in force; a test holds the database's own catalogue against this table, both ways. A kind
that is not named has no right at all: ISVAs, panels and oversight reach no case table.
"""

from cases.timeline import OF_THE_POLICE_ALONE
from core.rls import AUDITED_FORCE, EVERYTHING, OWN_AREA, OWN_FORCE, OWN_USER, Rule, rule
from core.scope import Kind

Table = dict[str, Rule]

NOT_THE_CPS_ALONE = "kind <> 'second_check'"
"""Clocks that the police may see. One for a second check would tell them that a decision is proposed (DeadlineQuerySet.shown_to)."""

NOT_PROPOSED_BY_THE_POLICE = "kind <> 'nfa_check'"
"""Clocks that the CPS may see. One for a second check by the police would tell that no further action is proposed."""

NOT_THE_POLICE_ALONE = " AND ".join(f"kind <> '{kind}'" for kind in OF_THE_POLICE_ALONE)
"""Events that the CPS may see: none about what the police have not sent."""


def table(*, police: str = "", cps: str = "", system: str = "") -> Table:
    """Return the rules of one table: police and system by force, CPS by Area."""
    rules = {Kind.POLICE: rule(police, OWN_FORCE), Kind.CPS: rule(cps, OWN_AREA), Kind.SYSTEM: rule(system, OWN_FORCE)}
    return {str(kind): one for kind, one in rules.items() if one.commands}


FACT = table(police="SELECT INSERT UPDATE", cps="SELECT", system="SELECT INSERT UPDATE")
APPENDED = table(police="SELECT INSERT", cps="SELECT", system="SELECT INSERT")
SHARED_NOTE = table(police="SELECT INSERT", cps="SELECT INSERT", system="SELECT")
PROJECTED = table(police="SELECT", cps="SELECT", system="SELECT INSERT UPDATE")
RECORDED = table(police="SELECT", cps="SELECT", system="SELECT INSERT")
POLICE_ONLY = table(police="SELECT INSERT UPDATE", system="SELECT INSERT UPDATE")

FACT_TABLES = (
    "cases_allegation", "cases_arrest", "cases_arrestdecision", "cases_bail", "cases_caseaccess", "cases_complainant", "cases_cpsposition",
    "cases_detention", "cases_exclusion", "cases_factcorrection", "cases_interview", "cases_lineofenquiry", "cases_offence",
    "cases_plannedarrest", "cases_suspect", "cases_suspectoutcome", "cases_suspectsituation", "cases_caseperson",
)  # fmt: skip
APPENDED_TABLES = (
    "cases_abstractionanswer", "cases_arrestattempt", "cases_arrestdelay", "cases_bailevent", "cases_deadlineoverride",
    "cases_supervisorreview",
)  # fmt: skip
TELLING_TABLES = ("cases_tellingplan", "cases_suspecttold", "cases_supportchange", "cases_hearing")
"""Added by either side: the CPS plans and tells too, and hears dates of hearings first."""
RECORDED_TABLES = ("cases_caselink", "cases_statuschange", "cases_timelineevent")
VERSION_TABLES = (
    "cases_allegationversion", "cases_arrestversion", "cases_arrestdecisionversion", "cases_bailversion", "cases_caseversion",
    "cases_caseaccessversion", "cases_caseofferversion", "cases_casepersonversion", "cases_complainantversion",
    "cases_cpspositionversion", "cases_detentionversion",
    "cases_exclusionversion", "cases_interviewversion", "cases_lineofenquiryversion", "cases_offenceversion", "cases_plannedarrestversion",
    "cases_suspectversion", "cases_suspectoutcomeversion", "cases_suspectsituationversion", "cases_toldversion",
    "cases_writtenreasonsversion",
)  # fmt: skip

GRANTS: dict[str, Table] = {
    "cases_case": table(police="SELECT INSERT UPDATE", cps="SELECT UPDATE", system="SELECT INSERT UPDATE"),
    **dict.fromkeys(FACT_TABLES, FACT),
    **dict.fromkeys(APPENDED_TABLES, APPENDED),
    **dict.fromkeys(RECORDED_TABLES, RECORDED),
    **dict.fromkeys(TELLING_TABLES, table(police="SELECT INSERT", cps="SELECT INSERT", system="SELECT INSERT")),
    "cases_timelineevent": {**RECORDED, str(Kind.CPS): rule("SELECT", f"{OWN_AREA} AND {NOT_THE_POLICE_ALONE}")},
    "cases_told": table(police="SELECT INSERT UPDATE", cps="SELECT INSERT UPDATE", system="SELECT INSERT UPDATE"),
    "cases_withdrawaltalk": table(police="SELECT INSERT", cps="SELECT", system="SELECT INSERT"),
    "cases_writtenreasons": table(police="SELECT INSERT UPDATE", cps="SELECT INSERT UPDATE", system="SELECT INSERT UPDATE"),
    "cases_note": SHARED_NOTE,
    "cases_policenote": table(police="SELECT INSERT"),
    "cases_cpsnote": table(cps="SELECT INSERT"),
    "cases_deadline": {
        str(Kind.CPS): rule("SELECT", f"{OWN_AREA} AND {NOT_PROPOSED_BY_THE_POLICE}"),
        str(Kind.POLICE): rule("SELECT", f"{OWN_FORCE} AND {NOT_THE_CPS_ALONE}"),
        str(Kind.SYSTEM): rule("SELECT INSERT UPDATE", EVERYTHING),
    },
    "cases_suspectnamekey": table(police="SELECT INSERT DELETE", cps="SELECT", system="SELECT INSERT DELETE"),
    "cases_person": table(police="SELECT INSERT", system="SELECT INSERT"),
    "cases_abstraction": table(police="SELECT INSERT", system="SELECT"),
    "cases_abstractionofficer": table(police="SELECT INSERT", system="SELECT"),
    "cases_extractentry": table(system="SELECT INSERT UPDATE"),
    "cases_disagreement": table(police="SELECT UPDATE", system="SELECT INSERT UPDATE"),
    "cases_importrun": POLICE_ONLY,
    "cases_caselook": {str(kind): rule("SELECT INSERT UPDATE", OWN_USER) for kind in (Kind.POLICE, Kind.CPS)},
    "cases_emergencyaccess": {
        **table(police="SELECT", system="SELECT INSERT"),
        str(Kind.OVERSIGHT): rule("SELECT", AUDITED_FORCE),
    },
    "cases_emergencyreview": {
        **table(police="SELECT", system="SELECT INSERT"),
        str(Kind.OVERSIGHT): rule("SELECT INSERT", AUDITED_FORCE),
    },
    "cases_caseoffer": FACT,
    "cases_incomingoffer": table(police="SELECT", system="SELECT INSERT UPDATE"),
    **dict.fromkeys(VERSION_TABLES, table(police="INSERT", cps="INSERT", system="INSERT")),
}

APPEND_ONLY = (
    *APPENDED_TABLES, *RECORDED_TABLES, *TELLING_TABLES, *VERSION_TABLES, "cases_note", "cases_policenote", "cases_cpsnote",
    "cases_emergencyaccess", "cases_emergencyreview", "cases_withdrawaltalk",
)  # fmt: skip
"""Tables whose rows nobody changes or takes away, the owner included; the Area may move with the case."""

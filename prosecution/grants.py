"""The written table of grants of this app: which kind may do what with which rows; police by force, CPS by Area.

What the CPS prepares and has not given yet (answers kept, decisions proposed) has no rule for the police: they cannot learn
that it is there; nor of a plan, or a part of one, that was not sent. What the police draft and never sent is no row of the
Area's. A notice or an offer of another Area is compared with the Area it is for.
"""

from core.rls import OWN_AREA, OWN_FORCE, Rule, rule
from core.scope import Kind

ITS_AREA = "area_id = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"
EVERYTHING = "true"
PLAN_SENT, ITEM_SENT, NO_DRAFTING = "set_at IS NOT NULL", "state <> 'draft'", "what <> 'said'"
"""What the police see of a plan, of its items, and of what happened to them: nothing of how a draft came about."""
SUBMITTED = "first_submitted_at IS NOT NULL"
"""What an Area sees of what is asked of it: only what was sent once."""
SENT = "sent_at IS NOT NULL"
"""What it sees of the parts: a suspect, a crime, a question or an item of the file put in since it was sent is none yet."""

Table = dict[str, Rule]


def table(*, police: str = "", cps: str = "", system: str = "SELECT INSERT UPDATE", police_if: str = "", cps_if: str = "") -> Table:
    """Return the rules of one table; `police_if` and `cps_if` narrow what that kind sees and writes of its own force's or Area's rows."""
    rules = {
        Kind.POLICE: rule(police, _narrowed(OWN_FORCE, police_if)),
        Kind.CPS: rule(cps, _narrowed(OWN_AREA, cps_if)),
        Kind.SYSTEM: rule(system, OWN_FORCE),
    }
    return {str(kind): one for kind, one in rules.items() if one.commands}


def _narrowed(where: str, condition: str) -> str:
    return f"{where} AND {condition}" if condition else where


READ, ADD, CHANGE = "SELECT", "SELECT INSERT", "SELECT INSERT UPDATE"

GRANTS: dict[str, Table] = {
    "prosecution_earlyadvice": table(police=CHANGE, cps="SELECT UPDATE", cps_if=SUBMITTED),
    "prosecution_advicesuspect": table(police=CHANGE, cps=READ, cps_if=SENT),
    "prosecution_advicequestion": table(police=CHANGE, cps="SELECT UPDATE", cps_if=SENT),
    "prosecution_adviceanswer": table(cps=CHANGE),
    "prosecution_refusalchallenge": table(police=ADD, cps="SELECT UPDATE"),
    "prosecution_earlyadvicenotsought": table(police=ADD, cps=READ, system=ADD),
    "prosecution_referral": table(police=CHANGE, cps="SELECT UPDATE", cps_if=SUBMITTED),
    "prosecution_referralsuspect": table(police=CHANGE, cps=READ, cps_if=SENT),
    "prosecution_referraloffence": table(police=CHANGE, cps=READ, cps_if=SENT),
    "prosecution_fileitem": table(police=CHANGE, cps=READ, cps_if=SENT),
    "prosecution_submission": table(police=CHANGE, cps="SELECT UPDATE"),
    "prosecution_returnreason": table(police=READ, cps=ADD, system=ADD),
    "prosecution_areanotice": {str(Kind.CPS): rule(READ, ITS_AREA), str(Kind.SYSTEM): rule(CHANGE, EVERYTHING)},
    "prosecution_areatransfer": table(police=READ, cps=CHANGE),
    "prosecution_incomingtransfer": {str(Kind.CPS): rule("SELECT UPDATE", ITS_AREA), str(Kind.SYSTEM): rule(CHANGE, OWN_FORCE)},
    "prosecution_actionplan": table(police="SELECT UPDATE", cps=CHANGE, police_if=PLAN_SENT),
    "prosecution_actionitem": table(police=CHANGE, cps=CHANGE, police_if=ITEM_SENT),
    "prosecution_itemevent": table(police=ADD, cps=ADD, system=ADD, police_if=NO_DRAFTING),
    "prosecution_proposeddecision": table(cps=CHANGE),
    "prosecution_chargingdecision": table(police=ADD, cps=ADD, system=ADD),
    "prosecution_thresholdreview": table(police=READ, cps=ADD, system=ADD),
    "prosecution_courtoutcome": table(police=ADD, cps=ADD, system=ADD),
    "prosecution_finalisation": table(police="SELECT UPDATE", cps=ADD),
    "prosecution_meeting": table(police=ADD, cps=ADD, system=ADD),
}

VERSIONED: dict[str, tuple[str, ...]] = {
    "earlyadvice": ("police", "cps"),
    "advicequestion": ("police", "cps"),
    "refusalchallenge": ("police", "cps"),
    "referral": ("police", "cps"),
    "fileitem": ("police",),
    "submission": ("police", "cps"),
    "areatransfer": ("cps",),
    "actionplan": ("police", "cps"),
    "actionitem": ("police", "cps"),
    "proposeddecision": ("cps",),
    "finalisation": ("police", "cps"),
}
GRANTS.update({
    f"prosecution_{name}version": table(**dict.fromkeys(kinds, "INSERT"), system="SELECT INSERT") for name, kinds in VERSIONED.items()
})  # fmt: skip

APPEND_ONLY = (
    "prosecution_earlyadvicenotsought", "prosecution_returnreason", "prosecution_itemevent", "prosecution_chargingdecision",
    "prosecution_thresholdreview", "prosecution_courtoutcome", "prosecution_meeting",
    *(f"prosecution_{name}version" for name in VERSIONED),
)  # fmt: skip
"""Tables whose rows nobody changes or takes away, the owner included; the Area may move with the case."""

"""The written table of grants of decisions not to charge: proposals, reviews, panels (the passage itself is in grants.py).

What the police propose is no row of the CPS's. A request for a review is worked on by the side that decided, and by no other. A
panel belongs to the agency that organises it; a member reads packs that were sent to a panel she or he is on, the own findings,
and those of the others once the own one is submitted: nothing that names a case.
"""

from core.rls import EVERYTHING, OWN_AGENCY, OWN_AREA, OWN_FORCE, OWN_USER, Rule, rule
from core.scope import Kind

Table = dict[str, Rule]

READ, ADD, CHANGE = "SELECT", "SELECT INSERT", "SELECT INSERT UPDATE"
_ME = "nullif(current_setting('app.user_id', true), '')::uuid"
_MY_PANELS = f"ARRAY(SELECT m.panel_id FROM prosecution_panelmember m WHERE m.user_id = {_ME} AND m.left_at IS NULL)"  # noqa: S608 - constants alone
ON_THE_PANEL = f"id = ANY({_MY_PANELS})"
PACK_SENT = (
    f"sent_at IS NOT NULL AND panel_id = ANY({_MY_PANELS})"  # noqa: S608 - constants alone
    f" AND id <> ALL(ARRAY(SELECT c.pack_id FROM prosecution_packconflict c WHERE c.user_id = {_ME}))"
)
SUBMITTED_OWN = (
    "pack_id = ANY(ARRAY(SELECT f.pack_id FROM prosecution_finding f"  # noqa: S608 - constants alone
    f" WHERE f.user_id = {_ME} AND f.submitted_at IS NOT NULL))"
)


def of_a_panel(*, organiser: str = CHANGE, member: str = "", member_where: str = OWN_USER, system: str = CHANGE) -> Table:
    """Return the rules of a table of panels: the organising agency's, and what a member may of it."""
    rules = {
        Kind.POLICE: rule(organiser, OWN_AGENCY),
        Kind.CPS: rule(organiser, OWN_AGENCY),
        Kind.PANEL: rule(member, member_where),
        Kind.SYSTEM: rule(system, EVERYTHING),
    }
    return {str(kind): one for kind, one in rules.items() if one.commands}


def of_a_side(side: str, where: str) -> str:
    """Return the condition for rows of the side that decided."""
    return f"{where} AND side = '{side}'"


GRANTS: dict[str, Table] = {
    "prosecution_proposednfa": {str(Kind.POLICE): rule(CHANGE, OWN_FORCE), str(Kind.SYSTEM): rule(CHANGE, OWN_FORCE)},
    "prosecution_nfameeting": {
        str(Kind.POLICE): rule("SELECT UPDATE", OWN_FORCE),
        str(Kind.CPS): rule(CHANGE, OWN_AREA),
        str(Kind.SYSTEM): rule(CHANGE, OWN_FORCE),
    },
    "prosecution_reviewrequest": {
        str(Kind.POLICE): rule(CHANGE, of_a_side("police", OWN_FORCE)),
        str(Kind.CPS): rule(CHANGE, of_a_side("cps", OWN_AREA)),
        str(Kind.SYSTEM): rule(CHANGE, OWN_FORCE),
    },
    "prosecution_panel": of_a_panel(member=READ, member_where=ON_THE_PANEL),
    "prosecution_panelmember": of_a_panel(member="SELECT UPDATE"),
    "prosecution_pack": of_a_panel(member=READ, member_where=PACK_SENT),
    "prosecution_panelcase": {
        str(Kind.POLICE): rule(CHANGE, f"{OWN_FORCE} AND {OWN_AGENCY}"),
        str(Kind.CPS): rule(CHANGE, f"{OWN_AREA} AND {OWN_AGENCY}"),
        str(Kind.SYSTEM): rule(CHANGE, OWN_FORCE),
    },
    "prosecution_packconflict": of_a_panel(organiser=ADD, member=ADD),
    "prosecution_finding": of_a_panel(organiser="", member=CHANGE),
    "prosecution_sharedfinding": of_a_panel(organiser=READ, member=ADD, member_where=SUBMITTED_OWN, system=ADD),
    "prosecution_learning": of_a_panel(),
}

VERSIONED: dict[str, tuple[Kind, ...]] = {
    "proposednfa": (Kind.POLICE,),
    "nfameeting": (Kind.POLICE, Kind.CPS),
    "reviewrequest": (Kind.POLICE, Kind.CPS),
}
_WHERE = {Kind.POLICE: OWN_FORCE, Kind.CPS: OWN_AREA}
GRANTS.update({
    f"prosecution_{name}version": {
        **{str(kind): rule("INSERT", _WHERE[kind]) for kind in kinds},
        str(Kind.SYSTEM): rule("SELECT INSERT", OWN_FORCE),
    }
    for name, kinds in VERSIONED.items()
})  # fmt: skip

APPEND_ONLY = ("prosecution_sharedfinding", *(f"prosecution_{name}version" for name in VERSIONED))
"""Tables whose rows nobody changes or takes away, the owner included."""

"""Every app's written table of grants, put together: what the database's own catalogue is held against."""

from accounts import grants as accounts
from cases import grants as cases
from core.rls import Rule
from notifications import grants as notifications
from prosecution import grants as prosecution
from prosecution import grants_scrutiny
from reports import grants as reports
from victims import grants as victims

CASES = {**cases.GRANTS, **{name: {**cases.GRANTS[name], **rules} for name, rules in victims.ON_CASES.items()}}
VICTIMS = victims.GRANTS
PROSECUTION = {**prosecution.GRANTS, **grants_scrutiny.GRANTS}
GRANTS: dict[str, dict[str, Rule]] = {**CASES, **accounts.GRANTS, **notifications.GRANTS, **reports.GRANTS, **VICTIMS, **PROSECUTION}
APPEND_ONLY = (*cases.APPEND_ONLY, *victims.APPEND_ONLY, *victims.VERSIONS, *prosecution.APPEND_ONLY, *grants_scrutiny.APPEND_ONLY)

OF_A_PERSON = frozenset({"cases_caselook", *accounts.GRANTS, *notifications.GRANTS})
"""Tables whose rows belong to one person: nobody else reads them, of whatever agency."""
OF_AN_AREA = frozenset({"prosecution_areanotice", "prosecution_incomingtransfer"})
"""Tables of no case, whose rows are for one CPS Area: what it keeps of a case that another has, or is offered."""
OF_A_PANEL = frozenset({
    "prosecution_panel", "prosecution_panelmember", "prosecution_pack", "prosecution_packconflict", "prosecution_finding",
    "prosecution_sharedfinding", "prosecution_learning",
})  # fmt: skip
"""Tables of no case, whose rows belong to the agency that organises a panel, and to its members."""
OF_A_FORCE = {
    table: rules for table, rules in GRANTS.items() if table not in OF_A_PERSON | OF_AN_AREA | OF_A_PANEL and table != "reports_pattern"
}
"""Tables whose boundary is the force or the Area."""

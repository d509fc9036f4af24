"""The written table of grants of what reports save."""

from core.rls import OWN_AGENCY, OWN_FORCE, Rule, rule
from core.scope import Kind

GRANTS: dict[str, dict[str, Rule]] = {
    "reports_dailyrun": {str(Kind.POLICE): rule("SELECT", OWN_FORCE), str(Kind.SYSTEM): rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "reports_pattern": {str(Kind.OVERSIGHT): rule("SELECT UPDATE", OWN_AGENCY), str(Kind.SYSTEM): rule("SELECT INSERT", OWN_AGENCY)},
}

"""The written table of grants of what belongs to one person alone. People, units and agencies: migration 0003."""

from core.rls import EVERYTHING, OWN_USER, Rule, rule
from core.scope import Kind

PEOPLE = (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.PANEL, Kind.OVERSIGHT)
OWN = {str(kind): rule("SELECT INSERT UPDATE DELETE", OWN_USER) for kind in PEOPLE}

GRANTS: dict[str, dict[str, Rule]] = {
    "accounts_savedfilter": OWN,
    "accounts_draft": {**OWN, str(Kind.SYSTEM): rule("SELECT DELETE", EVERYTHING)},
}

"""Row-level security of decisions not to charge, reviews and panels (the written table is prosecution/grants_scrutiny.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import EVERYTHING, OWN_AGENCY, OWN_AREA, OWN_FORCE, OWN_USER, Protect, rule
from core.scope import Kind

POLICE, CPS, PANEL, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.PANEL), str(Kind.SYSTEM)
ME = "nullif(current_setting('app.user_id', true), '')::uuid"
MY_PANELS = f"ARRAY(SELECT m.panel_id FROM prosecution_panelmember m WHERE m.user_id = {ME} AND m.left_at IS NULL)"
ON_THE_PANEL = f"id = ANY({MY_PANELS})"
PACK_SENT = (
    f"sent_at IS NOT NULL AND panel_id = ANY({MY_PANELS})"
    f" AND id <> ALL(ARRAY(SELECT c.pack_id FROM prosecution_packconflict c WHERE c.user_id = {ME}))"
)
SUBMITTED_OWN = f"pack_id = ANY(ARRAY(SELECT f.pack_id FROM prosecution_finding f WHERE f.user_id = {ME} AND f.submitted_at IS NOT NULL))"

RULES = {
    "prosecution_proposednfa": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_nfameeting": {POLICE: rule("SELECT UPDATE", OWN_FORCE), CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_reviewrequest": {POLICE: rule("SELECT INSERT UPDATE", f"{OWN_FORCE} AND side = 'police'"), CPS: rule("SELECT INSERT UPDATE", f"{OWN_AREA} AND side = 'cps'"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_panel": {POLICE: rule("SELECT INSERT UPDATE", OWN_AGENCY), CPS: rule("SELECT INSERT UPDATE", OWN_AGENCY), PANEL: rule("SELECT", ON_THE_PANEL), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_panelmember": {POLICE: rule("SELECT INSERT UPDATE", OWN_AGENCY), CPS: rule("SELECT INSERT UPDATE", OWN_AGENCY), PANEL: rule("SELECT UPDATE", OWN_USER), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_pack": {POLICE: rule("SELECT INSERT UPDATE", OWN_AGENCY), CPS: rule("SELECT INSERT UPDATE", OWN_AGENCY), PANEL: rule("SELECT", PACK_SENT), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_panelcase": {POLICE: rule("SELECT INSERT UPDATE", f"{OWN_FORCE} AND {OWN_AGENCY}"), CPS: rule("SELECT INSERT UPDATE", f"{OWN_AREA} AND {OWN_AGENCY}"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_packconflict": {POLICE: rule("SELECT INSERT", OWN_AGENCY), CPS: rule("SELECT INSERT", OWN_AGENCY), PANEL: rule("SELECT INSERT", OWN_USER), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_finding": {PANEL: rule("SELECT INSERT UPDATE", OWN_USER), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_sharedfinding": {POLICE: rule("SELECT", OWN_AGENCY), CPS: rule("SELECT", OWN_AGENCY), PANEL: rule("SELECT INSERT", SUBMITTED_OWN), SYSTEM: rule("SELECT INSERT", EVERYTHING)},
    "prosecution_learning": {POLICE: rule("SELECT INSERT UPDATE", OWN_AGENCY), CPS: rule("SELECT INSERT UPDATE", OWN_AGENCY), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "prosecution_proposednfaversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_nfameetingversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_reviewrequestversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
}
ADDED_TO = (
    "prosecution_sharedfinding",
    "prosecution_proposednfaversion",
    "prosecution_nfameetingversion",
    "prosecution_reviewrequestversion",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("prosecution", "0003_scrutiny")]
    operations: ClassVar = [
        *(Protect(name, rules) for name, rules in RULES.items()),
        *(AppendOnly(name) for name in ADDED_TO),
    ]

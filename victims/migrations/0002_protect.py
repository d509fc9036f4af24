"""Row-level security of everything about a victim, and what support services read of cases (the written table is victims/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_AREA, OWN_FORCE, Admit, Protect, rule
from core.scope import Kind

POLICE, CPS, ISVA, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.ISVA), str(Kind.SYSTEM)
OWN_SERVICE = "service_id = nullif(current_setting('app.agency_id', true), '')::int"
LIVE = (
    " FROM victims_supportreferral live WHERE live.service_id = nullif(current_setting('app.agency_id', true), '')::int"
    " AND live.state = 'accepted' AND live.consent_given_on IS NOT NULL AND live.consent_withdrawn_at IS NULL"
)
OWN_CLIENTS = f"complainant_id = ANY(ARRAY(SELECT live.complainant_id{LIVE}))"
OFFICERS_OF_CLIENTS = f"role = ANY(ARRAY['officer', 'solo']) AND until IS NULL AND case_id = ANY(ARRAY(SELECT live.case_id{LIVE}))"

RULES = {
    "victims_victim": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contactperson": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_needsassessment": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_safecontact": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_safechannelreview": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contactagreement": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contacthandover": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contact": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), ISVA: rule("SELECT INSERT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contactsummary": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_appointment": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), ISVA: rule("SELECT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_letter": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_supportreferral": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), ISVA: rule("SELECT UPDATE", OWN_SERVICE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_linkrequest": {POLICE: rule("SELECT", OWN_FORCE), ISVA: rule("SELECT INSERT", OWN_SERVICE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_linkmatch": {POLICE: rule("SELECT UPDATE", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_tellrequest": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), ISVA: rule("SELECT UPDATE", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_isvamessage": {POLICE: rule("SELECT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), ISVA: rule("SELECT INSERT UPDATE", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_informationrequest": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_devicerequest": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_victimversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_contactpersonversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_appointmentversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_letterversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_supportreferralversion": {POLICE: rule("INSERT", OWN_FORCE), ISVA: rule("INSERT", OWN_SERVICE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_linkmatchversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_tellrequestversion": {POLICE: rule("INSERT", OWN_FORCE), ISVA: rule("INSERT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_isvamessageversion": {POLICE: rule("INSERT", OWN_FORCE), ISVA: rule("INSERT", OWN_CLIENTS), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_informationrequestversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "victims_devicerequestversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
}
RESEALED: dict[str, tuple[str, ...]] = {
    "victims_needsassessment": ("communication",),
    "victims_safecontact": ("never", "times", "code_word", "who_may_pick_up", "safe_route_for_letters"),
    "victims_safechannelreview": ("decision",),
    "victims_contactagreement": ("own_reason",),
    "victims_contacthandover": (),
    "victims_contact": (),
    "victims_contactsummary": ("text", "not_told_to"),
    "victims_linkrequest": ("client_name",),
    "victims_victimversion": ("surname", "forenames", "date_of_birth", "address", "home_telephone", "mobile_telephone", "email", "notes"),
    "victims_contactpersonversion": ("name", "telephone", "email", "never_tell", "near_suspect_decision"),
    "victims_appointmentversion": ("place",),
    "victims_letterversion": ("route",),
    "victims_supportreferralversion": ("consent_witnessed_by",),
    "victims_linkmatchversion": (),
    "victims_tellrequestversion": ("words", "may_be_said", "safe_when", "note"),
    "victims_isvamessageversion": ("text", "answer"),
    "victims_informationrequestversion": ("holder", "wanted", "reasonable_because", "holder_has_it_because", "necessary_because", "proportionate_because", "less_intrusive_means", "how_handled", "notice_withheld_because", "substantial_probative_value", "approval_note"),
    "victims_devicerequestversion": ("device", "scope", "reason", "necessary_because", "less_intrusive_means", "how_handled", "agreed_freely_because"),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("victims", "0001_initial"), ("cases", "0007_protect_telling")]
    operations: ClassVar = [
        *(Protect(name, rules) for name, rules in RULES.items()),
        *(AppendOnly(name, resealed) for name, resealed in RESEALED.items()),
        Admit("cases_told", {ISVA: rule("SELECT", OWN_CLIENTS)}),
        Admit("cases_caseperson", {ISVA: rule("SELECT", OFFICERS_OF_CLIENTS)}),
    ]

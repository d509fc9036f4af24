"""What a support service reads is what is between itself and the police alone; names of services in an extract (victims/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_FORCE, Protect, Readmit, rule
from core.scope import Kind

ISVA, POLICE, SYSTEM = str(Kind.ISVA), str(Kind.POLICE), str(Kind.SYSTEM)
OWN_SERVICE = "service_id = nullif(current_setting('app.agency_id', true), '')::int"
LIVE = f"{OWN_SERVICE} AND state = 'accepted' AND consent_given_on IS NOT NULL AND consent_withdrawn_at IS NULL"
FROM_LIVE = (
    " FROM victims_supportreferral live WHERE live.service_id = nullif(current_setting('app.agency_id', true), '')::int"
    " AND live.state = 'accepted' AND live.consent_given_on IS NOT NULL AND live.consent_withdrawn_at IS NULL"
)
OWN_CLIENTS = f"complainant_id = ANY(ARRAY(SELECT live.complainant_id{FROM_LIVE}))"
ASKED_OF_THE_SERVICE = f"referral_id = ANY(ARRAY(SELECT live.id{FROM_LIVE}))"
SAID_BY_THE_SERVICE = f"{OWN_SERVICE} AND {OWN_CLIENTS}"

CHANGED = {
    "victims_supportreferral": ("SELECT UPDATE", OWN_SERVICE, LIVE),
    "victims_supportreferralversion": ("INSERT", OWN_SERVICE, LIVE),
    "victims_tellrequest": ("SELECT UPDATE", OWN_CLIENTS, ASKED_OF_THE_SERVICE),
    "victims_tellrequestversion": ("INSERT", OWN_CLIENTS, ASKED_OF_THE_SERVICE),
    "victims_isvamessage": ("SELECT INSERT UPDATE", OWN_CLIENTS, SAID_BY_THE_SERVICE),
    "victims_isvamessageversion": ("INSERT", OWN_CLIENTS, SAID_BY_THE_SERVICE),
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("victims", "0003_service_names")]
    operations: ClassVar = [
        Protect("victims_servicename", {POLICE: rule("SELECT", OWN_FORCE), SYSTEM: rule("SELECT INSERT", OWN_FORCE)}),
        AppendOnly("victims_servicename"),
        *(
            Readmit(table, before={ISVA: rule(commands, before)}, after={ISVA: rule(commands, after)})
            for table, (commands, before, after) in CHANGED.items()
        ),
    ]

"""Row-level security of everything between police and CPS (the written table is prosecution/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import OWN_AREA, OWN_FORCE, Protect, rule
from core.scope import Kind

POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)
ITS_AREA = "area_id = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"

RULES = {
    "prosecution_earlyadvice": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT UPDATE", f"{OWN_AREA} AND first_submitted_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_advicesuspect": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", f"{OWN_AREA} AND sent_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_advicequestion": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT UPDATE", f"{OWN_AREA} AND sent_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_adviceanswer": {CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_refusalchallenge": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_earlyadvicenotsought": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_referral": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT UPDATE", f"{OWN_AREA} AND first_submitted_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_referralsuspect": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", f"{OWN_AREA} AND sent_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_referraloffence": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", f"{OWN_AREA} AND sent_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_fileitem": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", f"{OWN_AREA} AND sent_at IS NOT NULL"), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_submission": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_returnreason": {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_areanotice": {CPS: rule("SELECT", ITS_AREA), SYSTEM: rule("SELECT INSERT UPDATE", "true")},
    "prosecution_areatransfer": {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_incomingtransfer": {CPS: rule("SELECT UPDATE", ITS_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_actionplan": {POLICE: rule("SELECT UPDATE", f"{OWN_FORCE} AND set_at IS NOT NULL"), CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_actionitem": {POLICE: rule("SELECT INSERT UPDATE", f"{OWN_FORCE} AND state <> 'draft'"), CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_itemevent": {POLICE: rule("SELECT INSERT", f"{OWN_FORCE} AND what <> 'said'"), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_proposeddecision": {CPS: rule("SELECT INSERT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_chargingdecision": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_thresholdreview": {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_courtoutcome": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_finalisation": {POLICE: rule("SELECT UPDATE", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "prosecution_meeting": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_earlyadviceversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_advicequestionversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_refusalchallengeversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_referralversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_fileitemversion": {POLICE: rule("INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_submissionversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_areatransferversion": {CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_actionplanversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_actionitemversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_proposeddecisionversion": {CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "prosecution_finalisationversion": {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
}
ADDED_TO = (
    "prosecution_earlyadvicenotsought",
    "prosecution_returnreason",
    "prosecution_itemevent",
    "prosecution_chargingdecision",
    "prosecution_thresholdreview",
    "prosecution_courtoutcome",
    "prosecution_meeting",
    "prosecution_earlyadviceversion",
    "prosecution_advicequestionversion",
    "prosecution_refusalchallengeversion",
    "prosecution_referralversion",
    "prosecution_fileitemversion",
    "prosecution_submissionversion",
    "prosecution_areatransferversion",
    "prosecution_actionplanversion",
    "prosecution_actionitemversion",
    "prosecution_proposeddecisionversion",
    "prosecution_finalisationversion",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("prosecution", "0001_initial"), ("cases", "0009_prosecution_kinds")]
    operations: ClassVar = [
        *(Protect(name, rules) for name, rules in RULES.items()),
        *(AppendOnly(name) for name in ADDED_TO),
    ]

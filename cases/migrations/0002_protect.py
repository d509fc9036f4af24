"""Row-level security, grants and append-only tables of the case (the written table is cases/grants.py)."""

from typing import ClassVar

from django.db import migrations

from core.appendonly import AppendOnly
from core.rls import EVERYTHING, OWN_AREA, OWN_FORCE, Grant, Protect, rule
from core.scope import Kind

POLICE, CPS, SYSTEM = str(Kind.POLICE), str(Kind.CPS), str(Kind.SYSTEM)
FACT = {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)}
APPENDED = {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)}
RECORDED = {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT", OWN_FORCE)}
VERSION = {POLICE: rule("INSERT", OWN_FORCE), CPS: rule("INSERT", OWN_AREA), SYSTEM: rule("INSERT", OWN_FORCE)}

FACTS = (
    "allegation", "arrest", "arrestdecision", "bail", "caseaccess", "complainant", "cpsposition", "detention", "exclusion", "factcorrection",
    "interview", "lineofenquiry", "offence", "plannedarrest", "suspect", "suspectoutcome", "suspectsituation", "caseperson",
)  # fmt: skip
APPENDEDS = ("abstractionanswer", "arrestattempt", "arrestdelay", "bailevent", "deadlineoverride", "supervisorreview")
RECORDEDS = ("statuschange", "timelineevent")
VERSIONS = (*(name for name in FACTS if name != "factcorrection"), "case")
OTHERS = {
    "case": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), CPS: rule("SELECT UPDATE", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "note": {POLICE: rule("SELECT INSERT", OWN_FORCE), CPS: rule("SELECT INSERT", OWN_AREA), SYSTEM: rule("SELECT", OWN_FORCE)},
    "policenote": {POLICE: rule("SELECT INSERT", OWN_FORCE)},
    "cpsnote": {CPS: rule("SELECT INSERT", OWN_AREA)},
    "deadline": {POLICE: rule("SELECT", OWN_FORCE), CPS: rule("SELECT", OWN_AREA), SYSTEM: rule("SELECT INSERT UPDATE", EVERYTHING)},
    "suspectnamekey": {
        POLICE: rule("SELECT INSERT DELETE", OWN_FORCE),
        CPS: rule("SELECT", OWN_AREA),
        SYSTEM: rule("SELECT INSERT DELETE", OWN_FORCE),
    },
    "person": {POLICE: rule("SELECT INSERT", OWN_FORCE), SYSTEM: rule("SELECT INSERT", OWN_FORCE)},
    "abstraction": {POLICE: rule("SELECT INSERT", OWN_FORCE), SYSTEM: rule("SELECT", OWN_FORCE)},
    "abstractionofficer": {POLICE: rule("SELECT INSERT", OWN_FORCE), SYSTEM: rule("SELECT", OWN_FORCE)},
    "extractentry": {SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "disagreement": {POLICE: rule("SELECT UPDATE", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
    "importrun": {POLICE: rule("SELECT INSERT UPDATE", OWN_FORCE), SYSTEM: rule("SELECT INSERT UPDATE", OWN_FORCE)},
}
RULES = {
    **dict.fromkeys(FACTS, FACT),
    **dict.fromkeys(APPENDEDS, APPENDED),
    **dict.fromkeys(RECORDEDS, RECORDED),
    **{f"{name}version": VERSION for name in VERSIONS},
    **OTHERS,
}
ONLY_ADDED = (*APPENDEDS, *RECORDEDS, *(f"{name}version" for name in VERSIONS), "note", "policenote", "cpsnote")
READERS = {str(kind): "SELECT" for kind in (Kind.POLICE, Kind.CPS, Kind.ISVA, Kind.OVERSIGHT, Kind.SYSTEM)}


# After a large import the planner knows nothing of the new rows until autovacuum comes by (measured: one page took minutes).
# Only the owner may analyse, so the system kind is given this one function.
ANALYSE = f"""
CREATE FUNCTION analyse_case_tables() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'cases\\_%' LOOP
        EXECUTE format('ANALYZE %I.%I', one.schemaname, one.tablename);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION analyse_case_tables() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION analyse_case_tables() TO {SYSTEM};
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial"), ("accounts", "0003_grants"), ("audit", "0001_initial")]
    operations: ClassVar = [
        *(Protect(f"cases_{name}", rules) for name, rules in RULES.items()),
        *(AppendOnly(f"cases_{name}") for name in ONLY_ADDED),
        Grant("cases_clocksetting", READERS),
        migrations.RunSQL(ANALYSE, "DROP FUNCTION analyse_case_tables()"),
    ]

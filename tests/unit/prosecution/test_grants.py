"""Which kind of user may do what with which table between police and CPS, written down a second time by hand.

The catalogue of the database is held against the same table by tests/architecture: here it is held against the promise.
"""

from pathlib import Path

import pytest

from prosecution.grants import APPEND_ONLY, GRANTS

READ, ADD, CHANGE, ANSWER = "SELECT", "SELECT INSERT", "SELECT INSERT UPDATE", "SELECT UPDATE"
PROMISED: dict[str, tuple[str, str]] = {
    # table: what police and CPS may do
    "earlyadvice": (CHANGE, ANSWER),
    "advicesuspect": (CHANGE, READ),
    "advicequestion": (CHANGE, ANSWER),
    "adviceanswer": ("", CHANGE),
    "refusalchallenge": (ADD, ANSWER),
    "earlyadvicenotsought": (ADD, READ),
    "referral": (CHANGE, ANSWER),
    "referralsuspect": (CHANGE, READ),
    "referraloffence": (CHANGE, READ),
    "fileitem": (CHANGE, READ),
    "submission": (CHANGE, ANSWER),
    "returnreason": (READ, ADD),
    "areanotice": ("", READ),
    "areatransfer": (READ, CHANGE),
    "incomingtransfer": ("", ANSWER),
    "actionplan": (ANSWER, CHANGE),
    "actionitem": (CHANGE, CHANGE),
    "itemevent": (ADD, ADD),
    "proposeddecision": ("", CHANGE),
    "chargingdecision": (ADD, ADD),
    "thresholdreview": (READ, ADD),
    "courtoutcome": (ADD, ADD),
    "finalisation": (ANSWER, ADD),
    "meeting": (ADD, ADD),
}
ADDED_TO = ("earlyadvicenotsought", "returnreason", "itemevent", "chargingdecision", "thresholdreview", "courtoutcome", "meeting")
KEPT = (
    "earlyadvice", "advicequestion", "refusalchallenge", "referral", "fileitem", "submission", "areatransfer", "actionplan", "actionitem",
    "proposeddecision", "finalisation",
)  # fmt: skip
SYSTEM_ADDS = ("earlyadvicenotsought", "returnreason", "itemevent", "chargingdecision", "thresholdreview", "courtoutcome", "meeting")
OWN_FORCE = "force_id = nullif(current_setting('app.force_id', true), '')::int"
OWN_AREA = "cps_area_scope = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"
FOR_ITS_AREA = "area_id = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"
POLICE_SEE = {
    "actionplan": f"{OWN_FORCE} AND set_at IS NOT NULL",
    "actionitem": f"{OWN_FORCE} AND state <> 'draft'",
    "itemevent": f"{OWN_FORCE} AND what <> 'said'",
}
CPS_SEE = {
    "earlyadvice": f"{OWN_AREA} AND first_submitted_at IS NOT NULL",
    "referral": f"{OWN_AREA} AND first_submitted_at IS NOT NULL",
    **dict.fromkeys(
        ("advicesuspect", "advicequestion", "referralsuspect", "referraloffence", "fileitem"), f"{OWN_AREA} AND sent_at IS NOT NULL"
    ),
    "areanotice": FOR_ITS_AREA,
    "incomingtransfer": FOR_ITS_AREA,
}


def granted(table: str) -> dict[str, tuple[str, str]]:
    return {str(kind): (" ".join(one.commands), one.where) for kind, one in GRANTS[table].items()}


def test_every_table_is_written_here() -> None:
    assert set(GRANTS) == {f"prosecution_{name}" for name in PROMISED} | {f"prosecution_{name}version" for name in KEPT}


@pytest.mark.parametrize("name", PROMISED)
def test_a_table_is_granted_as_promised(name: str) -> None:
    police, cps = PROMISED[name]
    promised = {
        "rasso_police": (police, POLICE_SEE.get(name, OWN_FORCE)),
        "rasso_cps": (cps, CPS_SEE.get(name, OWN_AREA)),
        "rasso_system": (ADD if name in SYSTEM_ADDS else CHANGE, "true" if name == "areanotice" else OWN_FORCE),
    }
    assert granted(f"prosecution_{name}") == {kind: one for kind, one in promised.items() if one[0]}


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_version_is_written_by_whoever_writes_the_row_and_read_by_nobody_but_the_system(name: str) -> None:
    own = {"rasso_police": OWN_FORCE, "rasso_cps": OWN_AREA, "rasso_system": OWN_FORCE}
    writers = {kind for kind, (commands, _) in granted(f"prosecution_{name}").items() if commands != READ}
    versions = granted(f"prosecution_{name}version")
    assert versions == {kind: (ADD if kind == "rasso_system" else "INSERT", own[kind]) for kind in versions}
    assert set(versions) == writers


def test_what_is_only_added_to() -> None:
    assert set(APPEND_ONLY) == {f"prosecution_{name}" for name in ADDED_TO} | {f"prosecution_{name}version" for name in KEPT}


def test_the_migration_does_not_change_when_the_written_table_does() -> None:
    """What a released migration did stays as it was: it writes its rules out, and a later table needs a later migration."""
    migrations = Path(__file__).parents[3] / "prosecution" / "migrations"
    read = ("from prosecution.grants", "from prosecution import", "import prosecution")
    assert [path.name for path in migrations.glob("0*.py") if any(one in path.read_text() for one in read)] == []

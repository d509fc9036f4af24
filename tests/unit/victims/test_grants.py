"""Which kind of user may do what with which table of victims, written down a second time by hand.

The catalogue of the database is held against the same table by tests/architecture: here it is held against the promise.
"""

import pytest

from victims.grants import APPEND_ONLY, GRANTS, ON_CASES, RESEALED, VERSIONS

READ, ADD, CHANGE, ANSWER = "SELECT", "SELECT INSERT", "SELECT INSERT UPDATE", "SELECT UPDATE"
PROMISED: dict[str, tuple[str, str, str]] = {
    # table: what police, CPS and a support service may do
    "victim": (CHANGE, READ, READ),
    "contactperson": (CHANGE, READ, ""),
    "needsassessment": (ADD, ADD, READ),
    "safecontact": (ADD, ADD, READ),
    "safechannelreview": (ADD, READ, ""),
    "contactagreement": (ADD, ADD, READ),
    "contacthandover": (ADD, ADD, READ),
    "contact": (ADD, ADD, ADD),
    "contactsummary": (ADD, ADD, ""),
    "tellingarrangement": (ADD, ADD, ""),
    "appointment": (CHANGE, READ, READ),
    "letter": (CHANGE, CHANGE, ""),
    "supportreferral": (CHANGE, READ, ANSWER),
    "linkrequest": (READ, "", ADD),
    "linkmatch": (ANSWER, "", ""),
    "tellrequest": (CHANGE, READ, ANSWER),
    "isvamessage": (ANSWER, READ, CHANGE),
    "informationrequest": (CHANGE, READ, ""),
    "devicerequest": (CHANGE, READ, ""),
    "servicename": (READ, "", ""),
}
KEPT = (
    "victim", "contactperson", "appointment", "letter", "supportreferral", "linkmatch", "tellrequest", "isvamessage",
    "informationrequest", "devicerequest",
)  # fmt: skip
OWN_FORCE = "force_id = nullif(current_setting('app.force_id', true), '')::int"
OWN_AREA = "cps_area_scope = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"
OWN_SERVICE = "service_id = nullif(current_setting('app.agency_id', true), '')::int"
LIVE = f"live.{OWN_SERVICE} AND live.state = 'accepted' AND live.consent_given_on IS NOT NULL AND live.consent_withdrawn_at IS NULL"
"""The own service, accepted, consent given and not withdrawn."""
OWN_CLIENTS = f"complainant_id = ANY(ARRAY(SELECT live.complainant_id FROM victims_supportreferral live WHERE {LIVE}))"
NARROWER = {
    "supportreferral": LIVE.replace("live.", ""),
    "linkrequest": OWN_SERVICE,
    "tellrequest": f"referral_id = ANY(ARRAY(SELECT live.id FROM victims_supportreferral live WHERE {LIVE}))",
    "isvamessage": f"{OWN_SERVICE} AND {OWN_CLIENTS}",
}
"""What is not the client's alone but between one service and the police: another service of the same client sees none of it."""
OFFICERS = (
    "role = ANY(ARRAY['officer', 'solo']) AND until IS NULL"
    f" AND case_id = ANY(ARRAY(SELECT live.case_id FROM victims_supportreferral live WHERE {LIVE}))"
)


def granted(table: str) -> dict[str, tuple[str, str]]:
    return {str(kind): (" ".join(one.commands), one.where) for kind, one in GRANTS[table].items()}


def test_every_table_is_written_here() -> None:
    assert set(GRANTS) == {f"victims_{name}" for name in PROMISED} | {f"victims_{name}version" for name in KEPT}


@pytest.mark.parametrize("name", PROMISED)
def test_a_table_is_granted_as_promised(name: str) -> None:
    police, cps, isva = PROMISED[name]
    promised = {
        "rasso_police": (police, OWN_FORCE),
        "rasso_cps": (cps, OWN_AREA),
        "rasso_isva": (isva, NARROWER.get(name, OWN_CLIENTS)),
        "rasso_system": (ADD if name == "servicename" else CHANGE, OWN_FORCE),
    }
    assert granted(f"victims_{name}") == {kind: one for kind, one in promised.items() if one[0]}


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_version_is_written_by_whoever_writes_the_row_and_read_by_nobody_but_the_system(name: str) -> None:
    rows, versions = granted(f"victims_{name}"), granted(f"victims_{name}version")
    writers = {kind for kind, (commands, _) in rows.items() if commands != READ}
    assert versions == {kind: (CHANGE if kind == "rasso_system" else "INSERT", rows[kind][1]) for kind in writers}
    assert VERSIONS[f"victims_{name}version"] is GRANTS[f"victims_{name}version"]


def test_what_a_support_service_reads_of_cases() -> None:
    found = {table: {str(kind): (" ".join(one.commands), one.where) for kind, one in rules.items()} for table, rules in ON_CASES.items()}
    assert found == {"cases_told": {"rasso_isva": (READ, OWN_CLIENTS)}, "cases_caseperson": {"rasso_isva": (READ, OFFICERS)}}


def test_what_is_only_added_to_and_what_a_change_of_key_writes_there() -> None:
    assert {
        "victims_needsassessment": {"communication"},
        "victims_safecontact": {"never", "times", "code_word", "who_may_pick_up", "safe_route_for_letters"},
        "victims_safechannelreview": {"decision"},
        "victims_contactagreement": {"own_reason"},
        "victims_contacthandover": set(),
        "victims_contact": set(),
        "victims_contactsummary": {"text", "not_told_to"},
        "victims_tellingarrangement": {"companion", "letter_route"},
        "victims_linkrequest": {"client_name"},
    } == {table: set(columns) for table, columns in RESEALED.items()}
    assert set(APPEND_ONLY) == {*RESEALED, "victims_servicename"}

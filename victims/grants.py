"""The written table of grants of this app: which kind may do what with which rows.

Police and CPS by force and Area, as every row of a case. A support service by its live clients alone: the subquery reads
the live referrals of the own service, which row-level security narrows again; what goes between the police and another
service of the same client is none of it. What an ISVA must never read (summaries of
contacts, contact persons, what matches a link request, letters, requests for information) has no rule for that kind.
"""

from core.rls import OWN_AREA, OWN_FORCE, Rule, rule
from core.scope import Kind

OWN_SERVICE = "service_id = nullif(current_setting('app.agency_id', true), '')::int"
LIVE = f"{OWN_SERVICE} AND state = 'accepted' AND consent_given_on IS NOT NULL AND consent_withdrawn_at IS NULL"
"""A referral by which the service has a client: consent given and not withdrawn."""
_FROM_LIVE = (
    " FROM victims_supportreferral live WHERE live.service_id = nullif(current_setting('app.agency_id', true), '')::int"
    " AND live.state = 'accepted' AND live.consent_given_on IS NOT NULL AND live.consent_withdrawn_at IS NULL"
)
OWN_CLIENTS = f"complainant_id = ANY(ARRAY(SELECT live.complainant_id{_FROM_LIVE}))"
ASKED_OF_THE_SERVICE = f"referral_id = ANY(ARRAY(SELECT live.id{_FROM_LIVE}))"
SAID_BY_THE_SERVICE = f"{OWN_SERVICE} AND {OWN_CLIENTS}"
OFFICERS_OF_CLIENTS = f"role = ANY(ARRAY['officer', 'solo']) AND until IS NULL AND case_id = ANY(ARRAY(SELECT live.case_id{_FROM_LIVE}))"

Table = dict[str, Rule]


def table(*, police: str = "", cps: str = "", isva: str = "", system: str = "SELECT INSERT UPDATE", isva_where: str = OWN_CLIENTS) -> Table:
    """Return the rules of one table: police and system by force, CPS by Area, support services by their live clients."""
    rules = {
        Kind.POLICE: rule(police, OWN_FORCE),
        Kind.CPS: rule(cps, OWN_AREA),
        Kind.ISVA: rule(isva, isva_where),
        Kind.SYSTEM: rule(system, OWN_FORCE),
    }
    return {str(kind): one for kind, one in rules.items() if one.commands}


READ, ADD, CHANGE = "SELECT", "SELECT INSERT", "SELECT INSERT UPDATE"

GRANTS: dict[str, Table] = {
    "victims_victim": table(police=CHANGE, cps=READ, isva=READ),
    "victims_contactperson": table(police=CHANGE, cps=READ),
    "victims_needsassessment": table(police=ADD, cps=ADD, isva=READ),
    "victims_safecontact": table(police=ADD, cps=ADD, isva=READ),
    "victims_safechannelreview": table(police=ADD, cps=READ),
    "victims_contactagreement": table(police=ADD, cps=ADD, isva=READ),
    "victims_contacthandover": table(police=ADD, cps=ADD, isva=READ),
    "victims_tellingarrangement": table(police=ADD, cps=ADD),
    "victims_contact": table(police=ADD, cps=ADD, isva=ADD),
    "victims_contactsummary": table(police=ADD, cps=ADD),
    "victims_appointment": table(police=CHANGE, cps=READ, isva=READ),
    "victims_letter": table(police=CHANGE, cps=CHANGE),
    "victims_supportreferral": table(police=CHANGE, cps=READ, isva="SELECT UPDATE", isva_where=LIVE),
    "victims_servicename": table(police=READ, system=ADD),
    "victims_linkrequest": table(police=READ, isva=ADD, isva_where=OWN_SERVICE),
    "victims_linkmatch": table(police="SELECT UPDATE"),
    "victims_tellrequest": table(police=CHANGE, cps=READ, isva="SELECT UPDATE", isva_where=ASKED_OF_THE_SERVICE),
    "victims_isvamessage": table(police="SELECT UPDATE", cps=READ, isva=CHANGE, isva_where=SAID_BY_THE_SERVICE),
    "victims_informationrequest": table(police=CHANGE, cps=READ),
    "victims_devicerequest": table(police=CHANGE, cps=READ),
}

VERSIONS: dict[str, Table] = {
    f"{name}version": {
        kind: rule("INSERT" if kind != Kind.SYSTEM else "SELECT INSERT UPDATE", one.where)
        for kind, one in GRANTS[name].items()
        if kind == Kind.SYSTEM or {"INSERT", "UPDATE"} & set(one.commands)
    }
    for name in (
        "victims_victim", "victims_contactperson", "victims_appointment", "victims_letter", "victims_supportreferral",
        "victims_linkmatch", "victims_tellrequest", "victims_isvamessage", "victims_informationrequest", "victims_devicerequest",
    )
}  # fmt: skip
"""Kept versions: written by trigger with the change; the system reads and reseals them when a key is changed."""
GRANTS |= VERSIONS

ON_CASES: dict[str, Table] = {
    "cases_told": {str(Kind.ISVA): rule("SELECT", OWN_CLIENTS)},
    "cases_caseperson": {str(Kind.ISVA): rule("SELECT", OFFICERS_OF_CLIENTS)},
}
"""What a support service reads of the tables below: what its clients were told, and who their officers are."""

RESEALED: dict[str, tuple[str, ...]] = {
    "victims_needsassessment": ("communication",),
    "victims_safecontact": ("never", "times", "code_word", "who_may_pick_up", "safe_route_for_letters"),
    "victims_safechannelreview": ("decision",),
    "victims_contactagreement": ("own_reason",),
    "victims_contacthandover": (),
    "victims_tellingarrangement": ("companion", "letter_route"),
    "victims_contact": (),
    "victims_contactsummary": ("text", "not_told_to"),
    "victims_linkrequest": ("client_name",),
}
"""Tables to which rows are only added, with the sealed columns that a change of key writes again."""

APPEND_ONLY = (*RESEALED, "victims_servicename")

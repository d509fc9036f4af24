"""The columns of the extract: their order, their groups, and what each may hold."""

from typing import Final

CASE_LEVEL: Final[tuple[str, ...]] = (
    "urn",
    "recorded_at",
    "offence_code",
    "offence_from",
    "offence_to",
    "unit",
    "oic_number",
    "oic_name",
    "supervisor_number",
    "supervisor_name",
    "risk",
    "outcome_code",
    "outcome_on",
)
"""Facts that every record of one case must agree on (the description is not one of them)."""

SUSPECT_LEVEL: Final[tuple[str, ...]] = (
    "suspect_nominal",
    "suspect_surname",
    "suspect_forenames",
    "suspect_dob",
    "suspect_pnc_id",
    "suspect_relationship",
    "suspect_identified_at",
    "arrested_at",
    "interviewed_at",
    "bail_status",
    "bail_expires_on",
)
"""Any of these that is not blank says that a suspect is known."""

VICTIM_LEVEL: Final[tuple[str, ...]] = (
    "victim_nominal",
    "victim_surname",
    "victim_forenames",
    "victim_dob",
    "victim_phone",
    "victim_email",
    "contact_method",
    "contact_interval_days",
    "last_contact_at",
    "supports_prosecution",
    "isva_service",
)
"""Any of these that is not blank says that a victim is known."""

CASE_COLUMNS: Final[tuple[str, ...]] = (
    "crime_reference",
    "urn",
    "recorded_at",
    "offence_code",
    "offence_description",
    *CASE_LEVEL[3:],
)
"""All columns about the case itself, in reading order."""

COLUMNS: Final[tuple[str, ...]] = (
    *CASE_COLUMNS[:-2],
    *SUSPECT_LEVEL,
    *VICTIM_LEVEL,
    *CASE_COLUMNS[-2:],
)
"""All 37 columns in the order in which an extract gives them."""

MANDATORY: Final[tuple[str, ...]] = ("crime_reference", "recorded_at", "offence_code", "risk")
"""Columns that a file must have and a record must fill."""

NAME_COLUMNS: Final[tuple[str, ...]] = (
    "suspect_surname",
    "suspect_forenames",
    "victim_surname",
    "victim_forenames",
)
"""Columns in which NULL or N/A alone is a name and not a blank."""

REFUSED_COLUMNS: Final[tuple[str, ...]] = ("record", "line", "column", "reason")
"""What the file of refused records adds; ignored when such a file is imported."""

MAX_LENGTH: Final = {
    "offence_description": 4000,
    "unit": 80,
    "oic_number": 20,
    "oic_name": 100,
    "supervisor_number": 20,
    "supervisor_name": 100,
    "suspect_nominal": 30,
    "suspect_surname": 100,
    "suspect_forenames": 100,
    "suspect_pnc_id": 20,
    "suspect_relationship": 100,
    "victim_nominal": 50,
    "victim_surname": 150,
    "victim_forenames": 150,
    "victim_phone": 50,
    "victim_email": 254,
    "isva_service": 200,
}
"""The longest text that a column of plain text may hold, in characters: what is stored is stored whole or refused."""

OFFENCES: Final = {
    "19C": "Rape of a female aged 16 or over",
    "19D": "Rape of a female child under 16",
    "19E": "Rape of a female: multiple undefined offenders",
    "19F": "Rape of a male aged 16 or over",
    "19G": "Rape of a male child under 16",
    "19H": "Rape of a male: multiple undefined offenders",
    "19J": "Rape of a female child under 13 by a male",
    "19K": "Rape of a male child under 13 by a male",
    "17A": "Sexual assault on a male aged 13 or over",
    "17B": "Sexual assault on a male child under 13",
    "20A": "Sexual assault on a female aged 13 or over",
    "20B": "Sexual assault on a female child under 13",
    "22A": "Causing sexual activity without consent",
    "22B": "Sexual activity involving a child under 16",
    "88A": "Sexual grooming",
}
"""Home Office offence code and the title shown beside it."""

RISKS: Final[tuple[str, ...]] = ("standard", "medium", "high")
BAIL_STATUSES: Final[tuple[str, ...]] = ("bail", "rui")
SUPPORT: Final[tuple[str, ...]] = ("yes", "no", "undecided")
CONTACT_METHODS: Final[tuple[str, ...]] = (
    "home phone",
    "mobile",
    "email",
    "post",
    "via police",
    "via ISVA",
)

"""The only writers of agencies, units and people. Keyword-only; each checks who may, writes, and records in one transaction."""

from accounts.services.absence import set_away, set_cover
from accounts.services.accreditation import add_accreditation, end_accreditation
from accounts.services.agencies import add_agency, add_first_administrator, add_unit, change_unit_details
from accounts.services.extract import officer_from_extract
from accounts.services.people import change_details, create_person, invite
from accounts.services.second_factor import reset_second_factor
from accounts.services.sessions import end_sessions
from accounts.services.standing import change_role, change_unit, deactivate, reactivate

__all__ = [
    "add_accreditation",
    "add_agency",
    "add_first_administrator",
    "add_unit",
    "change_details",
    "change_role",
    "change_unit",
    "change_unit_details",
    "create_person",
    "deactivate",
    "end_accreditation",
    "end_sessions",
    "invite",
    "officer_from_extract",
    "reactivate",
    "reset_second_factor",
    "set_away",
    "set_cover",
]

"""The only writers of agencies, units and people. Keyword-only; each checks who may, writes, and records in one transaction."""

from accounts.services.absence import set_away, set_cover
from accounts.services.accreditation import add_accreditation
from accounts.services.agencies import add_agency, add_unit
from accounts.services.extract import officer_from_extract
from accounts.services.people import create_person, invite
from accounts.services.sessions import end_sessions
from accounts.services.standing import change_role, change_unit, deactivate, reactivate

__all__ = [
    "add_accreditation",
    "add_agency",
    "add_unit",
    "change_role",
    "change_unit",
    "create_person",
    "deactivate",
    "end_sessions",
    "invite",
    "officer_from_extract",
    "reactivate",
    "set_away",
    "set_cover",
]

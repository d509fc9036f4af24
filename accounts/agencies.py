"""The agencies that ship with the tracker: reference data, not settings.

Sources: force codes begin every Unique Reference Number; which CPS Area a force works with is in `domain.md`, section 10.
Keys: a force's 2-digit code is its key. CPS Areas are 101 to 114, CPS Direct 115. Support services an administrator adds
are numbered from 1001, oversight bodies from 2001.
Migration 0002 inserts these rows; a merger or a new name is a later migration of its own and leaves them as they are.
"""

from dataclasses import dataclass

from accounts.roles import AgencyKind

CPS_DIRECT_ID = 115
BRITISH_TRANSPORT_POLICE_ID = 93
FIRST_SUPPORT_ID = 1001
FIRST_OVERSIGHT_ID = 2001


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One row of the reference data."""

    id: int
    kind: AgencyKind
    name: str
    cps_area_id: int | None = None


CPS_AREA_NAMES: dict[int, str] = {
    101: "CPS Cymru-Wales",
    102: "CPS East Midlands",
    103: "CPS East of England",
    104: "CPS London North",
    105: "CPS London South",
    106: "CPS Mersey-Cheshire",
    107: "CPS North East",
    108: "CPS North West",
    109: "CPS South East",
    110: "CPS South West",
    111: "CPS Thames and Chiltern",
    112: "CPS Wessex",
    113: "CPS West Midlands",
    114: "CPS Yorkshire and Humberside",
}

# Metropolitan and City of London work with both London Areas, so their units name the Area (None here).
TERRITORIAL_FORCES: dict[int, tuple[str, int | None]] = {
    1: ("Metropolitan Police Service", None),
    3: ("Cumbria Constabulary", 108),
    4: ("Lancashire Constabulary", 108),
    5: ("Merseyside Police", 106),
    6: ("Greater Manchester Police", 108),
    7: ("Cheshire Constabulary", 106),
    10: ("Northumbria Police", 107),
    11: ("Durham Constabulary", 107),
    12: ("North Yorkshire Police", 114),
    13: ("West Yorkshire Police", 114),
    14: ("South Yorkshire Police", 114),
    16: ("Humberside Police", 114),
    17: ("Cleveland Police", 107),
    20: ("West Midlands Police", 113),
    21: ("Staffordshire Police", 113),
    22: ("West Mercia Police", 113),
    23: ("Warwickshire Police", 113),
    30: ("Derbyshire Constabulary", 102),
    31: ("Nottinghamshire Police", 102),
    32: ("Lincolnshire Police", 102),
    33: ("Leicestershire Police", 102),
    34: ("Northamptonshire Police", 102),
    35: ("Cambridgeshire Constabulary", 103),
    36: ("Norfolk Constabulary", 103),
    37: ("Suffolk Constabulary", 103),
    40: ("Bedfordshire Police", 111),
    41: ("Hertfordshire Constabulary", 111),
    42: ("Essex Police", 103),
    43: ("Thames Valley Police", 111),
    44: ("Hampshire and Isle of Wight Constabulary", 112),
    45: ("Surrey Police", 109),
    46: ("Kent Police", 109),
    47: ("Sussex Police", 109),
    48: ("City of London Police", None),
    50: ("Devon and Cornwall Police", 110),
    52: ("Avon and Somerset Police", 110),
    53: ("Gloucestershire Constabulary", 110),
    54: ("Wiltshire Police", 112),
    55: ("Dorset Police", 112),
    60: ("North Wales Police", 101),
    61: ("Gwent Police", 101),
    62: ("South Wales Police", 101),
    63: ("Dyfed-Powys Police", 101),
}

CPS_AREAS = tuple(AgencyRow(id, AgencyKind.CPS_AREA, name) for id, name in CPS_AREA_NAMES.items())
CPS_DIRECT = AgencyRow(CPS_DIRECT_ID, AgencyKind.CPS_DIRECT, "CPS Direct")
FORCES = tuple(AgencyRow(id, AgencyKind.POLICE, name, area) for id, (name, area) in TERRITORIAL_FORCES.items())
# `[GK]`: 93 is British Transport Police's code from general knowledge. It polices railways everywhere: no single Area.
BRITISH_TRANSPORT_POLICE = AgencyRow(BRITISH_TRANSPORT_POLICE_ID, AgencyKind.POLICE, "British Transport Police")

AGENCIES = (*CPS_AREAS, CPS_DIRECT, *FORCES, BRITISH_TRANSPORT_POLICE)
"""In an order in which each row may be inserted: Areas stand before the forces that name them."""

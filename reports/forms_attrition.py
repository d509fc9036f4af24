"""What the report of attrition is narrowed to: months, and for the police a unit."""

from reports.forms_turns import TurnsFilter


class AttritionFilter(TurnsFilter):
    """From which month to which, and for the police which unit of the case. Left alone: the last twelve months."""

"""Who may open which report. What each then sees of it is `visible_to` and `counted_by` of the cases behind it."""

from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role

SEES_ARRESTS = WORKS_CASES_POLICE | WORKS_CASES_CPS
"""May see the suspects in the report of overdue arrests, print it and take it away as a file."""

COUNTS_ARRESTS = SEES_ARRESTS | {Role.ANALYST}
"""May see its totals."""

"""Who may open which report. What each then sees of it is `visible_to` and `counted_by` of the cases behind it."""

from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role

SEES_ARRESTS = WORKS_CASES_POLICE | WORKS_CASES_CPS
"""May see the suspects in the report of overdue arrests, print it and take it away as a file."""

COUNTS_ARRESTS = SEES_ARRESTS | {Role.ANALYST}
"""May see its totals."""

SEES_BAIL = SEES_ARRESTS
"""May see the suspects in the bail diary, print it and take it away as a file."""

COUNTS_BAIL = COUNTS_ARRESTS
"""May see its figures. An analyst gets these and no row."""

LEADS = frozenset({Role.SERGEANT, Role.SUPERVISOR})
"""Has a morning page: a sergeant over what she or he sees, a supervisor over the force."""

READS_DAILY_RUNS = frozenset({Role.SUPERVISOR, Role.ANALYST})
"""May read the daily runs: supervisors with the suspects they see, analysts the counts."""

COUNTS_ABSTRACTION = frozenset({Role.SUPERVISOR, Role.ANALYST})
"""May see what events that take officers cost: counts, no case."""

COUNTS_TURNS = frozenset({Role.SUPERVISOR, Role.ANALYST, Role.CPS_MANAGER})
"""May see how long police and CPS hold cases: counts, no case."""

COUNTS_ATTRITION = COUNTS_TURNS
"""May see how many victims do not support the prosecution, and why: counts, no case."""
COUNTS_NFA = COUNTS_TURNS
"""May see how decisions to take no further action were made and looked at again: counts, no case."""

COUNTS_RETURNS = COUNTS_TURNS
"""May see what was returned between police and CPS, and why: counts, no case."""

SEES_LOAD = frozenset({Role.SERGEANT, Role.SUPERVISOR, Role.CPS_MANAGER})
"""May see how many live cases each person has, weighted."""

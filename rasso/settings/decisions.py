"""Settings of decisions and their second checks and reviews: local policy, to be confirmed by force and Area."""

from rasso import env

# --- charging decisions: local policy, to be confirmed by the CPS Area --------------------------------------------------------
# Which decisions a second prosecutor confirms before they are published, and in which roles she or he is. That a second
# prosecutor looks at every decision of no further action in such a case is commonly described, and no published rule was found
# (docs: domain facts, section 4). Never asked of CPS Direct, which decides within hours.
# "prosecutor" is a role for everybody, "110=cps_manager" the only one for the Area of that number.
SECOND_CHECK_DECISIONS = env.listing("RASSO_SECOND_CHECK", "nfa_evidential,nfa_public_interest")
SECOND_CHECK_ROLES = env.listing("RASSO_SECOND_CHECK_ROLES", "prosecutor,cps_manager")

# --- no further action by the police: local policy, to be confirmed by the force ----------------------------------------------
# The lowest rank of the second person who confirms it (prosecution/nfa_setting.py): "inspector" for everybody, "52=sergeant" for the
# agency of that number, "none" where it is recorded at once. NFA_MEETING: before the CPS decides not to charge, a meeting with the
# investigator is offered; working days to answer the offer.
NFA_CHECK = env.listing("RASSO_NFA_CHECK", "inspector")
NFA_MEETING = env.flag("RASSO_NFA_MEETING", default=True)
NFA_MEETING_DAYS = env.number("RASSO_NFA_MEETING_DAYS", 3)

# --- reviews that victims ask for: the CPS's expedited pilot -------------------------------------------------------------------
# Areas that review before they offer no evidence, within 20 working days, each since a day: "110=2026-01-01". The pilot began in
# these Areas in these months (docs: domain facts, section 4); that it was the first day of the month is to be confirmed.
# Nowhere: "0=9999-12-31".
VRR_EXPEDITED_AREAS = env.days_by_number("RASSO_VRR_EXPEDITED", "113=2025-06-01,108=2026-01-01,114=2026-02-01,101=2026-04-01")

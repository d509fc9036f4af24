"""Who is who of the demonstration's people, as sets: what the written table is made of."""

POLICE_NORTH = frozenset({"investigator", "sergeant"})
POLICE_52 = frozenset({"investigator", "investigator2", "sergeant", "supervisor", "reviewer"})
POLICE_46 = frozenset({"other-force", "other-supervisor"})
SUPERVISORS_52 = frozenset({"supervisor", "reviewer"})
SUPERVISORS = SUPERVISORS_52 | {"other-supervisor"}
CPS_110 = frozenset({"prosecutor", "prosecutor2", "cps-manager", "vlo", "cps-reviewer"})
CPS_109 = frozenset({"other-area"})
ADMINISTRATORS = frozenset({"administrator"})
AUDITORS = frozenset({"auditor"})
CPS_DIRECT = frozenset({"cps-direct"})
CLIENTS = frozenset({"isva", "isva-manager", "isva2"})
POLICE = POLICE_52 | POLICE_46
CPS = CPS_110 | CPS_109 | CPS_DIRECT
ON_CASES = POLICE | CPS
SHOWN_IDENTITY = POLICE | {"prosecutor", "prosecutor2", "vlo", "other-area"}
MANAGERS = frozenset({"cps-manager", "cps-reviewer"})
DECIDES = MANAGERS | CPS_109 | CPS_DIRECT | {"prosecutor", "prosecutor2"}
NO_CASES = frozenset({"analyst", "auditor", "administrator", "isva", "isva-manager", "isva2", "panel"})
EVERYBODY = ON_CASES | NO_CASES

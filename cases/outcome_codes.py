"""The outcomes of the Home Office framework: code and words (domain.md section 4), and what each asks for. Pure."""

from cases.derive.states import OUTCOMES_WITHOUT_SUSPECT

OUTCOMES: dict[int, str] = {
    1: "Charged or summonsed",
    2: "Youth caution",
    3: "Adult caution",
    4: "Taken into consideration",
    5: "Offender has died",
    6: "Penalty notice for disorder",
    7: "Cannabis or khat warning",
    8: "Community resolution",
    9: "Not in the public interest (CPS)",
    10: "Not in the public interest (police)",
    11: "Suspect under the age of criminal responsibility",
    12: "Suspect too ill",
    13: "Victim or key witness dead or too ill",
    14: "Evidential difficulties, suspect not identified, victim does not support",
    15: "Evidential difficulties, suspect identified, victim supports",
    16: "Evidential difficulties, suspect identified, victim does not support",
    17: "Time limit expired",
    18: "Investigation complete, no suspect identified",
    19: "National Fraud Intelligence Bureau",
    20: "Transferred to another body",
    21: "Further investigation not in the public interest (police)",
    22: "Diversionary activity",
}

CHARGED = 1
TAKEN_OVER = 20
OUTCOMES_OF_THE_CPS = frozenset({1, 9})
"""Rape and serious sexual offences are charged by the CPS alone; 9 is the CPS's by its name."""

OUTCOMES_OF_THE_POLICE = frozenset({10, 21})
OUTCOMES_OF_SOMEBODY = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 22})
"""Outcomes that a recorded crime can have only when somebody is identified."""

OUTCOMES_OF_A_SUSPECT: dict[int, str] = {code: words for code, words in OUTCOMES.items() if code not in OUTCOMES_WITHOUT_SUSPECT}


def words(code: int) -> str:
    """Return an outcome as it is read: "16, evidential difficulties, …". Raises KeyError for no such outcome."""
    label = OUTCOMES[code]
    start = label if label.startswith("National") else label[:1].lower() + label[1:]
    return f"{code}, {start}"

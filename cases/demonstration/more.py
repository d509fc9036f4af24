"""More of the demonstration's cases: several suspects of different fates, cases that are closed, and those of the other force."""

from cases.demonstration import Named, Story, one
from cases.demonstration import steps as s
from cases.demonstration import telling as t

SECOND = "investigator2"

MIXED = (
    Story(
        "52/DEMO/35",
        95,
        "high",
        (
            Named("Wickersley", "Damon", 90, "acquaintance"),
            Named("Wickersley", "Evander", 90, "acquaintance", 31),
            Named("Stourhaven", "Lucan", 60, "stranger"),
        ),
        (
            s.bailed(1, 80, ends_in=8),
            s.ended(1, 1, 10, crimes=False),
            s.under_investigation(2, 78),
            s.cannot_be_arrested(3, "wanted", 50, "Circulated nationally."),
            s.suspect_reviewed(2, "Ask the laboratory for a date."),
            s.brought(prosecutor="prosecutor", note="Charge authorised for the first; the others wait."),
            s.noted("Three suspects: the second's phone is at the laboratory."),
            s.police_noted("Source of the name of the third is sensitive: see the intelligence log."),
        ),
        codes=("19C", "19C"),
    ),
    Story(
        "52/DEMO/36",
        33,
        "medium",
        one("Undercliffe", "Peregrine", 30, "professional"),
        (
            s.late_because(1, "intelligence"),
            s.excluded("reviewer", "Used to work with somebody involved."),
        ),
        logged_by="supervisor",
        works_in_justice=True,
    ),
    Story(
        "52/DEMO/37",
        28,
        "standard",
        one("Holloway-Brock", "Tobiah", 21),
        (s.widened(SECOND, "Same series as a case in the south."), s.planned(1, 6.5)),
    ),
)

CLOSED = (
    Story(
        "52/DEMO/38",
        210,
        "high",
        one("Garrowby", "Valentine", 205, "ex_partner"),
        (s.bailed(1, 200), s.ended(1, 1, 120), s.brought(), t.all_told(119.5), t.suspect_told(1, 119), t.hearing(1, 21, 0.1)),
    ),
    Story(
        "52/DEMO/39",
        180,
        "standard",
        one("Pellingham", "Rafe", 170),
        (
            s.under_investigation(1, 165),
            t.said("does_not", 61, "I do not want to go on with this."),
            t.spoken(60.4, "time", "wellbeing", statement=True),
            s.ended(1, 16, 60, "She told the officer on the telephone that she does not want to go on; asked again after a month."),
        ),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/40",
        150,
        "medium",
        one("Ashgrove-Tully", "Simeon", 140),
        (s.interviewed(1, 130), s.ended(1, 15, 50, "Evidential difficulties after all lines were followed."), t.all_told(49.5)),
    ),
    Story(
        "52/DEMO/41",
        160,
        "standard",
        (),
        (s.crimes_ended(18, 30, "No suspect found after every line was followed."),),
        named="no",
        lead=SECOND,
    ),
    Story(
        "52/DEMO/43",
        190,
        "standard",
        one("Bellwether-Crane", "Hugo", 180),
        (
            s.interviewed(1, 170),
            s.ended(1, 20, 90, "Another agency deals with it: the suspect serves in the armed forces."),
        ),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/42",
        240,
        "standard",
        one("Quillfeather", "Ansel", 230, "family"),
        (s.ended(1, 5, 100, "The suspect has died."),),
        codes=("20B",),
    ),
)

KENT = (
    Story(
        "46/DEMO/01",
        14,
        "high",
        one("Hopwhistle", "Lambert", 11, "ex_partner"),
        (s.late_because(1, "no_officers"), s.brought(note="Early view: identification is not in issue.")),
        lead="other-force",
    ),
    Story("46/DEMO/02", 25, "medium", one("Oasthaven", "Crispin", 20), (s.attempted(1, 9, "Nobody at the address."),), lead="other-force"),
    Story("46/DEMO/03", 60, "medium", one("Marshgate-Pell", "Ivo", 58), (s.bailed(1, 57, ends_in=6), s.brought()), lead="other-force"),
    Story(
        "46/DEMO/04",
        40,
        "standard",
        one("Chalkendine", "Merrick", 36),
        (s.under_investigation(1, 30), s.noted("Laboratory results expected next month.")),
        lead="other-force",
    ),
    Story("46/DEMO/05", 3, "standard", (), named="no", lead="other-force"),
    Story(
        "46/DEMO/06",
        110,
        "standard",
        one("Dovercombe", "Anselm", 100),
        (s.interviewed(1, 90), s.ended(1, 15, 40, "Evidential difficulties."), s.brought()),
        lead="other-force",
    ),
)

MORE: tuple[Story, ...] = (*MIXED, *CLOSED, *KENT)

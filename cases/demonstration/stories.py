"""The demonstration's cases, one line of facts each. Every name is invented and meant to look so; nobody is meant."""

from cases.demonstration import Story, one
from cases.demonstration import steps as s
from cases.demonstration import telling as t
from cases.demonstration.more import MORE

NORTH, SOUTH, OLD = "RASSO North", "RASSO South", "RASSO Non-recent"
SECOND = "investigator2"


LATE = (
    Story(
        "52/DEMO/01",
        12,
        "high",
        one("Quarrelwick", "Aldous", 9, "ex_partner"),
        (
            s.late_because(1, "no_officers"),
            s.planned(1, 2.25),
            s.reviewed("Arrest before anything else. Find two officers today."),
            s.brought(prosecutor="prosecutor", liaison="vlo", note="Ask for the 999 recording at the outset."),
            t.all_told(11.5),
            t.said("undecided", 2, "I am not sure that I can go through with it.", pressure="yes", safety="Alarm fitted; patrols told."),
        ),
        urn="52NX1000126",
    ),
    Story(
        "52/DEMO/02",
        6,
        "high",
        one("Thistlebank", "Corwin", 5, "partner"),
        (
            s.attempted(1, 3, "Not at home; neighbour says away until the weekend."),
            s.late_because(1, "intelligence"),
            s.due_cannot_be_met("No address known yet."),
        ),
    ),
    Story("52/DEMO/03", 3, "high", one("Umberlane", "Jasper", 2, "stranger"), (s.planned(1, 3.25),), lead=SECOND),
    Story(
        "52/DEMO/04",
        30,
        "medium",
        one("Pennywhistle", "Rufus", 26),
        (
            s.late_because(1, "account_not_taken", "First account booked with an intermediary."),
            s.needs_interpreter(),
            s.reviewed("Book the account this week."),
        ),
    ),
    Story(
        "52/DEMO/05",
        22,
        "medium",
        one("Vanterpool-Ash", "Leofric", 20, "colleague"),
        (
            s.late_because(1, "victim_asked", "Asked to wait until she has moved."),
            s.brought(),
        ),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/06",
        15,
        "medium",
        one("Marrowdale", "Ignatius", 12, "family"),
        (s.late_because(1, "planned_operation"), s.risk_asked_lower()),
    ),
    Story(
        "52/DEMO/07",
        64,
        "standard",
        one("Fenwhistle", "Barnaby", 58),
        (
            s.late_because(1, "forensic"),
            s.looked_at("suspect", "Phone of the suspect"),
            s.reviewed("Do not wait for the laboratory: arrest and seize."),
        ),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/08",
        45,
        "standard",
        one("Oddershaw", "Linus", 41, "professional"),
        (s.late_because(1, "other", "Conflict of interest being settled."), s.planned(1, 3.5)),
        codes=("20A",),
    ),
    Story("52/DEMO/09", 35, "standard", one("Tamberlane", "Eustace", 31), lead="", logged_by="supervisor", unit=OLD),
)

RUNNING = (
    Story("52/DEMO/10", 2, "medium", one("Gorsebridge", "Caspian", 1.5), (s.planned(1, 1.5),)),
    Story(
        "52/DEMO/11",
        10,
        "standard",
        one("Wexcombe", "Ambrose", 8),
        (
            s.looked_at("circumstances", "Cameras along the seafront", result="Recordings kept."),
            t.said("does_not", 1, "It takes so long. I want to be left alone with it."),
        ),
    ),
    Story("52/DEMO/12", 0.3, "high", one("Larkmoor", "Felix", 0.2, "ex_partner"), lead=SECOND),
    Story("52/DEMO/13", 5, "medium", (), (s.looked_at("circumstances", "House to house"),), named="no"),
    Story("52/DEMO/14", 8, "standard", (), named="yes", lead=SECOND),
    Story("52/DEMO/15", 1, "medium", (), lead="", logged_by="sergeant"),
    Story("52/DEMO/16", 4, "standard", (), named="not_known", codes=("22A",)),
)

APART = (
    Story(
        "52/DEMO/17",
        50,
        "high",
        one("Brindlecote", "Silas", 44, "stranger"),
        (
            s.cannot_be_arrested(1, "wanted", 40, "Circulated; no address."),
            s.suspect_reviewed(1, "Check that the circulation still stands, and ask for the last known workplace."),
            s.brought(prosecutor="prosecutor2"),
        ),
    ),
    Story(
        "52/DEMO/18",
        90,
        "medium",
        one("Ottermere", "Piran", 80),
        (s.cannot_be_arrested(1, "abroad", 70, "Left the country; warrant being considered."),),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/19",
        70,
        "standard",
        one("Cobblefield", "Hector", 60, "family"),
        (s.cannot_be_arrested(1, "prison", 55, "Serving elsewhere; production being arranged."),),
    ),
)

BAIL = (
    Story(
        "52/DEMO/20",
        62,
        "medium",
        one("Nettleship-Gray", "Orson", 61, "partner"),
        (s.bailed(1, 60, ends_in=3), s.brought(prosecutor="prosecutor", liaison="vlo"), t.all_told(59)),
        urn="52NX1000226",
    ),
    Story(
        "52/DEMO/21",
        55,
        "high",
        one("Dapplewood", "Quentin", 54),
        (s.bailed(1, 53, ends_in=9), s.reviewed("Decide by the answering date."), t.not_told("told_release", "tried", how="telephone")),
        lead=SECOND,
    ),
    Story(
        "52/DEMO/22",
        82,
        "medium",
        one("Rookhampton", "Milo", 71, "ex_partner"),
        (s.bailed(1, 70, ends_in=12), t.all_told(69.5), t.planned(1, 15)),
    ),
    Story(
        "52/DEMO/23", 103, "high", one("Sallowfield", "Tarquin", 101), (s.bailed(1, 98), s.reviewed("Bail has lapsed: say what happened."))
    ),
    Story("52/DEMO/24", 120, "standard", one("Hazelcroft", "Edmund", 119, "colleague"), (s.bailed(1, 116),), lead=SECOND),
    Story("52/DEMO/25", 100, "medium", one("Yarrowby", "Gideon", 99), (s.bailed(1, 85), s.extended(1, 4))),
    Story("52/DEMO/26", 1, "high", one("Kestrelmoor", "Dorian", 0.8, "stranger"), (s.held(1, 9),)),
    Story("52/DEMO/27", 1.5, "medium", one("Pilchardine", "Rollo", 1.2), (s.held(1, 21),), lead=SECOND),
)

RELEASED = (
    Story(
        "52/DEMO/28",
        75,
        "standard",
        one("Mallowhurst", "Jolyon", 70),
        (s.under_investigation(1, 65), s.brought(prosecutor="prosecutor2"), s.suspect_reviewed(1, "Decide when the phone has been read.")),
    ),
    Story(
        "52/DEMO/29",
        20,
        "medium",
        one("Bracewell-Fenn", "Osric", 18),
        (
            s.under_investigation(1, 15),
            t.all_told(14.4),
            t.said("supports", 14.4, "I want this to go to court."),
            s.looked_at("victim", "Messages between the two", necessity="The suspect's account can be checked in no other way."),
        ),
        lead=SECOND,
    ),
    Story("52/DEMO/30", 25, "standard", one("Larchendale", "Benedick", 20), (s.interviewed(1, 6), t.all_told(19)), codes=("20A",)),
    Story("52/DEMO/31", 40, "standard", one("Cinderhope", "Wilfred", 24), (s.no_arrest(1, approved=True),)),
    Story("52/DEMO/32", 18, "standard", one("Muddlecombe", "Absalom", 15), (s.no_arrest(1, approved=False),), lead=SECOND),
    Story("52/DEMO/33", 130, "medium", one("Timberlake-Poole", "Cosmo", 120), (s.imported(1, 110, bail_passed=20),)),
    Story("52/DEMO/34", 140, "standard", one("Ravensbourne-Lee", "Alaric", 130), (s.imported(1, 125),), lead=SECOND),
)

STORIES: tuple[Story, ...] = (*LATE, *RUNNING, *APART, *BAIL, *RELEASED, *MORE)

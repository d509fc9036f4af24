"""What the rows of the morning say, in a line each. Never a suspect's name: the same words go on paper."""

from datetime import date

from cases.correctable import fact_of
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from cases.derive.clocks import Kind
from cases.derive.due import span
from cases.models import DelayReason
from cases.models.telling import NotToldBecause, ToldAbout
from core import clock
from core.calendar import due_in_words
from core.components import day_text, london_text
from core.words import inside
from reports.morning.entries import Facts, Row, Said
from reports.morning.look import Look

REVIEW_OF = {Kind.SUPERVISOR_REVIEW: "Case", Kind.SITUATION_REVIEW: "Situation", Kind.RUI_REVIEW: "Under investigation"}


def over(day: date, look: Look) -> str:
    """Return the days past a London day, or to it, as paper says them: "5 over", "today", "in 3"."""
    days = (look.today - day).days
    return f"{days} over" if days > 0 else "today" if days == 0 else f"in {-days}"


def arrest(row: Row, look: Look, facts: Facts) -> Said:
    """Say how late an arrest is, and why."""
    reason = DelayReason(row["reason"]).label if row["reason"] else "No reason given"
    first = row["first_due_on"]
    return Said(f"First due {due_in_words(first, look.today)}. {reason}", late=True, days=over(first, look), brief=reason)


def custody(row: Row, look: Look, facts: Facts) -> Said:
    """Say how many hours of detention are left."""
    if row["due_at"] is None:
        return Said(f"Arrested {london_text(row['at'])}. Detention clock not entered", late=True, days="no clock")
    minutes = round((row["due_at"] - look.now).total_seconds() / 60)
    left = f"{span(abs(minutes))} {'left' if minutes > 0 else 'over'}"
    ends = f"{row['hours']} hours run out {london_text(row['due_at'])}"
    return Said(f"{ends}: {left}", late=minutes <= 0, days=left, brief=ends)


def bail(row: Row, look: Look, facts: Facts) -> Said:
    """Say when bail ends, and who must authorise more."""
    day, more = row["due_on"], _next(facts.get(row["bail_id"]))
    return Said(f"Answers {due_in_words(day, look.today)}. Next: {more}", days=over(day, look), brief=f"Next: {more}")


def lapsed(row: Row, look: Look, facts: Facts) -> Said:
    """Say since when bail has lapsed."""
    return Said(
        f"Ended {due_in_words(row['due_on'], look.today)}, nothing recorded",
        late=True,
        days=over(row["due_on"], look),
        brief="Nothing recorded",
    )


def passed(row: Row, look: Look, facts: Facts) -> Said:
    """Say what day had passed when bail was imported."""
    fact = facts.get(row["bail_id"])
    day = fact.ends_on() if fact else row["due_on"]
    return Said(f"Its day, {day_text(day)}, had passed when it was imported", late=True, days=over(day, look), brief="Imported")


def _next(fact: BailFact | None) -> str:
    step = pace.next_step(fact) if fact else None
    return f"{step.words} ({step.source})" if step else "the law knows no longer bail"


def review(row: Row, look: Look, facts: Facts) -> Said:
    """Say what is to be reviewed, and since when."""
    return Said(
        f"{REVIEW_OF[row['kind']]}: {due_in_words(row['due_on'], look.today)}", row["due_at"] <= look.now, over(row["due_on"], look)
    )


def decision(row: Row, look: Look, facts: Facts) -> Said:
    """Say who proposed not to arrest, and when."""
    day = clock.london_day(row["sort_at"])
    who = f"Proposed by {row['asked_by'] or 'an import'}"
    return Said(f"{who} on {day_text(day)}", days=since(day, look), brief=who)


def correction(row: Row, look: Look, facts: Facts) -> Said:
    """Say what is to be corrected, who asked, and when. The values stand on the page of the answer alone."""
    day = clock.london_day(row["sort_at"])
    what = {("case", "risk"): "Risk lowered", ("suspect", "identified_at"): "Identification moved later"}
    words = fact_of(row["table"], row["field"]).words
    text = what.get((row["table"], row["field"])) or f"{words[:1].upper()}{words[1:]} corrected"
    said = f"{text}, asked by {row['asked_by'] or 'an import'}"
    return Said(f"{said} on {day_text(day)}", days=since(day, look), brief=said)


def away(row: Row, look: Look, facts: Facts) -> Said:
    """Say how long somebody is away, and how much of theirs is due this week."""
    until = f"to {day_text(row['away_to'])}" if row["away_to"] else "on, no last day"
    cover = "cover is away too" if row["covered_by_id"] else "nobody covers"
    soonest = due_in_words(clock.london_day(row["sort_at"]), look.today)
    number = f"{row['things_due']} {'thing' if row['things_due'] == 1 else 'things'} due this week, the first {soonest}"
    late, brief = row["sort_at"] <= look.now, f"Away {until}; {cover}"
    return Said(f"Away from {day_text(row['away_from'])} {until}; {cover}. {number}", late, f"{row['things_due']} due", brief)


def recorded(row: Row, look: Look, facts: Facts) -> Said:
    """Say since when a case has been on record."""
    day = clock.london_day(row["sort_at"])
    return Said(f"Recorded {day_text(day)}", days=since(day, look))


def emergency(row: Row, look: Look, facts: Facts) -> Said:
    """Say who took emergency access, and when."""
    return Said(f"By {row['asked_by']}, {london_text(row['sort_at'])}", days=london_text(row["sort_at"]).rpartition(", ")[2])


def not_told(row: Row, look: Look, facts: Facts) -> Said:
    """Say who was not told what, and why."""
    what, because = str(ToldAbout(row["about"]).label), str(NotToldBecause(row["not_told_because"]).label)
    text = f"Victim {row['label']}: {inside(what)}. {because}"
    return Said(f"{text}, {london_text(row['sort_at'])}", late=True, days=since(clock.london_day(row["sort_at"]), look), brief=text)


def since(day: date, look: Look) -> str:
    """Return how many London days something has stood, in words."""
    days = (look.today - day).days
    return "today" if days == 0 else f"{days} {'day' if days == 1 else 'days'}"

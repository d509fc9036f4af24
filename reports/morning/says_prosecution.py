"""What the rows between police and CPS say in the morning."""

from core import clock
from core.components import day_text
from reports.morning.entries import Facts, Row, Said
from reports.morning.look import Look
from reports.morning.says import since


def advice(row: Row, look: Look, facts: Facts) -> Said:
    """Say which request waits to be signed, who marked it as ready, and when."""
    return _ready(f"Request {row['number']} for early advice", row, look)


def referral(row: Row, look: Look, facts: Facts) -> Said:
    """Say which referral waits to be signed, who marked it as ready, and when."""
    return _ready(f"Referral {row['number']}", row, look)


def _ready(what: str, row: Row, look: Look) -> Said:
    day, by = clock.london_day(row["sort_at"]), f", by {row['asked_by']}" if row["asked_by"] else ""
    return Said(f"{what}: ready since {day_text(day)}{by}", days=since(day, look), brief=f"{what}{by}")


def escalated(row: Row, look: Look, facts: Facts) -> Said:
    """Say which item inspector and District Crown Prosecutor have before them, about whom, and since when. Not what it asks for."""
    day, about = clock.london_day(row["sort_at"]), f", suspect {row['about']}" if row["about"] else ""
    what = f"Item {row['number']} of action plan {row['of_plan']}{about}"
    return Said(f"{what}: with inspector and District Crown Prosecutor since {day_text(day)}", days=since(day, look), brief=what)

"""Every address that can be asked for with GET, about every planted victim, and what an answer says in each of its parts."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import Resolver404, resolve, reverse

from cases.acts import ACTS, On
from tests import pdfs
from tests.authorisation import table
from tests.authorisation.addresses import addresses
from tests.authorisation.passage import ROWS_OF
from tests.canary.planted import Planted
from victims.client_acts import ACTS as CLIENT_ACTS

NOT_ASKED = {"account_logout", "keep_alive"}
"""Asked for, these end or lengthen the session that the test goes on with."""
ON_FORMS = ("supervisor", "vlo")
"""Who is shown the form of every act: the one who may do most, and one of the CPS. Everybody else asks for the pages."""
ON_PASSAGE = (*ON_FORMS, "prosecutor", "cps-manager")
"""Who is shown the forms of the acts on what goes between police and CPS, on rows in every state."""
PASSAGE = {
    "early_advice": "early_advice", "referral": "referral", "print_referral": "referral", "action_plan": "action_plan",
    "proposed_decision": "proposed_decision", "charging_decision": "charging_decision", "transfer": "incoming",
    "proposed_nfa": "waiting_nfa",
}  # fmt: skip
"""Page of one row between police and CPS → the planted row."""
TARGETS = {
    On.CONTACT_PERSON: "person_id", On.CONTACT: "contact_id", On.APPOINTMENT: "appointment", On.LETTER: "letter", On.REFERRAL: "referral",
    On.LINK: "link_match",
    On.TELL_REQUEST: "tell_request", On.MESSAGE: "message", On.INFORMATION_REQUEST: "information_request",
    On.DEVICE_REQUEST: "device_request",
}  # fmt: skip
REQUESTS = {
    "information_request": "information_request", "print_information_notice": "information_request",
    "device_request": "device_request", "print_device_notice": "device_request",
}  # fmt: skip
FOLLOWED = (
    "access_log_row", "disagreement", "today_section", "import_run", "daily_run", "audit_pattern", "audit_emergency", "offer", "person",
    "away", "abstraction", "clock_setting", "held_up_arrests", "case_page",
    "prosecution_mine_section", "prosecution_triage_section", "prosecution_overview_section",
)  # fmt: skip
LINK = re.compile(r'href="(/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the address by its name (with the act, where one view serves many), whom it is about, and what is posted."""

    name: str
    path: str
    victim: str = ""
    post: dict[str, Any] | None = None


def pages(planted: Planted, who: str) -> Iterator[Asked]:
    """Yield what a person asks for."""
    for one in addresses():
        if one.name in NOT_ASKED:
            continue
        if not one.places:
            yield Asked(one.name, reverse(one.name))
        elif one.name in table.CASE_PAGES:
            yield from _of_cases(planted, one.name, who)
        elif one.name in PASSAGE:
            yield Asked(one.name, reverse(one.name, args=[planted.passage[PASSAGE[one.name]]]))
        else:
            yield from _of_victims(planted, one.name, one.places)


def _of_cases(planted: Planted, name: str, who: str) -> Iterator[Asked]:
    if name.endswith(("act", "act_on")):
        if who in ON_FORMS:
            yield from _forms(planted, name)
        if who in ON_PASSAGE and name == "case_act_on":
            yield from _forms_of_passage(planted)
        return
    for victim in "aki":
        yield Asked(name, reverse(name, kwargs={"case_id": planted.cases[victim]}))


def _forms(planted: Planted, name: str) -> Iterator[Asked]:
    """Yield the form of every act on the own case, on each victim, and on each of her rows.

    On the worklist the form stands in the list that the first page is: asked for alone, as its script does, and once for
    each sort of target with the whole list around it.
    """
    whole = set()
    for slug, act in ACTS.items():
        if (act.on is On.CASE) == name.endswith("act_on"):
            continue
        for victim in "ab":
            keys: dict[str, Any] = {"case_id": planted.cases[victim], "slug": slug}
            target = _target(planted, act.on, victim)
            if target is None and (act.on is not On.CASE or victim == "b"):
                continue
            path = reverse(name, kwargs={**keys, "target_id": target} if target else keys)
            if name.startswith("worklist") and act.on in whole:
                path += "?part=form"
            whole.add(act.on)
            yield Asked(f"{name} {slug}", path, victim if target else "")


def _forms_of_passage(planted: Planted) -> Iterator[Asked]:
    """Yield the form of every act on every row between police and CPS. Nothing about anybody is allowed there."""
    for slug, act in ACTS.items():
        for row in ROWS_OF.get(act.on, ()):
            keys = {"case_id": planted.cases["a"], "slug": slug, "target_id": planted.passage[row]}
            yield Asked(f"case_act_on {slug}", reverse("case_act_on", kwargs=keys))


def _target(planted: Planted, on: On, victim: str) -> UUID | None:
    if on is On.COMPLAINANT:
        return planted.complainants[victim]
    return planted.rows[victim].get(TARGETS[on]) if on in TARGETS else None


def _of_victims(planted: Planted, name: str, places: tuple[str, ...]) -> Iterator[Asked]:
    """Yield an address about one victim, filled with the rows that there are of each."""
    if "complainant_id" not in places and places != ("contact_id",):
        return
    for victim, key in planted.complainants.items():
        rows = planted.rows.get(victim, {})
        keys: dict[str, Any] = {"complainant_id": key, "person_id": rows.get("person_id"), "contact_id": rows.get("contact_id")}
        keys |= {"request_id": rows.get(REQUESTS.get(name, ""))}
        if name.startswith("client_act"):
            yield from _of_clients(name, rows, key, victim)
        elif all(keys[place] for place in places):
            yield Asked(name, reverse(name, kwargs={place: keys[place] for place in places}), victim)


def _of_clients(name: str, rows: dict[str, UUID], key: UUID, victim: str) -> Iterator[Asked]:
    for slug, act in CLIENT_ACTS.items():
        target = rows.get("message" if act.on_row == "message_id" else "tell_request") if act.on_row else None
        keys = {"complainant_id": key, "slug": slug, **({"target_id": target} if target else {})}
        if name == ("client_act_on" if target else "client_act") and bool(act.on_row) == bool(target):
            yield Asked(f"{name} {slug}", reverse(name, kwargs=keys), victim)


def links(text: str) -> Iterator[Asked]:
    """Yield the pages of rows of other apps that a page leads to: a few of each, as its reader would open them."""
    left = dict.fromkeys(FOLLOWED, 2)
    for path in sorted(set(LINK.findall(text))):
        try:
            name = resolve(path.partition("?")[0]).url_name
        except Resolver404:
            continue
        if left.get(str(name), 0):
            left[str(name)] -= 1
            yield Asked(str(name), path)


def parts(answer: Any) -> tuple[str, str]:
    """Return the text of an answer as its reader has it, and what is kept of it elsewhere: headers, title, name of the file."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kept = str(dict(answer.headers.items()))
    if body.startswith(b"%PDF"):
        return pdfs.text_of(body), kept + pdfs.title_of(body)
    text = html.unescape(body.decode("utf-8", "replace"))
    title = text.partition("<title>")[2].partition("</title>")[0]
    return text, f"{kept} {title}"


class Answer(NamedTuple):
    """What came: the status, the text, and what is kept of it elsewhere, its address included."""

    status: int
    text: str
    kept: str


def ask(planted: Planted, who: str, asked: Asked) -> Answer:
    """Send one request and return what came."""
    browser = planted.house.browser(who)
    answer: Any = browser.get(asked.path) if asked.post is None else browser.post(asked.path, asked.post)
    # `health_ready` says 503 where something outside the tests is not ready, such as a scheduler.
    assert answer.status_code < 500 or asked.name in table.OPEN, (asked.name, who)
    text, kept = parts(answer)
    return Answer(answer.status_code, text, f"{kept} {asked.path}")

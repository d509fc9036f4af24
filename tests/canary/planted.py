"""The authorisation tests' house, with canaries behind its labels: planted by the services that the screens use, and by an extract."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts.demonstration import OTHER_SERVICE, SERVICE
from accounts.models import Agency, User
from audit import context as audit_context
from cases import models as m
from cases.services.arrests import record_arrest
from cases.services.complainants import add_complainant
from cases.services.crimes import add_crime
from cases.services.enquiries import open_enquiry
from cases.services.roles import assign_person
from cases.services.support import record_support
from cases.services.suspects import add_suspect
from core import clock
from core.scope import scope, system
from tests.authorisation.house import House, build
from tests.authorisation.passage import pass_between
from tests.canary.words import born, email, telephone, word
from tests.factories import AVON, KENT, acting_as, ago
from tests.integration.cases.asking import live_since
from tests.integration.importing.support import record, take
from victims.models import LinkMatch
from victims.services import messages, tell_requests
from victims.services.agreements import agree_contact
from victims.services.allocating import allocate_client
from victims.services.appointments import book_appointment
from victims.services.contacts import Logged, log_contact
from victims.services.devices import agree_device, ask_for_device, give_device_notice
from victims.services.identity import keep_identity
from victims.services.letters import check_route, enter_letter
from victims.services.linking import ask_for_link, match_links
from victims.services.needs import assess_needs
from victims.services.people import add_contact_person
from victims.services.referrals import refer_to_support
from victims.services.requests import answer_request, draft_request, record_notice
from victims.services.safe_contact import keep_safe_contact, review_safe_channel
from victims.services.telling import plan_telling

LINKED = "52/OWN/1"


@dataclass(slots=True)
class Planted:
    """The house, and the keys of every row that a page can be asked for: complainant → name of the place in the address → keys."""

    house: House
    complainants: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)
    rows: dict[str, dict[str, UUID]] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)
    """What was given to the broker: name of the task, body and headers."""
    passage: dict[str, UUID] = field(default_factory=dict)
    """What goes between police and CPS on the own case: name → key. No canary is planted in it: who a victim is stands nowhere there."""

    def do(self, who: str, service: Callable[..., Any], victim: str, **given: Any) -> Any:
        """Call a service about a victim as one of the house's people."""
        actor = self.house.people[who]
        about = {} if "complainant_id" not in _parameters(service) else {"complainant_id": self.complainants[victim]}
        with acting_as(actor):
            return service(actor=actor, case_id=self.cases[victim], **about, **given)

    def keep(self, victim: str, place: str, row: Any) -> Any:
        """Remember a row for the addresses it has."""
        self.rows.setdefault(victim, {})[place] = row.pk
        return row


def _parameters(service: Callable[..., Any]) -> tuple[str, ...]:
    return service.__code__.co_varnames[: service.__code__.co_argcount + service.__code__.co_kwonlyargcount]


def plant() -> Planted:
    """Build the house and put a canary into everything that is kept of four victims."""
    for force in (AVON, KENT):
        live_since(force, days=100)
    planted = Planted(build())
    _people_of_the_case(planted)
    _victims(planted)
    _victim_b_and_kent(planted)
    _everything_about_a(planted)
    planted.passage = pass_between(planted.house).rows
    _extract(planted)
    return planted


def _people_of_the_case(planted: Planted) -> None:
    house = planted.house
    for who, role, by in (
        ("sergeant", "sergeant", "supervisor"),
        ("prosecutor", "prosecutor", "cps-manager"),
        ("vlo", "vlo", "cps-manager"),
    ):
        with acting_as(house.people[by]):
            assign_person(actor=house.people[by], case_id=house.cases["own"], user_id=house.people[who].pk, role=role)


def _victims(planted: Planted) -> None:
    """A and B of the own case, each with a crime of her own; K of Kent's. Every suspect is a canary too."""
    house = planted.house
    planted.cases = {"a": house.cases["own"], "b": house.cases["own"], "k": house.cases["other_force"]}
    with scope(system(AVON)):
        planted.complainants["a"] = m.Complainant.objects.get(case=house.cases["own"]).pk
    with scope(system(KENT)):
        planted.complainants["k"] = m.Complainant.objects.get(case=house.cases["other_force"]).pk
    with acting_as(house.people["investigator"]):
        row = add_complainant(actor=house.people["investigator"], case_id=house.cases["own"])
    planted.complainants["b"] = row.pk
    for victim, who in (("a", "investigator"), ("b", "investigator"), ("k", "other-force")):
        suspect = planted.do(who, add_suspect, victim, surname=word("suspect", victim), forenames="Invented", identified_at=ago(days=20))
        planted.do(who, add_crime, victim, code="19C", suspect_ids=[suspect.pk])
        planted.do(who, record_arrest, victim, suspect_id=suspect.pk, at=ago(days=1))
        _identity(planted, who, victim)


def _identity(planted: Planted, who: str, victim: str) -> None:
    planted.do(
        who, keep_identity, victim, surname=word("surname", victim), forenames=word("forenames", victim), date_of_birth=born(victim),
        address=f"7 {word('address', victim)} Row", home_telephone=telephone("home", victim),
        mobile_telephone=telephone("mobile", victim), email=email(victim), notes=word("notes", victim),
    )  # fmt: skip
    person = planted.do(
        who, add_contact_person, victim, kind="parent", name=word("personname", victim), near_suspect=False,
        telephone=telephone("persontel", victim), email=email(victim, "personemail"), may_be_told="arrangements",
        never_tell=word("persontold", victim),
    )  # fmt: skip
    planted.keep(victim, "person_id", person)
    planted.do(who, keep_safe_contact, victim, no_safe_channel=False, channels=["telephone"], **_card(victim))
    planted.do(who, assess_needs, victim, entitlement="enhanced", enhanced_because="Entitled", communication=word("communication", victim))
    planted.do(
        who, record_support, victim, supports="undecided", words=word("herwords", victim), told_to=word("toldto", victim), how="telephone",
        at=ago(hours=3), pressure="yes", safety_action=word("safetyaction", victim),
    )  # fmt: skip
    contact = planted.do(who, log_contact, victim, said=_said(victim))
    planted.keep(victim, "contact_id", contact)


def _card(victim: str) -> dict[str, str]:
    fields = {"never": "never", "times": "times", "code_word": "code", "who_may_pick_up": "pickup", "safe_route_for_letters": "route"}
    return {name: word(value, victim) for name, value in fields.items()}


def _said(victim: str) -> Logged:
    summary, not_told_to = word("summary", victim), word("nottoldto", victim)
    return Logged(at=ago(hours=2), channel="telephone", reached=True, summary=summary, not_told_to=not_told_to)


def _victim_b_and_kent(planted: Planted) -> None:
    """B is the client of another service, and at present nobody may try to reach her."""
    supervisor = planted.house.people["supervisor"]
    planted.do(
        "supervisor", add_contact_person, "b", kind="carer", name="Invented Neighbour", near_suspect=True, decision=word("near", "b")
    )
    card = {**_card("b"), "never": word("never", "b")}
    planted.do("supervisor", keep_safe_contact, "b", no_safe_channel=True, **card)
    planted.do("supervisor", review_safe_channel, "b", isva_route_tried=True, decision=word("decided", "b"))
    _refer(planted, "b", OTHER_SERVICE, "isva2", supervisor)


def _refer(planted: Planted, victim: str, service: str, isva: str, manager: User | None) -> UUID:
    given = {"answer": "accepted", "service_id": Agency.objects.get(name=service).pk, "consent_scope": "What is told"}
    consent = {"consent_given_on": clock.today(), "consent_witnessed_by": word("witness", victim)}
    referral = planted.do("investigator", refer_to_support, victim, **given, **consent)
    planted.keep(victim, "referral", referral)
    who = planted.house.people
    if isva == "isva":
        with acting_as(who["isva-manager"]):
            allocate_client(actor=who["isva-manager"], complainant_id=planted.complainants[victim], isva_id=who[isva].pk)
    else:
        with scope(system(AVON)):
            type(referral).objects.filter(pk=referral.pk).update(isva=who[isva], allocated_at=clock.now())
    return UUID(str(referral.pk))


def _everything_about_a(planted: Planted) -> None:
    referral = _refer(planted, "a", SERVICE, "isva", None)
    today = clock.today()
    own = {"interval_days": 84, "channel": "telephone", "by": "officer", "starts_on": today, "agreed_on": today}
    planted.do("investigator", agree_contact, "a", **own, own_reason=word("ownreason", "a"))
    who = planted.house.people["investigator"]
    booked = {"purpose": "statement", "with_id": who.pk, "starts_at": clock.now() + timedelta(days=2)}
    planted.keep("a", "appointment", planted.do("investigator", book_appointment, "a", **booked, place=word("place", "a")))
    letter = planted.do("investigator", enter_letter, "a", kind="update", written_at=ago(hours=2))
    planted.keep("a", "letter", planted.do("investigator", check_route, "a", letter_id=letter.pk, route=word("letterroute", "a")))
    _telling(planted)
    _requests(planted)
    _service(planted, referral)


def _telling(planted: Planted) -> None:
    """How A hears of a decision, planned before it is published."""
    with scope(system(AVON)):
        suspect = m.Suspect.objects.get(case=planted.cases["a"], surname=word("suspect", "a"))
    planned = {"teller_id": planted.house.people["investigator"].pk, "how": "in_person", "planned_at": clock.now() + timedelta(days=3)}
    planted.do(
        "investigator", plan_telling, "a", decision=(m.ToldAbout.NFA, suspect.pk), **planned, her_choice=True, isva_warned=True,
        companion=word("companion", "a"), letter_route=word("planroute", "a"),
    )  # fmt: skip


def _requests(planted: Planted) -> None:
    line = planted.do("investigator", open_enquiry, "a", focus="victim", what="Messages of that week", necessity="They are disputed")
    texts = {
        "holder": "holder", "wanted": "wanted", "reasonable_because": "reasonable", "holder_has_it_because": "hasit",
        "necessary_because": "needed", "proportionate_because": "proportion", "less_intrusive_means": "means", "how_handled": "handled",
        "substantial_probative_value": "probative",
    }  # fmt: skip
    given = {name: word(value, "a") for name, value in texts.items()}
    row = planted.do("investigator", draft_request, "a", records="counselling", enquiry_id=line.pk, **given)
    withheld = {"notice_to": "withheld", "withheld_because": word("withheld", "a")}
    planted.do("investigator", record_notice, "a", information_request_id=row.pk, **withheld)
    planted.do("supervisor", answer_request, "a", information_request_id=row.pk, approve=True, note=word("approval", "a"))
    planted.keep("a", "information_request", row)
    texts = {
        "device": "device", "scope": "scope", "reason": "reason", "necessary_because": "deviceneed",
        "less_intrusive_means": "devicemeans", "how_handled": "devicehandled",
    }  # fmt: skip
    given = {name: word(value, "a") for name, value in texts.items()}
    device = planted.do("investigator", ask_for_device, "a", enquiry_id=line.pk, **given)
    planted.do("investigator", give_device_notice, "a", device_request_id=device.pk, given_at=ago(hours=2))
    freely = {"agreed_at": ago(hours=1), "agreed_freely_because": word("freely", "a")}
    planted.keep("a", "device_request", planted.do("investigator", agree_device, "a", device_request_id=device.pk, **freely))


def _service(planted: Planted, referral: UUID) -> None:
    """What goes to and fro between police and service, and a link that is asked for."""
    who = planted.house.people
    with acting_as(who["investigator"]):
        case = m.Case.objects.get(pk=planted.cases["a"])
        thing = tell_requests.told_by_isva(case, m.Complainant.objects.get(pk=planted.complainants["a"]))[0]
    said = {"words": word("tellwords", "a"), "may_be_said": word("maybesaid", "a"), "safe_when": word("safewhen", "a")}
    asked = planted.do("investigator", tell_requests.ask_isva_to_tell, "a", referral_id=referral, thing=thing.key, **said)
    planted.keep("a", "tell_request", asked)
    client: dict[str, Any] = {"actor": who["isva"], "complainant_id": planted.complainants["a"]}
    with acting_as(who["isva"]):
        tell_requests.read_tell_request(**client, target_id=asked.pk)
        tell_requests.answer_tell_request(**client, target_id=asked.pk, answer="could_not", note=word("tellnote", "a"))
        message = messages.ask_officer(**client, subject="safety", text=word("message", "a"))
    planted.do("investigator", messages.answer_isva, "a", message_id=message.pk, answer=word("answer", "a"))
    planted.keep("a", "message", message)
    given = {"crime_reference": LINKED, "client_name": word("clientname", "a"), "consent_scope": "What is told"}
    with acting_as(who["isva2"]):
        ask_for_link(actor=who["isva2"], force_id=AVON, consent_given_on=clock.today(), consent_signed=True, **given)
    with audit_context.acting_as_system(reason="test"):
        match_links(AVON)
    with scope(system(AVON)):
        planted.keep("a", "link_match", LinkMatch.objects.get(complainant=planted.complainants["a"]))


def _extract(planted: Planted) -> None:
    """I comes by the force's extract; corrected on screen she differs from it, which is a row that somebody answers."""
    cells = {
        "crime_reference": "52/EXTRACT/1", "victim_surname": word("surname", "i"), "victim_forenames": word("forenames", "i"),
        "victim_dob": f"{born('i'):%Y-%m-%d}", "victim_phone": telephone("mobile", "i"), "victim_email": email("i"),
        "suspect_surname": word("suspect", "i"),
    }  # fmt: skip
    take(record(**cells))
    with scope(system(AVON)):
        row = m.Complainant.objects.get(case__crime_reference="52/EXTRACT/1")
    planted.cases["i"], planted.complainants["i"] = row.case_id, row.pk
    planted.do("supervisor", keep_identity, "i", surname="Invented", forenames=word("forenames", "i"))
    take(record(**{**cells, "victim_surname": word("surname", "i") + "x"}))

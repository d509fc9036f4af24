"""The clocks of support whole: every field of what is wanted, what is read for it, and what is added to the table's rules."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from cases.derive import clocks as derive
from cases.derive.clocks import CLOCKS, Edition, Editions, Kind, Length, Wanted
from cases.derive.facts import ComplainantFacts, SuspectFacts
from core import calendar, clock
from core.calendar import Unit
from tests.unit.cases.support import bail, case, day, outcome, suspect
from tests.unit.victims.support import Rows
from victims.derive import contact_rules, device_rules, loading, needs_loading, needs_rules, support_facts, support_rules
from victims.derive.support_facts import LinkFact, MessageFact, ReferralFact, SupportFacts, TellFact, load
from victims.derive.support_rules import support
from victims.models import IsvaMessage, LinkMatch, SupportReferral, TellRequest

HER, OTHER, KEY = UUID(int=10), UUID(int=11), UUID(int=500)
SHE = ComplainantFacts(HER, "A", "enhanced", day(0))
KINDS = (Kind.SUPPORT_REFERRAL, Kind.ISVA_LINK, Kind.ISVA_QUESTION, Kind.HEARD_NOTHING, Kind.TELL_REQUEST)
LATER = Editions(
    [
        Edition(kind, variant, None, 2, Length(days, Unit.DAYS), day(-90).date())
        for kind in KINDS
        for variant, days in (("", 3), *((("again", 20),) if kind == Kind.SUPPORT_REFERRAL else ()))
    ]
)
CLOSED: dict[str, Any] = {"offences": (16,), "offences_closed_on": day(6).date()}
CLOSED_AT = clock.day_start(day(6).date())


def clocks(facts: SupportFacts | None, *suspects: SuspectFacts, **more: Any) -> list[Wanted]:
    known = {} if facts is None else {"support": facts}
    return list(support(case(*suspects, complainants=(SHE,), beside=known, **more), LATER))


def wanted(kind: Kind, since: float, *, subject: UUID = HER, days: int = 3, owes: str = "police", **more: Any) -> Wanted:
    due = calendar.due_by_end_of(day(since + days).date())
    return Wanted(kind, subject, day(since), due, owes, **{"complainant_id": HER, "setting_version": 2, **more})


def again(since: float, number: int = 1, **more: Any) -> Wanted:
    return wanted(Kind.SUPPORT_REFERRAL, since, days=20, sequence=number, **more)


def referral(at: float, answered: float | None = None, *, key: int = 1, declined: bool = True, of: UUID = HER) -> ReferralFact:
    return ReferralFact(UUID(int=key), of, day(at), None if answered is None else day(answered), declined)


# --- referrals ---------------------------------------------------------------------------------------------------------


def test_who_was_never_offered_support_is_to_be_referred() -> None:
    assert clocks(None) == clocks(SupportFacts()) == [wanted(Kind.SUPPORT_REFERRAL, 0)]


def test_who_declined_is_asked_again_until_she_was() -> None:
    first, second = referral(1, 2), referral(9, 10, key=2)
    met = wanted(Kind.SUPPORT_REFERRAL, 0, met_at=day(1))
    assert clocks(SupportFacts((first,))) == [met, again(2)]
    assert clocks(SupportFacts((second, first, referral(4, 5, of=OTHER)))) == [met, again(10), again(2, 2, met_at=day(9))]


def test_an_offer_at_the_moment_she_declined_another_is_not_asking_again() -> None:
    found = clocks(SupportFacts((referral(1, 2), referral(2, key=2, declined=False), referral(0.5, 3, key=3, declined=False))))
    assert found[1:] == [again(2)]


def test_declined_without_a_moment_or_accepted_asks_nothing_again() -> None:
    found = clocks(SupportFacts((referral(1), referral(1, 2, key=2, declined=False))))
    assert found == [wanted(Kind.SUPPORT_REFERRAL, 0, met_at=day(1))]


def test_closing_the_case_ends_asking_again_and_nothing_else() -> None:
    met = wanted(Kind.SUPPORT_REFERRAL, 0, met_at=day(1))
    assert clocks(SupportFacts((referral(1, 2),)), **CLOSED) == [met, again(2, ended_at=CLOSED_AT)]
    assert clocks(SupportFacts((referral(1, 8),)), **CLOSED) == [met, again(8, ended_at=day(8))], "never before its start"
    asked = SupportFacts((referral(1, 2), referral(4, key=2, declined=False)))
    assert clocks(asked, **CLOSED) == [met, again(2, met_at=day(4))]
    assert clocks(SupportFacts(), **CLOSED) == [wanted(Kind.SUPPORT_REFERRAL, 0)]


@pytest.mark.parametrize("as_of", [None, day(30)])
def test_while_a_suspect_is_on_bail_the_case_is_open(as_of: datetime | None) -> None:
    people = suspect(bails=(bail(1),)), suspect(key=UUID(int=3), outcomes=(outcome(2),))
    assert clocks(SupportFacts((referral(1, 2),)), *people, as_of=as_of, **CLOSED)[1] == again(2)


# --- messages, requests, links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["question", "choice"])
def test_a_question_whole(kind: str) -> None:
    def asked(**more: Any) -> Wanted:
        return clocks(SupportFacts(messages=(MessageFact(KEY, HER, kind, day(1), **more),)))[1]

    assert asked() == wanted(Kind.ISVA_QUESTION, 1, subject=KEY)
    assert asked(answered_at=day(2), closed_at=day(2)) == wanted(Kind.ISVA_QUESTION, 1, subject=KEY, met_at=day(2))
    assert asked(closed_at=day(4), gone_at=day(3)) == wanted(Kind.ISVA_QUESTION, 1, subject=KEY, ended_at=day(3))
    assert asked(answered_at=day(3), gone_at=day(2)) == wanted(Kind.ISVA_QUESTION, 1, subject=KEY, ended_at=day(2))


def test_heard_nothing_whole() -> None:
    def said(reached: dict[UUID, tuple[datetime, ...]] | None = None, **more: Any) -> Wanted:
        return clocks(SupportFacts(messages=(MessageFact(KEY, HER, "heard_nothing", day(1), **more),), reached=reached))[1]

    assert said() == wanted(Kind.HEARD_NOTHING, 1, subject=KEY)
    assert said({HER: (day(1), day(2))}, closed_at=day(3)) == wanted(Kind.HEARD_NOTHING, 1, subject=KEY, met_at=day(2))
    assert said({HER: (day(1),)}) == said({OTHER: (day(2),)}) == wanted(Kind.HEARD_NOTHING, 1, subject=KEY)
    assert said({HER: (day(4),)}, gone_at=day(3)) == wanted(Kind.HEARD_NOTHING, 1, subject=KEY, ended_at=day(3))
    assert said(closed_at=day(2), gone_at=day(2)) == wanted(Kind.HEARD_NOTHING, 1, subject=KEY, met_at=day(2))


def test_a_request_to_tell_whole() -> None:
    sent = TellFact(KEY, HER, "told_arrest", UUID(int=7), day(1))
    assert clocks(SupportFacts(tells=(sent,)))[1] == wanted(Kind.TELL_REQUEST, 1, subject=KEY, owes="isva")


@pytest.mark.parametrize("of", [None, HER])
def test_a_link_whole(of: UUID | None) -> None:
    found = clocks(SupportFacts(links=(LinkFact(KEY, day(1), day(2), of),)))[1]
    assert found == wanted(Kind.ISVA_LINK, 1, subject=KEY, complainant_id=of, met_at=day(2))


# --- what is read ------------------------------------------------------------------------------------------------------


def row(**facts: Any) -> SimpleNamespace:
    """A row of the case "this" about her, unless said otherwise."""
    return SimpleNamespace(**{"case": "this", "complainant_id": HER, **facts, "pk": facts.get("id")})


def read(
    monkeypatch: pytest.MonkeyPatch, *, referrals: Any = (), messages: Any = (), tells: Any = (), links: Any = (), contacts: Any = ()
) -> Any:
    """Return what is loaded for the case "this" where the tables hold these rows, in no order, and more of another case."""
    for model, rows in ((SupportReferral, referrals), (IsvaMessage, messages), (TellRequest, tells), (LinkMatch, links)):
        monkeypatch.setattr(model, "objects", Rows(rows))
    monkeypatch.setattr(support_facts, "Contact", SimpleNamespace(objects=Rows(contacts)))
    monkeypatch.setattr(support_facts, "reaching", lambda rows: rows.filter(reached=True))
    return load("this")


def offered(key: int, at: float, created: float = 0, *, service: int | None = 7, gone: float | None = None, **more: Any) -> SimpleNamespace:
    known = {"id": UUID(int=key), "offered_at": day(at), "created_at": day(created), "service_id": service, "state": "offered"}
    return row(**{**known, "answered_at": None, "consent_withdrawn_at": None if gone is None else day(gone), **more})


def asked(key: int, at: float, kind: str = "question", service: int = 7, **more: Any) -> SimpleNamespace:
    known = {"id": UUID(int=key), "asked_at": day(at), "kind": kind, "service_id": service, "answered_at": None, "closed_at": None}
    return row(**{**known, **more})


def sent(key: int, at: float, state: str = "sent", referral: int = 1, **more: Any) -> SimpleNamespace:
    known = {"id": UUID(int=key), "sent_at": day(at), "state": state, "referral_id": UUID(int=referral), "about": "told_arrest"}
    return row(**{**known, "fact_id": KEY, "answered_at": None, "told_at": None, **more})


def matched(key: int, created: float, request: int, answer: str = "waiting", answered: float | None = None, **more: Any) -> SimpleNamespace:
    known = {"id": UUID(int=key), "created_at": day(created), "request_id": UUID(int=request), "answer": answer}
    return row(**{**known, "answered_at": None if answered is None else day(answered), **more})


def test_of_a_case_in_which_nobody_was_referred_links_alone_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    links = [matched(1, 2, 30), matched(2, 1, 31, case="another")]
    found = read(monkeypatch, referrals=[offered(1, 0, case="another")], messages=[asked(1, 1)], tells=[sent(1, 1)], links=links)
    assert found == SupportFacts(links=(LinkFact(UUID(int=1), day(2), None, HER),))


def test_referrals_are_read_in_the_order_of_their_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        offered(3, 2, 1, state="declined", answered_at=day(4)),
        offered(4, 2, 0, service=None),
        offered(2, 1, 5, complainant_id=OTHER),
        offered(9, 0, case="another"),
    ]
    found = read(monkeypatch, referrals=rows, contacts=[row(at=day(1), reached=True)])
    assert found == SupportFacts(
        (
            ReferralFact(UUID(int=2), OTHER, day(1)),
            ReferralFact(UUID(int=4), HER, day(2)),
            ReferralFact(UUID(int=3), HER, day(2), day(4), declined=True),
        ),
        reached={},
    ), "contacts are not asked where nobody heard nothing"


def test_messages_are_read_in_order_with_the_end_of_consent_to_their_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest referral to a service says whether consent ended."""
    referrals = [offered(2, 2, gone=9), offered(1, 1, gone=3), offered(3, 1, service=8), offered(4, 1, service=None, gone=4)]
    messages = [
        asked(2, 5, answered_at=day(6), closed_at=day(7)),
        asked(1, 5, "choice", 8),
        asked(3, 4, complainant_id=OTHER),
        asked(4, 3, case="another"),
    ]
    assert read(monkeypatch, referrals=referrals, messages=messages).messages == (
        MessageFact(UUID(int=3), OTHER, "question", day(4)),
        MessageFact(UUID(int=1), HER, "choice", day(5)),
        MessageFact(UUID(int=2), HER, "question", day(5), day(6), day(7), day(9)),
    )


def test_where_somebody_heard_nothing_contacts_that_reached_are_read_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    contacts = [
        row(at=day(3), reached=True),
        row(at=day(2), reached=True),
        row(at=day(1), reached=False),
        row(at=day(2), reached=True, complainant_id=OTHER),
        row(at=day(1), reached=True, case="another"),
    ]
    messages = [asked(1, 1, "heard_nothing")]
    found = read(monkeypatch, referrals=[offered(1, 1)], messages=messages, contacts=contacts)
    assert found.reached == {HER: (day(2), day(3)), OTHER: (day(2),)}
    assert read(monkeypatch, referrals=[offered(1, 1)], messages=[asked(1, 1)], contacts=contacts).reached == {}


def test_requests_to_tell_are_read_in_order_with_how_each_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    tells = [
        sent(9, 2, "told", told_at=day(3), answered_at=day(4)),
        sent(8, 2, "could_not", answered_at=day(4), referral=2),
        sent(10, 1, complainant_id=OTHER, about="told_release", fact_id=HER),
        sent(6, 0, "returned", answered_at=day(5)),
        sent(5, 0, "taken_back", answered_at=day(6)),
        sent(4, 0, "withdrawn", answered_at=day(7)),
        sent(3, 0, case="another"),
    ]
    found = read(monkeypatch, referrals=[offered(1, 1, gone=9), offered(2, 1)], tells=tells)

    def fact(key: int, at: float, answered: float | None, over: float | None) -> TellFact:
        moments = (None if one is None else day(one) for one in (answered, over))
        return TellFact(UUID(int=key), HER, "told_arrest", KEY, day(at), *moments)

    assert found.tells == (
        fact(4, 0, None, 7),
        fact(5, 0, None, 6),
        fact(6, 0, None, 5),
        TellFact(UUID(int=10), OTHER, "told_release", HER, day(1), None, day(9)),
        fact(8, 2, 4, None),
        fact(9, 2, 3, 9),
    )


def test_a_link_is_answered_when_its_last_match_was(monkeypatch: pytest.MonkeyPatch) -> None:
    links = [
        matched(3, 2, 30, "declined", 5),
        matched(2, 2, 30, "confirmed", 6, complainant_id=OTHER),
        matched(4, 1, 31, "confirmed", 3),
        matched(5, 3, 32, "confirmed", 4),
        matched(6, 4, 32),
        matched(7, 5, 33, "declined"),
    ]
    assert read(monkeypatch, referrals=[offered(1, 1)], links=links).links == (
        LinkFact(UUID(int=4), day(1), day(3), HER),
        LinkFact(UUID(int=2), day(2), day(6), None),
        LinkFact(UUID(int=5), day(3), None, None),
        LinkFact(UUID(int=7), day(5), None, HER),
    )


# --- once --------------------------------------------------------------------------------------------------------------


def test_each_app_adds_its_clocks_with_what_they_are_derived_from(monkeypatch: pytest.MonkeyPatch) -> None:
    rules: dict[str, Any] = {}
    loads: dict[str, Any] = {}
    monkeypatch.setattr(derive, "_rules", rules)
    monkeypatch.setattr(derive, "_loads", loads)
    for module in (contact_rules, needs_rules, device_rules, support_rules):
        module.register()
    assert rules == {
        "victims": contact_rules.contact_clocks,
        "victims_needs": needs_rules.needs_clocks,
        "devices": device_rules.devices,
        "support": support_rules.support,
    }
    assert loads == {
        "victims": loading.load_contact,
        "victims_needs": needs_loading.load_needs,
        "devices": device_rules.load_devices,
        "support": support_facts.load,
    }


def test_what_is_decided_once() -> None:
    assert (support_facts.NAME, support_rules.AGAIN, support_rules.HEARD_NOTHING) == ("support", "again", "heard_nothing")
    assert sorted(support_rules.QUESTIONS) == ["choice", "question"]
    assert set(KINDS) <= set(CLOCKS)


def test_what_a_fact_says_when_nothing_more_is_known() -> None:
    assert ReferralFact(KEY, HER, day(0)) == ReferralFact(KEY, HER, day(0), None, declined=False)
    assert (SupportFacts().referrals, SupportFacts().messages, SupportFacts().tells, SupportFacts().links) == ((), (), (), ())

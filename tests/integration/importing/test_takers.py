"""An app above `cases` takes columns of the extract: in the case's own transaction, and with no identity left in `cases`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from cases import models as m
from cases.derive import clocks
from cases.importing import take_in as module
from cases.importing.answers import answer_disagreement, open_disagreements
from cases.importing.fresh import facts_of_new
from cases.importing.takers import TAKERS, Column, Heard, Taker
from cases.importing.taking import Taking
from cases.selectors_telling import everything_of
from cases.services.changing import Changing
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as
from tests.integration.importing.support import mentions, record, take
from tests.integration.importing.test_again import every_table
from tests.integration.importing.test_pages import SignIn

pytestmark = pytest.mark.django_db
PHONE, OTHER_PHONE = "07700 900417", "07700 900883"


@dataclass
class Shelf:
    """A taker for the tests: telephone (identifies) and interval, each kept as words of hers; it remembers what it was handed."""

    heard: list[Sequence[Heard]] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    differs: bool = False
    refuses: bool = False

    def take(self, taking: Taking, heard: Sequence[Heard]) -> None:
        """Keep words for each complainant, or say that what was entered here differs."""
        self.heard.append(heard)
        for one in heard:
            if self.differs:
                taking.disagree("victim_phone", here=PHONE, extract=one.facts.victim_phone or "", complainant=one.complainant)
                continue
            words = f"every {one.facts.contact_interval_days} days"
            taking.add(m.SupportChange, complainant=one.complainant, supports="undecided", words=words, at=taking.now)
            if not taking.fresh:
                taking.happened("extract_changed", complainant=one.complainant, text="Contact every")

    def answer(self, change: Changing, row: m.Disagreement, take: bool) -> None:
        """Carry the answer out."""
        if self.refuses:
            raise NotPossible("Import the extract again first.")
        self.answered.append(take)
        if take:
            change.add(m.SupportChange, complainant=row.complainant, supports="undecided", words="taken", at=change.now)

    @staticmethod
    def fresh_facts(taking: Taking) -> int:
        """How many rows there are."""
        return len(taking.added[m.SupportChange])


def taker_of(shelf: Shelf, **other: Any) -> Taker:
    """The shelf as a taker."""
    columns = {"victim_phone": Column("Telephone"), "contact_interval_days": Column("Contact every", identifies=False)}
    facts = {
        "columns": columns,
        "tables": (m.SupportChange,),
        "take": shelf.take,
        "answer": shelf.answer,
        "fresh_facts": {"shelf": shelf.fresh_facts},
    }
    return Taker(name="shelf", **{**facts, **other})


@pytest.fixture(autouse=True)
def _nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test registers takes columns."""
    monkeypatch.setattr(TAKERS, "by_name", {})


@pytest.fixture
def shelf() -> Shelf:
    """A taker that is registered."""
    one = Shelf()
    TAKERS.register(taker_of(one))
    return one


def test_the_same_file_fills_what_nobody_took_when_it_was_first_imported() -> None:
    """Once: afterwards it changes nothing."""
    rows = (record(victim_phone=PHONE), record(victim_nominal="V2", contact_interval_days="7"))
    take(*rows)
    with scope(system(AVON)):
        assert m.ExtractEntry.objects.filter(complainant__isnull=False).count() == 0
    shelf = Shelf()
    TAKERS.register(taker_of(shelf))
    tally = take(*rows)
    assert (tally.cases.updated, tally.complainants.updated, tally.suspects.unchanged) == (1, 2, 1)
    before = every_table()
    assert take(*rows).cases.unchanged == 1
    assert every_table() == before
    assert len(shelf.heard) == 1
    assert [one.changed for one in shelf.heard[0]] == [{"victim_phone", "contact_interval_days"}, {"contact_interval_days"}]
    assert [one.new for one in shelf.heard[0]] == [False, False]
    with scope(system(AVON)):
        assert set(m.SupportChange.objects.values_list("words", flat=True)) == {"every 14 days", "every 7 days"}


def test_a_taker_hears_only_of_its_own_columns_that_changed_and_a_blank_says_nothing(shelf: Shelf) -> None:
    """All that the file says comes with it, folded."""
    take(record(victim_phone=PHONE, victim_email="a@example.org"))
    take(record(victim_email="b@example.org", contact_interval_days=""))
    take(record(victim_phone=PHONE, contact_interval_days="21"))
    assert [sorted(one.changed) for (one,) in shelf.heard] == [["contact_interval_days", "victim_phone"], ["contact_interval_days"]]
    assert [one.new for (one,) in shelf.heard] == [True, False]
    assert shelf.heard[1][0].facts.victim_phone == PHONE


def test_what_a_taker_raises_leaves_nothing_of_the_case() -> None:
    """One transaction: the case, and what is taken of it."""

    def fail(taking: Taking, heard: Sequence[Heard]) -> None:
        raise RuntimeError

    TAKERS.register(taker_of(Shelf(), take=fail))
    with pytest.raises(RuntimeError):
        take(record())
    with scope(system(AVON)):
        assert not m.Case.objects.exists()


def test_a_difference_in_what_identifies_a_victim_keeps_neither_value(shelf: Shelf, world: World, sign_in: SignIn) -> None:
    """The list and the page say that there is one, of which complainant, and no more; a third value changes nothing on it."""
    shelf.differs = True
    take(record(victim_phone=OTHER_PHONE))
    take(record(victim_phone="07700 900999"))
    with scope(system(AVON)):
        one = m.Disagreement.objects.get()
        assert (one.column, one.here, one.extract, one.complainant_id) == ("victim_phone", "", "", m.Complainant.objects.get().pk)
    assert mentions(PHONE) == mentions(OTHER_PHONE) == []
    assert "cases_case" in mentions("52TEST/1")  # the search finds what is there
    client = sign_in(world.supervisor)
    for address in ("/imports/disagreements/", f"/imports/disagreements/{one.pk}/"):
        page = client.get(address).content.decode()
        assert "Telephone" in page
        assert "complainant A" in page
        assert "A different value (not shown here)" in page
        assert "07700" not in page


@pytest.mark.parametrize("taken", [True, False])
def test_an_answer_is_carried_out_by_the_taker(shelf: Shelf, world: World, taken: bool) -> None:
    """Either answer reaches it; the timeline says of whom."""
    shelf.differs = True
    take(record(victim_phone=OTHER_PHONE))
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get()
        answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=taken, note="She says so")
        event = m.TimelineEvent.objects.get(kind="extract_taken" if taken else "extract_kept")
        assert (event.complainant_id, event.text) == (one.complainant_id, "Telephone: She says so")
        assert m.SupportChange.objects.filter(words="taken").exists() == taken
        assert not open_disagreements(world.supervisor).exists()
    assert shelf.answered == [taken]


def test_what_cannot_be_taken_stays_on_the_list(shelf: Shelf, world: World) -> None:
    """With the reason of the taker."""
    shelf.differs = shelf.refuses = True
    take(record(victim_phone=OTHER_PHONE))
    with acting_as(world.supervisor):
        one = open_disagreements(world.supervisor).get()
        with pytest.raises(NotPossible, match="again first"):
            answer_disagreement(actor=world.supervisor, disagreement_id=one.pk, take=True, note="She says so")
        assert open_disagreements(world.supervisor).exists()


def test_a_column_has_one_taker_and_a_correction_in_words_is_refused_to_one_that_identifies(shelf: Shelf) -> None:
    """Neither another's column, nor the key, nor a suspect's; the same taker may be registered again."""
    TAKERS.register(taker_of(shelf))
    for column in ("victim_phone", "victim_nominal", "suspect_surname"):
        with pytest.raises(ValueError, match="not free"):
            TAKERS.register(taker_of(shelf, columns={column: Column("Mine")}) if column != "victim_phone" else _other(shelf))
    taking = Taking(case=m.Case(), places=None, as_of=None, fresh=True)  # type: ignore[arg-type]
    for column in ("victim_phone", "victim_dob"):  # one that is taken, and one that nobody takes
        with pytest.raises(ValueError, match="its taker alone"):
            taking.correct(taking.case, "urn", "x", column=column)


def _other(shelf: Shelf) -> Taker:
    return Taker(name="other", columns={"victim_phone": Column("Mine")}, tables=(), take=shelf.take, answer=shelf.answer)


def test_the_clock_rule_of_an_app_above_is_given_what_its_taker_knows_of_a_new_case(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without reading back; an app that takes no column is asked as ever."""
    monkeypatch.setattr(clocks, "_rules", dict(clocks._rules))
    loaded: list[str] = []

    def load(case: m.Case) -> int:
        loaded.append("shelf")
        return int(m.SupportChange.objects.filter(case=case).count())

    def load_other(case: m.Case) -> str:
        loaded.append("beside")
        return "asked"

    monkeypatch.setattr(clocks, "_loads", {"shelf": load, "beside": load_other})
    known: list[Any] = []

    def remember(taking: Taking, live_from: Any) -> Any:
        known.append(facts_of_new(taking, live_from))
        return known[-1]

    monkeypatch.setattr(module, "facts_of_new", remember)
    take(record(), record(victim_nominal="V2"))
    assert dict(known[0].beside) == {"shelf": 2, "beside": "asked"}
    assert loaded == ["beside"]
    with scope(system(AVON)):
        assert everything_of(m.Case.objects.get()).beside == {"shelf": 2, "beside": "asked"}

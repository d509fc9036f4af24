"""Sealed fields without a database: what is opened, when, and everything that refuses to be."""

import copy
import json
import pickle
import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db.models import F, Value
from hypothesis import given
from hypothesis import strategies as st

from core.sealedfield import (
    NotOpened,
    Sealed,
    SealedTextField,
    opening,
    opening_reason,
)
from core.vault import SealBroken, seal, seal_field
from tests.sealed import ANOTHER, KEY, NEW, OLD, SURNAME, Other, Person, Version, read, stored, swapped, written

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=150)


@given(TEXTS)
def test_any_text_comes_back_and_never_stands_in_the_bytes(text: str) -> None:
    one, two = written(KEY, text), written(KEY, text)
    assert read(stored(one)) == text
    assert one != two
    assert len(text) < 4 or text.encode() not in one


@pytest.mark.parametrize("text", ["MAX", "X", " x ", "\n", "0"])
def test_no_end_of_a_text_is_lost_with_what_it_is_filled_up_by(text: str) -> None:
    assert read(stored(written(KEY, text))) == text


@given(st.dates())
def test_any_date_comes_back(day: date) -> None:
    assert read(stored(written(KEY, day, column="born"), column="born"), "born") == day


@pytest.mark.parametrize(("short", "long", "grows"), [(0, 31, False), (31, 32, True), (32, 63, False), (63, 64, True)])
def test_the_length_shows_in_steps_only(short: int, long: int, grows: bool) -> None:
    lengths = [len(written(KEY, "x" * letters)) for letters in (short, long)]
    assert lengths[1] - lengths[0] == (32 if grows else 0)


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "\ud800", "a\udfffb", "x" * 151])
def test_text_that_cannot_be_stored_is_refused_unsaid(text: str) -> None:
    for act in (lambda: Person(surname=text), lambda: setattr(Person(), "surname", text), lambda: Person(surname_sealed=text)):
        with pytest.raises(ValueError, match="surname") as caught:
            act()
        assert text not in str(caught.value)
        assert not isinstance(caught.value, UnicodeError)
        assert caught.value.__cause__ is None


def test_the_longest_text_is_taken_and_one_without_a_limit_is_any_length() -> None:
    assert Person(surname="x" * 150).surname == "x" * 150
    field = SealedTextField()
    assert field.checked("x" * 9_000) == "x" * 9_000


@pytest.mark.parametrize(
    ("column", "value"),
    [("surname", 7), ("surname", b"x"), ("surname", F("note")), ("surname", Value("x")), ("born", "2001-02-03"), ("born", 7)],
)
def test_another_type_is_refused(column: str, value: Any) -> None:
    with pytest.raises(TypeError, match=rf"{column} takes .*not {type(value).__name__}"):
        Person(**{column: value})


def test_a_time_is_no_date() -> None:
    with pytest.raises(TypeError, match="not datetime"):
        Person(born=datetime(2001, 2, 3, tzinfo=UTC))


def test_none_is_a_date_and_no_text() -> None:
    person = Person(born=None)
    person.born = date(2001, 2, 3)
    person.born = None
    assert person.born is None
    assert Person._meta.get_field("born").pre_save(person, True) is None
    with pytest.raises(ValueError, match="surname takes no None"):
        person.surname = None
    assert person.surname == ""


def test_nothing_where_text_must_stand_is_no_empty_text() -> None:
    assert read(stored(written(KEY, ""))) == ""
    with pytest.raises(SealBroken, match="nothing stands"):
        read(stored(None))


def test_the_gate() -> None:
    person = stored(written(KEY, "Jones"))
    assert opening_reason() == ""
    with pytest.raises(NotOpened, match="surname"):
        _ = person.surname
    with opening("outer"):
        with opening("inner"):
            assert opening_reason() == "inner"
        assert opening_reason() == "outer"
        with pytest.raises(ZeroDivisionError), opening("fails"):
            _ = 1 / 0
        assert opening_reason() == "outer"
        assert person.surname == "Jones"
    assert opening_reason() == ""
    assert person.surname == "Jones", "opened once, it stays so on its instance"
    with pytest.raises(NotOpened):
        _ = stored(written(KEY, "Jones")).surname


@pytest.mark.parametrize("reason", ["", " \t\n"])
def test_the_gate_wants_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="reason"), opening(reason):
        pass


def test_the_gate_is_one_threads() -> None:
    seen: list[str] = []
    with opening("here"):
        thread = threading.Thread(target=lambda: seen.append(opening_reason()))
        thread.start()
        thread.join()
    assert seen == [""]


def test_a_failed_opening_shuts_the_gate_and_shows_nothing() -> None:
    person = stored(written(ANOTHER, "Jones"))
    for _ in range(2):
        with pytest.raises(SealBroken) as caught:
            read(person)
        assert "Jones" not in str(caught.value)
    assert opening_reason() == ""


@pytest.mark.parametrize("at", range(len(written(KEY, "Jones"))))
def test_every_single_byte_counts(at: int) -> None:
    with pytest.raises(SealBroken):
        read(stored(swapped(written(KEY, "Jones"), at)))


def test_cut_short_or_longer_it_is_refused() -> None:
    raw = written(KEY, "Jones")
    for other in (*(raw[:length] for length in range(len(raw))), raw + b"\x00", b"\x00" + raw):
        with pytest.raises(SealBroken):
            read(stored(other))


@pytest.mark.parametrize("planted", [b"", b"Jones", b"RS1", b"RS1\x00Jones", "Zoë".encode(), b"\x00" * 80])
def test_planted_text_is_refused(planted: bytes) -> None:
    with pytest.raises(SealBroken):
        read(stored(planted))


def test_bytes_of_another_row_column_table_or_use_are_refused() -> None:
    about = f"sealed_person\x00surname\x00{KEY}"
    assert read(stored(seal_field(b"Jones\x00", about=about))) == "Jones", "which the rest of this test stands on"
    for raw in (
        written(ANOTHER, "Jones"),
        written(KEY, "Jones", column="forename"),
        written(KEY, "Jones", model=Other),
        seal(b"Jones\x00", about=about),
    ):
        with pytest.raises(SealBroken):
            read(stored(raw))


def test_the_wrong_key_and_the_key_taken_away(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    raw = written(KEY, "Jones")
    settings.FIELD_KEYS = [NEW, OLD]
    assert read(stored(raw)) == "Jones"
    for keys in ([NEW], ["old:" + NEW.partition(":")[2]]):
        settings.FIELD_KEYS = keys
        with pytest.raises(SealBroken):
            read(stored(raw))


def test_a_version_opens_for_the_row_it_is_of() -> None:
    names = [field.attname for field in Version._meta.concrete_fields]
    for pgh_obj, whole in ((KEY, True), (ANOTHER, False)):
        values = {"pgh_id": 9, "pgh_obj_id": pgh_obj, "id": ANOTHER, "surname_sealed": Sealed(written(KEY, "Jones"))}
        version = Version.from_db("default", names, [values.get(name) for name in names])
        if whole:
            assert read(version) == "Jones"
        else:
            with pytest.raises(SealBroken):
                read(version)


def test_nothing_shows_what_is_inside() -> None:
    fresh, loaded = Person(id=KEY, surname="Jones"), stored(written(KEY, "Jones"))
    assert read(loaded) == "Jones"
    for person in (fresh, loaded):
        held = person.__dict__["surname_sealed"]
        for text in (repr(held), str(held), f"{held}", f"{held!r:>3}", repr(person), str(person), repr(vars(person))):
            assert "Jones" not in text
            assert "sealed" in text.lower()
        with pytest.raises(TypeError):
            json.dumps(held)
        with pytest.raises(FieldError, match="never exported"):
            SURNAME.value_to_string(person)


def test_a_copy_is_sealed_and_a_pickle_carries_bytes_alone() -> None:
    person = stored(written(KEY, "Jones"))
    assert read(person) == "Jones"
    frozen = pickle.dumps(person.__getstate__())
    assert b"Jones" not in frozen
    thawed = Person()
    thawed.__dict__.update(pickle.loads(frozen))  # noqa: S301
    with pytest.raises(NotOpened):
        _ = thawed.surname
    assert read(thawed) == "Jones"
    assert SURNAME.pre_save(thawed, False).raw == SURNAME.pre_save(person, False).raw
    held = person.__dict__["surname_sealed"]
    assert copy.copy(held) is held
    assert copy.deepcopy([held])[0] is held
    with pytest.raises(TypeError, match="not sealed yet"):
        pickle.dumps(Person(surname="Jones").__getstate__())


def test_what_was_never_opened_is_written_as_it_was(settings: Any) -> None:
    """Even where its key is gone: nothing is opened for it."""
    raw = written(KEY, "Jones")
    person = stored(raw)
    settings.FIELD_KEYS = [NEW]
    assert SURNAME.pre_save(person, False).raw == raw
    person.id = str(KEY)
    assert SURNAME.pre_save(person, False).raw == raw


def test_the_same_value_again_keeps_its_bytes_and_another_does_not() -> None:
    raw = written(KEY, "Jones")
    person = stored(raw)
    assert read(person) == "Jones"
    person.surname = "Jones"
    assert SURNAME.pre_save(person, False).raw == raw
    person.surname = "Smith"
    assert person.surname == "Smith", "what was assigned can be read"
    changed = SURNAME.pre_save(person, False).raw
    assert changed != raw
    assert SURNAME.pre_save(person, False).raw == changed, "sealed once"
    assert read(stored(changed)) == "Smith"
    unopened = stored(raw)
    unopened.surname = "Jones"
    assert SURNAME.pre_save(unopened, False).raw != raw


def test_a_row_given_another_key() -> None:
    """Opened, it is sealed for the new row. Never opened, it cannot be."""
    opened, closed = stored(written(KEY, "Jones")), stored(written(KEY, "Jones"))
    assert read(opened) == "Jones"
    opened.id = closed.id = ANOTHER
    assert read(stored(SURNAME.pre_save(opened, True).raw, key=ANOTHER)) == "Jones"
    with pytest.raises(SealBroken, match="another row"):
        SURNAME.pre_save(closed, True)
    with pytest.raises(SealBroken):
        read(closed)
    opened.id = None
    assert opened.surname == "Jones"
    with pytest.raises(ValueError, match="before its row has a key"):
        SURNAME.pre_save(opened, True)


def test_reading_what_was_assigned_seals_nothing() -> None:
    person = Person(id=KEY, surname="Jones")
    assert person.surname == "Jones"
    assert person.__dict__["surname_sealed"].raw is None


def test_a_row_without_a_key_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="before its row has a key"):
        SURNAME.pre_save(Person(id=None, surname="Jones"), True)


def test_an_opaque_value_assigned_is_proved_before_it_is_written() -> None:
    person, other = stored(written(KEY, "Jones")), Person(id=ANOTHER)
    other.surname = person.surname_sealed
    with pytest.raises(SealBroken):
        SURNAME.pre_save(other, True)
    again = Person(id=KEY)
    again.surname = person.surname_sealed
    with pytest.raises(NotOpened):
        _ = again.surname
    proved = SURNAME.pre_save(again, False)
    assert (proved.raw, proved.bound) == (person.surname_sealed.raw, KEY)
    assert SURNAME.get_prep_value(proved) == proved.raw
    fresh = Person(id=ANOTHER)
    fresh.surname = Person(id=None, surname="Smith").surname_sealed
    assert read(stored(SURNAME.pre_save(fresh, True).raw, key=ANOTHER)) == "Smith"

"""The base of every form."""

import uuid

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from core.formfields import GovDateField
from core.forms import GovForm, VersionedForm, asks, has_bad_character, inside_sentence, normalise


class Note(GovForm):
    name = forms.CharField(label="Name of officer", max_length=10)
    text = forms.CharField(label="Text", max_length=20, widget=forms.Textarea, required=False)
    secret = forms.CharField(max_length=20, widget=forms.PasswordInput, required=False, strip=False)


BAD = [
    "\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x9f",
    "\ud800", "\udfff", "\u202a", "\u202e", "\u2066", "\u2069", "\ufffd",
]  # fmt: skip


@pytest.mark.parametrize("character", BAD, ids=lambda character: f"U+{ord(character):04X}")
def test_a_character_that_cannot_be_stored_is_refused_once_and_in_words(character: str) -> None:
    form = Note({"name": f"a{character}b", "text": f"a{character}b"})

    assert form.errors["name"] == ["Name of officer contains a character that cannot be stored"]
    assert form.errors["text"] == ["Text contains a character that cannot be stored"]


def test_lines_and_tabs_belong_in_text_of_many_lines_only() -> None:
    form = Note({"name": "a\tb", "text": "a\tb\r\nc"})

    assert list(form.errors) == ["name"]
    assert form.cleaned_data["text"] == "a\tb\nc"
    assert Note({"name": "a\nb"}).errors["name"] == ["Name of officer contains a character that cannot be stored"]


@pytest.mark.parametrize("text", ["Zoë", "Ó Briain", "Łukasz", "محمد", "王秀英", "👩🏽‍⚖️", "a\u200eb"])
def test_names_in_any_script_pass(text: str) -> None:
    assert not has_bad_character(text)


def test_text_is_brought_to_one_form_before_it_is_measured() -> None:
    form = Note(QueryDict("name=" + "Zoe%CC%88" * 2 + "abcd&text=" + "a%0D%0A" * 9 + "b"))

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Zo\u00ebZo\u00ebabcd"
    assert form.cleaned_data["text"] == "a\n" * 9 + "b"


def test_line_ends_of_every_kind_become_line_feeds() -> None:
    assert normalise("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"


def test_a_password_is_left_as_typed() -> None:
    form = Note(QueryDict("name=x&secret=Zoe%CC%88"))

    assert form.is_valid()
    assert form.cleaned_data["secret"] == "Zoe" + "\u0308"


def test_text_without_a_limit_is_a_mistake_of_the_author() -> None:
    class Endless(GovForm):
        text = forms.CharField()

    with pytest.raises(ImproperlyConfigured, match=r"Endless\.text has no max_length"):
        Endless()


def test_a_uuid_needs_no_limit() -> None:
    class Reference(GovForm):
        case = forms.UUIDField(widget=forms.HiddenInput)

    key = uuid.uuid4()
    form = Reference({"case": str(key)})
    assert form.is_valid()
    assert form.cleaned_data["case"] == key


def test_the_browser_is_told_neither_required_nor_maxlength() -> None:
    html = Note().as_p()

    assert "required" not in html
    assert "maxlength" not in html


def test_messages_are_the_houses_unless_the_author_gave_one() -> None:
    class Mixed(GovForm):
        urn = forms.CharField(label="URN", max_length=5)
        rate = forms.CharField(label="100% rate", max_length=3)
        outcome = forms.ChoiceField(label="Outcome", choices=[("a", "A")])
        why = forms.CharField(label="Why?", max_length=5)
        count = forms.IntegerField(label="Count", max_value=5)
        mail = forms.EmailField(label="Email")
        agree = forms.BooleanField(label="I agree")
        own = forms.CharField(max_length=5, error_messages={"required": "Say something"})

    empty = Mixed({})
    assert empty.errors["urn"] == ["Enter URN"]
    assert empty.errors["outcome"] == ["Select outcome"]
    assert empty.errors["why"] == ["Enter an answer to “Why?”"]
    assert empty.errors["agree"] == ["Select “I agree”"]
    assert empty.errors["own"] == ["Say something"]

    wrong = Mixed({"urn": "x" * 6, "rate": "x" * 4, "outcome": "<b>", "count": "6", "mail": "x"})
    assert wrong.errors["urn"] == ["URN must be 5 characters or fewer"]
    assert wrong.errors["rate"] == ["100% rate must be 3 characters or fewer"]
    assert wrong.errors["outcome"] == ["Select outcome"]
    assert wrong.errors["count"] == ["Count must be 5 or less"]
    assert wrong.errors["mail"] == ["Enter an email address in the correct format, like name@example.com"]
    assert Mixed({"count": "x"}).errors["count"] == ["Count must be a whole number"]


def test_labels_inside_a_sentence() -> None:
    assert inside_sentence("Date of report") == "date of report"
    assert inside_sentence("CPS area") == "CPS area"
    assert inside_sentence("A reason") == "a reason"
    assert asks("Select", "Is it so?") == "Select an option for “Is it so?”"


def test_a_form_made_twice_has_each_check_once() -> None:
    Note({"name": "x"})
    form = Note({"name": "x"})
    form.prepare("name")

    assert len([one for one in form.fields["name"].validators if type(one).__name__ == "RefuseBadCharacters"]) == 1


@pytest.mark.parametrize("sent", ["", "x", "-1", "99999999999"])
def test_a_version_that_is_none_is_refused(sent: str) -> None:
    class Change(VersionedForm):
        pass

    assert Change({"version": sent}).errors["version"] == ["This page was not complete: open it again and start afresh"]
    assert Change({"version": "7"}).is_valid()


class Dates(GovForm):
    answered_on = GovDateField(label="Day for the answer")
    asked_on = GovDateField(label="When was it asked?")


def test_each_of_several_wrong_dates_is_named() -> None:
    typed = {f"{name}_{part}": "12" for name in ("answered_on", "asked_on") for part in ("day", "month", "year")}
    form = Dates(typed)
    assert form.errors["answered_on"] == ["Day for the answer: year must include 4 numbers"]
    assert form.errors["asked_on"] == ["The year must include 4 numbers"]
    other = Dates(typed | {"answered_on_day": "31", "answered_on_month": "2", "answered_on_year": "2026"})
    assert other.errors["answered_on"] == ["Day for the answer must be a real date"]

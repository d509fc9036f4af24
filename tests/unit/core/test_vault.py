"""Sealing bytes at rest and keyed hashes: what opens, what does not, and how keys are changed."""

import base64
import hmac
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from core.vault import SealBroken, keyed_hash, keyed_hashes, seal, seal_word, unseal, unseal_word

OLD, NEW = (f"{name}:{base64.b64encode(letter * 32).decode()}" for name, letter in (("old", b"o"), ("new", b"n")))


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_again_and_never_looks_the_same(data: bytes) -> None:
    """And what is sealed does not hold the bytes."""
    one, two = seal(data, about="a"), seal(data, about="a")
    assert unseal(one, about="a") == data
    assert one != two
    assert len(data) < 4 or data not in one


@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    """Wherever it is changed: mark, key id, nonce, text or tag."""
    sealed = bytearray(seal(b"refused records", about="run 1"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), about="run 1")


@given(st.integers(0, 60))
def test_cut_short_it_is_refused(length: int) -> None:
    """No length of a part opens."""
    sealed = seal(b"x" * 20, about="run 1")
    with pytest.raises(SealBroken):
        unseal(sealed[: min(length, len(sealed) - 1)], about="run 1")


def test_it_opens_for_what_it_is_about_and_nothing_else() -> None:
    """One row's bytes in another row are refused."""
    with pytest.raises(SealBroken):
        unseal(seal(b"file", about="run 1"), about="run 2")


def test_a_new_key_in_front_writes_and_the_old_one_still_reads(settings: Any) -> None:
    """Until it is taken away: then what it sealed is gone, and says so."""
    settings.FIELD_KEYS = [OLD]
    sealed, hashed = seal(b"kept", about="a"), keyed_hash("kept", about="a")
    settings.FIELD_KEYS = [NEW, OLD]
    assert unseal(sealed, about="a") == b"kept"
    assert keyed_hash("kept", about="a") != hashed
    assert hashed in keyed_hashes("kept", about="a")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(SealBroken, match="not configured"):
        unseal(sealed, about="a")


@pytest.mark.parametrize("keys", [[], ["short:c2hvcnQ="], ["no-key:"], [":" + OLD.partition(":")[2]], [OLD, OLD], ["bad:***"]])
def test_keys_that_cannot_protect_stop_the_program(settings: Any, keys: list[str]) -> None:
    """Nothing is sealed under a key that is too short, missing or named twice."""
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured):
        seal(b"x", about="a")


def test_a_hash_differs_by_what_it_is_about() -> None:
    """So equal values in two places cannot be told to be equal."""
    assert keyed_hash("N1", about="case 1") != keyed_hash("N1", about="case 2")
    assert len(keyed_hash("N1", about="case 1")) == 64


def test_a_hash_is_of_exactly_this(settings: Any) -> None:
    """Stored hashes must be found again by every later version: the key for it, what it is about, NUL, the text."""
    settings.FIELD_KEYS = [OLD]
    key = hmac.new(b"o" * 32, b"rasso hash", sha256).digest()
    assert keyed_hash("Zoë", about="case 1") == hmac.new(key, b"case 1\x00Zo\xc3\xab", sha256).hexdigest()
    assert keyed_hash("\ud800", about="") == hmac.new(key, b"\x00\xed\xa0\x80", sha256).hexdigest(), "half a pair is a text too"


@given(st.one_of(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3)))
def test_a_word_in_an_address_opens_for_its_purpose_only(value: Any) -> None:
    """And is made of letters that an address carries as they are."""
    word = seal_word(value, purpose="search of one person")
    assert unseal_word(word, purpose="search of one person") == value
    assert set(word) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    with pytest.raises(SealBroken):
        unseal_word(word, purpose="search of another")


@given(st.text(max_size=60))
def test_whatever_else_stands_in_an_address_is_refused(letters: str) -> None:
    """Letters, signs, nothing at all: never another failure than SealBroken."""
    with pytest.raises(SealBroken):
        unseal_word(letters, purpose="a")


def test_a_word_is_no_sealed_text_and_a_sealed_text_no_word() -> None:
    """Even where one is about what the other is for: each has a key of its own."""
    word, data = seal_word("x", purpose="a"), seal(b'"x"', about="a")
    with pytest.raises(SealBroken):
        unseal(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), about="a")
    with pytest.raises(SealBroken):
        unseal_word(base64.urlsafe_b64encode(data).decode().rstrip("="), purpose="a")


def test_a_word_sealed_under_an_older_key_still_opens(settings: Any) -> None:
    """For as long as that key is listed."""
    settings.FIELD_KEYS = [OLD]
    word = seal_word([1, "a"], purpose="a")
    settings.FIELD_KEYS = [NEW, OLD]
    assert unseal_word(word, purpose="a") == [1, "a"]
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(SealBroken):
        unseal_word(word, purpose="a")

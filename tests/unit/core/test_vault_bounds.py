"""The edges of the vault: how long a key's name and a word may be, what is no base64, and the exact order of sealed bytes."""

import base64
import hmac
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured

from core.vault import SealBroken, keyed_hash, seal, seal_word, unseal, unseal_word

KEY = b"o" * 32
WRITTEN = base64.b64encode(KEY).decode()
LONGEST = 2_000
"""Letters of a word: what an address still carries."""


@pytest.mark.parametrize("key_id", ["k", "k" * 32], ids=["one", "32"])
def test_a_key_may_be_named_by_1_to_32_characters(settings: Any, key_id: str) -> None:
    settings.FIELD_KEYS = [f"{key_id}:{WRITTEN}"]
    assert unseal(seal(b"kept", about="a"), about="a") == b"kept"


@pytest.mark.parametrize(
    "entry",
    [f"{'k' * 33}:{WRITTEN}", f"a:b:{WRITTEN}", f"k:{WRITTEN[:20]}!{WRITTEN[20:]}", f"k:{WRITTEN}\n", f"é:{WRITTEN}"],
    ids=["33 characters", "a colon in the name", "a sign that is no base64", "a line's end", "no ASCII"],
)
def test_any_other_name_and_any_sign_that_is_no_base64_stop_the_program(settings: Any, entry: str) -> None:
    settings.FIELD_KEYS = [entry]
    with pytest.raises(ImproperlyConfigured):
        keyed_hash("x", about="a")


def test_sealed_bytes_stand_in_this_order(settings: Any) -> None:
    """Mark, length of the key's name, the name, 12 bytes of nonce, the secret with its tag: every later version reads them so."""
    settings.FIELD_KEYS = [f"old:{WRITTEN}"]
    sealed = seal(b"kept", about="run 1")
    head, nonce, secret = sealed[:7], sealed[7:19], sealed[19:]
    assert head == b"RS1\x03old"
    assert len(secret) == len(b"kept") + 16
    cipher = AESGCM(hmac.new(KEY, b"rasso seal", sha256).digest())
    assert cipher.decrypt(nonce, secret, head + b"run 1") == b"kept"


def word_of(letters: int) -> str:
    """Return a word of that many letters: their bytes less 5 of head, 12 of nonce, 16 of tag and 2 quotation marks."""
    word = seal_word("x" * (letters * 3 // 4 - 35), purpose="a")
    assert len(word) == letters
    return word


def test_a_word_of_2000_letters_opens_and_a_longer_one_is_not_even_looked_at(settings: Any) -> None:
    settings.FIELD_KEYS = [f"k:{WRITTEN}"]
    word = word_of(LONGEST)
    assert unseal_word(word, purpose="a") == "x" * 1_465
    for longer in (word + "!", word_of(LONGEST + 4)):
        with pytest.raises(SealBroken):
            unseal_word(longer, purpose="a")


def test_a_word_is_as_short_as_its_value_can_be_written(settings: Any) -> None:
    """Addresses are short: no space in what is sealed."""
    settings.FIELD_KEYS = [f"k:{WRITTEN}"]
    word = seal_word([1, {"a": "b"}], purpose="a")
    assert len(base64.urlsafe_b64decode(word + "==")) == len('[1,{"a":"b"}]') + 33
    assert unseal_word(word, purpose="a") == [1, {"a": "b"}]


def test_words_open_whatever_letter_they_end_with(settings: Any) -> None:
    """Of a length that base64 does not fill up, a word ends with any of the 64 letters: 640 of them end with nearly every one."""
    settings.FIELD_KEYS = [f"k:{WRITTEN}"]
    words = [seal_word("x", purpose="a") for _ in range(640)]
    assert {unseal_word(word, purpose="a") for word in words} == {"x"}
    assert len({word[-1] for word in words}) > 32

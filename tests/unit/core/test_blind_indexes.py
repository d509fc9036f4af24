"""What a sealed value is found by: the same for what people take as the same, and nothing that can be guessed or joined."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.blindindex import blind_index, blind_indexes, normal_email, normal_name, normal_telephone
from core.vault import keyed_hash
from tests.sealed import NEW, OLD


@pytest.mark.parametrize(
    ("one", "normal"),
    [
        ("  Zoë\t Ann  ", "zoe ann"),
        ("ZOE\u0308", "zoe"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("O`Brien", "obrien"),
        ("Smith-Jones", "smith jones"),
        ("Smith – Jones", "smith jones"),
        ("Straße", "strasse"),
        ("\ufb01nch", "finch"),
        ("Ｊones\u200b", "jones"),
        ("Jo\u00adnes\x7f", "jones"),
        ("İpek", "ipek"),
        ("王 芳", "王 芳"),
        ("\u00a0 - ' ", ""),
        ("\u0149diaye", "ndiaye"),  # a letter that becomes an apostrophe and an n
        ("", ""),
    ],
)
def test_one_form_of_a_name(one: str, normal: str) -> None:
    assert normal_name(one) == normal


@given(st.text())
def test_one_form_is_one_form(text: str) -> None:
    """Made twice it is the same, without spaces at its ends, and so is its index."""
    normal = normal_name(text)
    assert normal_name(normal) == normal == " ".join(normal.split())
    assert blind_index(text, column="surname", force_id=1) == blind_index(normal, column="surname", force_id=1)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700-900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("447700900123", "07700900123"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700900123"),
        ("０７７００９００１２３", "07700900123"),
        ("0144 900123", "0144900123"),
        ("+353 1 900 1234", "35319001234"),
        ("00353 1 900 1234", "35319001234"),
        ("+44", ""),
        ("+44X07700 900123", "07700900123"),
        ("none", ""),
        ("999", "999"),
    ],
)
def test_a_telephone_is_its_digits(text: str, digits: str) -> None:
    assert normal_telephone(text) == digits


def test_an_address_is_in_small_letters() -> None:
    assert normal_email("  Some.Body@Example.TEST \n") == "some.body@example.test"
    assert normal_email("some body@ example.test") == "somebody@example.test"
    assert normal_email("Ｓome@example.test") == "some@example.test"
    assert normal_email("STRASSE@x.test") == normal_email("straße@x.test")


def test_an_index_is_of_its_text_column_and_force() -> None:
    index = blind_index("Jones", column="surname", force_id=46)
    assert index == blind_index(" JONES ", column="surname", force_id=46)
    assert len(index) == 32
    assert set(index) <= set("0123456789abcdef")
    assert index == keyed_hash("jones", about="blind index of surname in force 46")[:32]
    others = {
        blind_index("Jonas", column="surname", force_id=46),
        blind_index("Jones", column="forename", force_id=46),
        blind_index("Jones", column="surname", force_id=47),
    }
    assert len(others | {index}) == 4


@pytest.mark.parametrize("text", ["", "  ", "’", "\u200b"])
def test_nothing_has_no_index(text: str) -> None:
    assert blind_index(text, column="surname", force_id=46) == ""
    assert blind_indexes(text, column="surname", force_id=46) == ()


def test_while_keys_are_changed_every_key_is_searched(settings: Any) -> None:
    settings.FIELD_KEYS = [OLD]
    before = blind_index("Jones", column="surname", force_id=46)
    settings.FIELD_KEYS = [NEW, OLD]
    after = blind_index("Jones", column="surname", force_id=46)
    assert after != before
    assert blind_indexes("Jones", column="surname", force_id=46) == (after, before)

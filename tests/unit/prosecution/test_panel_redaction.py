"""What a text of a pack may not say: names, places, references, dates, times, numbers, labels; and what it may."""

import pytest

from prosecution.panels.redaction import Known, Why, pieces, says

KNOWN = Known(
    names=("Otto Quillfeather-Moss", "DC Maren Oakhill", "Ann O'Brae"),
    places=("Avon and Somerset Police", "RASSO North", "Larkhall Crown Court", "12 Thistle Row, Penmorrow"),
    references=("52/123456/26", "52AB0000126", "12/345678X"),
    wholes=("Harbour Women's Centre",),
)

REFUSED = [
    ("Otto said so", Why.NAME),
    ("quillfeather was seen", Why.NAME),
    ("Moss was seen", Why.NAME),
    ("QUILLFEATHER MOSS left", Why.NAME),
    ("Quillfeather’s phone", Why.NAME),
    ("the officer Oakhill", Why.NAME),
    ("OBrae rang", Why.NAME),
    ("O’Brae rang", Why.NAME),
    ("near Penmorrow", Why.PLACE),
    ("in Somerset", Why.PLACE),
    ("at Larkhall", Why.PLACE),
    ("in Thistle Row", Why.PLACE),
    ("in Gallows Hill", Why.PLACE),
    ("at the Kings Arms pub", Why.PLACE),
    ("BS1 5TR", Why.PLACE),
    ("helped by Harbour Women's Centre", Why.PLACE),
    ("crime 52/123456/26", Why.REFERENCE),
    ("52ab0000126", Why.REFERENCE),
    ("PNC 12/345678X", Why.REFERENCE),
    ("on 22 November 2026", Why.DATE),
    ("on 22nd of Nov", Why.DATE),
    ("November 22", Why.DATE),
    ("22/11/2026", Why.DATE),
    ("2026-11-22", Why.DATE),
    ("22.11.26", Why.DATE),
    ("last Friday", Why.DATE),
    ("in the summer of 1994", Why.DATE),
    ("in May", Why.DATE),
    ("since March", Why.DATE),
    ("at Christmas", Why.DATE),
    ("at 23:40", Why.DATE),
    ("at 11pm", Why.DATE),
    ("at 2340 hrs", Why.DATE),
    ("in February", Why.DATE),
    ("ring 07700 900123", Why.NUMBER),
    ("a@b.example", Why.NUMBER),
    ("log 4477/X1", Why.NUMBER),
    ("reference 998877", Why.NUMBER),
    ("exhibit ABC123", Why.NUMBER),
    ("Victim B said", Why.LABEL),
    ("complainant A", Why.LABEL),
    ("Suspect 2", Why.LABEL),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_says_who_where_or_when_is_found(text: str, why: Why) -> None:
    assert why in {reason for _, reason in says(text, KNOWN)}, says(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "The suspect was not asked about consent. The victim may want to give a further account.",
        "Three of five enquiries were done; 12 days passed, 40% of messages were read.",
        "The officer will march the file forward and close it.",
        "Full Code Test not met. The Crown decided that DG6 was followed.",
        "North of the line, the court and the police area unit did not say.",
        "",
    ],
)
def test_what_says_nothing_is_left_alone(text: str) -> None:
    assert says(text, KNOWN) == []


def test_the_form_marks_it_and_loses_no_letter() -> None:
    text = "On Friday Otto met her near the Blue Heron in Penmorrow."
    shown = pieces(text, KNOWN)
    assert "".join(one.text for one in shown) == text
    marked = {one.text: one.why for one in shown if one.why}
    assert marked["Friday"] == Why.DATE
    assert marked["Otto"] == Why.NAME
    assert marked["Penmorrow"] == Why.PLACE
    assert marked["Blue"] == Why.CAPITAL, "what no list knows is for the person to judge"
    assert says("near the Blue Heron", KNOWN) == []

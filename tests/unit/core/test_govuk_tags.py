"""The template tags that draw components."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from core.components import Link, SummaryRow
from core.formfields import GovDateField, GovDateTimeField
from core.forms import GovForm, VersionedForm

TODAY = date(2026, 11, 22)


def draw(source: str, context: Mapping[str, Any] | None = None) -> str:
    """Render a template, its white space drawn together."""
    return " ".join(Template("{% load govuk %}" + source).render(Context(dict(context or {}))).split())


class Everything(VersionedForm):
    name = forms.CharField(label="Name", max_length=50, help_text="As <written>")
    reason = forms.CharField(label="Reason", max_length=200, widget=forms.Textarea)
    outcome = forms.ChoiceField(label="Outcome", choices=[("", ""), ("a", "Charged")])
    risk = forms.ChoiceField(label="Risk", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("i", "Interpreter"), ("w", "Wheelchair")],
        widget=forms.CheckboxSelectMultiple(attrs={"hints": {"i": "Say which"}}),
    )
    agree = forms.BooleanField(label="I agree")
    day = GovDateField(label="Day of report")
    moment = GovDateTimeField(label="Arrest")
    password = forms.CharField(label="Password", max_length=50, widget=forms.PasswordInput)
    document = forms.FileField(label="Extract")


def field(name: str, options: str = "", form: GovForm | None = None) -> str:
    """Draw one field of a form."""
    return draw("{% field form." + name + " " + options + " %}", {"form": form or Everything(initial={"version": 3})})


def test_a_text_input_has_label_hint_and_no_autofill() -> None:
    html = field("name", "width=20")

    assert '<label class="govuk-label" for="id_name">Name</label>' in html
    assert '<div id="id_name-hint" class="govuk-hint">As &lt;written&gt;</div>' in html
    assert 'class="govuk-input govuk-input--width-20"' in html
    assert 'aria-describedby="id_name-hint"' in html
    assert 'autocomplete="off"' in html
    assert 'spellcheck="false"' in html


def test_an_error_stands_beside_its_input_and_is_described() -> None:
    html = field("name", form=Everything({}))

    assert "govuk-form-group--error" in html
    assert '<p id="id_name-error" class="govuk-error-message">' in html
    assert '<span class="govuk-visually-hidden">Error:</span> Enter name' in html
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert "govuk-input--error" in html
    assert 'aria-invalid="true"' in html


def test_a_textarea_counts_and_need_not() -> None:
    html = field("reason", "rows=8")

    assert 'data-module="govuk-character-count" data-maxlength="200"' in html
    assert 'id="id_reason-info"' in html
    assert 'aria-describedby="id_reason-info"' in html
    assert 'rows="8"' in html
    assert "character-count" not in field("reason", "counter=False")


def test_a_select() -> None:
    html = field("outcome", 'width="two-thirds"')

    assert 'class="govuk-select govuk-!-width-two-thirds"' in html
    assert '<option value="a">Charged</option>' in html


def test_radios_are_a_fieldset_with_one_chosen() -> None:
    html = field("risk", 'inline=True small=True label_size="m" heading=True', Everything({"risk": "n"}))

    assert 'class="govuk-radios govuk-radios--inline govuk-radios--small"' in html
    assert '<h1 class="govuk-fieldset__heading">Risk</h1>' in html
    assert "govuk-fieldset__legend--m" in html
    assert 'id="id_risk_1" name="risk" type="radio" value="n" checked>' in html
    assert html.count("checked") == 1


def test_checkboxes_keep_what_was_ticked_and_show_hints() -> None:
    html = field("needs", form=Everything({"needs": ["i"]}))

    assert 'value="i" checked aria-describedby="id_needs_0-hint"' in html
    assert '<div id="id_needs_0-hint" class="govuk-hint govuk-checkboxes__hint">Say which</div>' in html
    assert html.count("checked") == 1


def test_a_single_checkbox() -> None:
    ticked = field("agree", form=Everything({"agree": "on"}))

    assert 'id="id_agree" name="agree" type="checkbox" value="on" checked>' in ticked
    assert 'aria-describedby="id_agree-error"' in field("agree", form=Everything({}))


def test_only_the_part_of_a_date_in_error_is_marked_and_the_rest_kept() -> None:
    form = Everything({"day_day": "22", "day_month": "", "day_year": "2026"})
    html = field("day", form=form)

    assert html.count("govuk-input--error") == 1
    assert 'id="id_day_month" name="day_month" type="text" inputmode="numeric" value="" autocomplete="off"' in html
    assert 'value="22"' in html
    summary = draw("{% error_summary form %}", {"form": form})
    assert '<a href="#id_day_month">Day of report must include a month</a>' in summary


def test_a_date_and_time_shows_its_initial_value_in_london_time() -> None:
    html = field("moment", form=Everything(initial={"moment": datetime(2026, 7, 1, 13, 5, tzinfo=UTC)}))

    assert 'name="moment_time" type="text" value="14:05"' in html


def test_a_password_is_never_sent_back() -> None:
    html = field("password", form=Everything({"password": "hunter"}))

    assert "hunter" not in html
    assert 'data-module="govuk-password-input"' in html
    assert 'autocomplete="current-password"' in html
    assert 'autocomplete="new-password"' in field("password", 'autocomplete="new-password"')


def test_a_file_and_a_hidden_field() -> None:
    assert 'type="file"' in field("document")
    assert field("version") == '<input type="hidden" name="version" value="3" id="id_version">'


def test_what_was_typed_is_escaped() -> None:
    form = Everything({"name": '"><script>', "reason": "</textarea><script>", "day_day": '"><script>'})

    assert "<script>" not in field("name", form=form) + field("reason", form=form) + field("day", form=form)


def test_an_option_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        field("name", "colour=1")
    with pytest.raises(ValueError, match="7 characters"):
        field("name", "width=7")


def test_an_error_summary_links_to_inputs_but_not_to_hidden_ones() -> None:
    form = Everything({})
    form.add_error(None, "Nothing fits")
    html = draw("{% error_summary form %}", {"form": form})

    assert '<ul class="govuk-list govuk-error-summary__list"> <li>Nothing fits</li>' in html
    assert "<li>This page was not complete: open it again and start afresh</li>" in html
    assert '<a href="#id_name">Enter name</a>' in html
    assert '<a href="#id_risk_0">Select risk</a>' in html
    assert '<a href="#id_day_day">Enter day of report</a>' in html


def test_an_error_summary_of_a_formset_and_of_nothing() -> None:
    formset = forms.formset_factory(Everything, extra=1, min_num=1, validate_min=True)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"})
    html = draw("{% error_summary formset %}", {"formset": formset})

    assert '<a href="#id_form-0-name">Enter name</a>' in html
    assert draw("{% error_summary form %}", {"form": Everything()}) == ""


def test_tags() -> None:
    assert draw('{% tag_status "Overdue" "red" %}') == '<strong class="govuk-tag govuk-tag--red">Overdue</strong>'
    assert draw("{% tag_status text %}", {"text": "<b>"}) == '<strong class="govuk-tag">&lt;b&gt;</strong>'
    with pytest.raises(ValueError, match="mauve"):
        draw('{% tag_status "x" "mauve" %}')


def test_buttons() -> None:
    assert draw('{% button "Save" %}') == (
        '<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">Save</button>'
    )
    assert 'href="/x" role="button"' in draw('{% button "Go" "secondary" href="/x" %}')
    assert 'name="a" value="b"' in draw('{% button "Go" name="a" value="b" %}')
    with pytest.raises(ValueError, match="huge"):
        draw('{% button "Go" "huge" %}')


def test_a_summary_list_takes_rows_and_mappings_and_escapes() -> None:
    rows = [
        SummaryRow("Reference", "<1>", (Link("Change", "/c", "reference"),)),
        {"key": "Unit", "value": "", "actions": ()},
        SummaryRow("Count", 0),
    ]
    html = draw('{% summary_list rows title="Suspect 1" level=3 %}', {"rows": rows})

    assert "&lt;1&gt;" in html
    assert '<h3 class="govuk-summary-card__title">Suspect 1</h3>' in html
    assert '<span class="govuk-visually-hidden"> reference</span>' in html
    assert '<span class="govuk-visually-hidden"> (Suspect 1)</span>' in html
    assert '<dd class="govuk-summary-list__value">Not known</dd>' in html
    assert '<dd class="govuk-summary-list__value">0</dd>' in html
    assert html.count("row--no-actions") == 2


@dataclass
class Page:
    has_next: bool = False
    has_previous: bool = False
    next_cursor: str | None = None
    previous_cursor: str | None = None


def pages(address: str, page: Page) -> str:
    """Draw pagination for a request of this address."""
    return draw("{% pagination_keyset page %}", {"request": RequestFactory().get(address), "page": page})


def test_pagination_keeps_the_query_and_one_cursor() -> None:
    html = pages("/?risk=high&risk=low&after=old&q=%3Cb%3E", Page(True, True, "n&x", "p"))

    assert 'href="?risk=high&amp;risk=low&amp;q=%3Cb%3E&amp;after=n%26x" rel="next"' in html
    assert 'href="?risk=high&amp;risk=low&amp;q=%3Cb%3E&amp;before=p" rel="prev"' in html
    assert "old" not in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert pages("/", Page()) == ""
    assert "Previous" not in pages("/", Page(has_next=True, next_cursor="n"))


def test_dates_and_moments_in_words() -> None:
    moment = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)

    assert draw("{% days day today %}", {"day": date(2026, 11, 26), "today": TODAY}) == "26 November (4 days)"
    assert draw("{% london moment %}", {"moment": moment}) == "1 July 2026, 2:05pm"


def test_a_name_is_escaped_and_kept_apart() -> None:
    assert draw("{% person name %}", {"name": "O'Brien <b>"}) == "<bdi>O&#x27;Brien &lt;b&gt;</bdi>"
    assert draw("{% person name %}", {"name": "  "}) == "Not known"
    assert draw("{% person name %}", {"name": None}) == "Not known"


def test_links_around_a_page() -> None:
    items = [Link("Overview", "/a", active=True), Link("Suspects", "/b")]

    assert draw("{% sub_navigation items %}", {"items": items}).count("aria-current") == 1
    assert 'href="/b">Suspects' in draw("{% breadcrumbs items %}", {"items": items})
    assert draw('{% back_link "/x" %}') == '<a href="/x" class="govuk-back-link">Back</a>'
    assert draw("{% day_text day %}", {"day": TODAY}) == "22 November 2026"
    assert draw("{% day_text day %}", {"day": None}) == ""


def test_alerts_warnings_and_details_escape() -> None:
    assert "moj-alert--warning" in draw('{% alert "x" variant="warning" %}')
    assert "&lt;b&gt;" in draw("{% alert text %}", {"text": "<b>"})
    assert "&lt;b&gt;" in draw("{% warning_text text %}", {"text": "<b>"})
    html = draw("{% details text %}<p>{{ text }}</p>{% enddetails %}", {"text": "<b>"})
    assert '<span class="govuk-details__summary-text">&lt;b&gt;</span>' in html
    assert "<p>&lt;b&gt;</p>" in html
    with pytest.raises(ValueError, match="loud"):
        draw('{% alert "x" variant="loud" %}')
    with pytest.raises(TemplateSyntaxError):
        draw("{% details %}{% enddetails %}")

"""GOV.UK and Ministry of Justice components as template tags: `{% load govuk %}`.

Markup lives in templates/components; these functions gather what it needs. Everything shown passes through autoescape.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.components import KeysetPage, Link, SummaryRow, days_text, london_text
from core.components import day_text as _day_text
from core.fieldviews import FieldView, summary_errors

register = template.Library()

COLOURS = frozenset({"grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"})
BUTTONS = frozenset({"", "secondary", "warning", "inverse"})
ALERTS = {"success": "success", "error": "error", "warning": "warning"}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_shown: "forms.BaseForm | forms.BaseFormSet[Any]") -> dict[str, Any]:
    """List every error of the forms or formsets given, each a link to the input it is about; nothing when none."""
    return {"errors": [error for shown in forms_shown for error in summary_errors(shown)]}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Draw one form field with its label, hint, error and input.

    Options: label, hint, width (2, 3, 4, 5, 10, 20, 30, or "two-thirds" and so on), label_size ("s", "m", "l", "xl"),
    heading (the label is the page's h1), rows, counter (textareas: show characters left; default on), inline and small
    (radios, checkboxes), autocomplete (default "off": the people typed about here are not the person typing),
    inputmode, spellcheck (default False, so that browsers do not send text to a spelling service), prefix, suffix.
    An unknown option raises TypeError.
    """
    return {"view": FieldView.of(bound, **options)}


@register.simple_tag
def tag_status(text: object, colour: str = "blue") -> SafeString:
    """A status as a coloured tag; the words carry the meaning. Raises ValueError for a colour that does not exist."""
    if colour not in COLOURS:
        raise ValueError(f"no tag is {colour}")
    # Blue is the design system's own colour for a tag, without a modifier.
    extra = "" if colour == "blue" else f" govuk-tag--{colour}"
    return format_html('<strong class="govuk-tag{}">{}</strong>', extra, text)


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    variant: str = "",
    *,
    href: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
    disabled: bool = False,
    formaction: str = "",
) -> dict[str, Any]:
    """A button, or with href a link that looks like one. Variant: secondary, warning or inverse.

    A submit button ignores a second press within a second. Raises ValueError for an unknown variant.
    """
    if variant not in BUTTONS:
        raise ValueError(f"no button is {variant}")
    return {
        "text": text,
        "variant": variant,
        "href": href,
        "name": name,
        "value": value,
        "type": type,
        "disabled": disabled,
        "formaction": formaction,
    }


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[SummaryRow | Mapping[str, Any]], title: str = "", level: int = 2) -> dict[str, Any]:
    """Keys, values and their links; with a title, in a card whose heading is of this level.

    Rows are SummaryRow, or mappings with the same names. An empty value reads "Not known".
    """
    shown = list(rows)
    have_actions = [bool(row.get("actions") if isinstance(row, Mapping) else row.actions) for row in shown]
    return {
        "rows": list(zip(shown, have_actions, strict=True)),
        "any_actions": any(have_actions),
        "title": title,
        "level": level,
    }


@register.inclusion_tag("components/pagination_keyset.html", takes_context=True)
def pagination_keyset(context: RequestContext, page: KeysetPage, label: str = "Pages of results") -> dict[str, Any]:
    """Links to the previous and next page that keep the rest of the query string.

    The cursors go into the parameters `before` (previous) and `after` (next), of which a link has only one.
    """

    def address(parameter: str, cursor: str | None) -> str:
        query = context["request"].GET.copy()
        query.pop("before", None)
        query.pop("after", None)
        query[parameter] = cursor or ""
        return f"?{query.urlencode()}"

    return {
        "previous": address("before", page.previous_cursor) if page.has_previous else "",
        "next": address("after", page.next_cursor) if page.has_next else "",
        "label": label,
    }


@register.inclusion_tag("components/sub_navigation.html")
def sub_navigation(items: Iterable[Link], label: str = "Parts of this case") -> dict[str, Any]:
    """Links to the parts of a thing, the active one marked."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(items: Iterable[Link]) -> dict[str, Any]:
    """Where the page is: links from the top down. Nothing that identifies a person belongs here."""
    return {"items": items}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, Any]:
    """A link back to the page before."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/alert.html")
def alert(text: object, variant: str = "information") -> dict[str, Any]:
    """A Ministry of Justice alert: information, success, warning or error."""
    if variant not in {"information", *ALERTS}:
        raise ValueError(f"no alert is {variant}")
    return {"text": text, "variant": variant}


@register.filter
def alert_variant(level_tag: str) -> str:
    """The alert variant of a Django message's level."""
    return ALERTS.get(level_tag, "information")


@register.inclusion_tag("components/warning_text.html")
def warning_text(text: object) -> dict[str, Any]:
    """An exclamation mark and a sentence about a consequence."""
    return {"text": text}


@register.simple_tag
def person(name: object) -> SafeString:
    """A person's name kept apart from the direction of the text around it; "Not known" when empty."""
    if name is None or not str(name).strip():
        return format_html("{}", "Not known")
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def number(value: object) -> str:
    """A whole number with its thousands set apart, "1,380"; anything else as it is."""
    return f"{value:,}" if isinstance(value, int) else str(value)


@register.simple_tag
def days(day: date | None, today: date) -> str:
    """A due date and its distance from today: "26 November (4 days)". See core.calendar.due_in_words."""
    return days_text(day, today)


@register.simple_tag
def day_text(day: date | None) -> str:
    """A date as "22 November 2026"; None is empty."""
    return "" if day is None else _day_text(day)


@register.simple_tag
def london(moment: datetime | None) -> str:
    """A moment in London time: "22 November 2026, 2:05pm". See core.components.london_text."""
    return london_text(moment)


class DetailsNode(Node):
    """`{% details "Summary" %}…{% enddetails %}`: text that opens when asked for."""

    def __init__(self, summary: template.base.FilterExpression, content: NodeList) -> None:
        self.summary = summary
        self.content = content

    def render(self, context: template.Context) -> SafeString:
        """The summary, escaped, and the rendered content."""
        found = context.template.engine.get_template("components/details.html") if context.template else None
        if found is None:
            raise RuntimeError("details was rendered outside a template")
        inner = {"summary": self.summary.resolve(context), "content": self.content.render(context)}
        with context.push(**inner):
            return found.render(context)


@register.tag
def details(parser: Parser, token: Token) -> DetailsNode:
    """Parse `{% details "Summary" %}…{% enddetails %}`."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise template.TemplateSyntaxError("details takes one argument, its summary")
    content = parser.parse(("enddetails",))
    parser.delete_first_token()
    return DetailsNode(parser.compile_filter(bits[1]), content)

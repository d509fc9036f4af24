"""Template filter of the report of contact: a number, or the words for one that is kept back."""

from django import template

from victims.report_small import in_words

register = template.Library()
register.filter("number", in_words)

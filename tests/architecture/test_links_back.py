"""What a block of a template names is known in that block alone: a link elsewhere that says `{{ back }}` would lead nowhere."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
BLOCK = re.compile(r"{% block back_link %}.*?{% endblock %}", re.DOTALL)


def leads_nowhere(text: str) -> bool:
    """Say whether a template names `back` in the block of the link back, and uses it outside without naming it there."""
    block = BLOCK.search(text)
    if block is None or " as back %}" not in block.group():
        return False
    rest = text.replace(block.group(), "")
    return "{{ back }}" in rest and " as back %}" not in rest


def test_the_rule_finds_what_it_is_for() -> None:
    named = '{% block back_link %}{% url "x" as back %}{% endblock %}'
    assert leads_nowhere(named + '<a href="{{ back }}">Cancel</a>')
    assert not leads_nowhere(named + '{% url "x" as back %}<a href="{{ back }}">Cancel</a>')


def test_every_link_that_cancels_leads_somewhere() -> None:
    found = [path for path in sorted(TEMPLATES.rglob("*.html")) if leads_nowhere(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(TEMPLATES).as_posix() for path in found] == []

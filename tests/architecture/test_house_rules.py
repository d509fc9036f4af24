"""The house's own linter finds what it is for, passes what is right, and finds nothing in the house; imports run down only."""

import subprocess
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def load() -> ModuleType:
    """Return scripts/lint_house.py as a module."""
    spec = util.spec_from_file_location("lint_house", ROOT / "scripts" / "lint_house.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


lint = load()


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("cases/views/pages.py", "Case.objects.all()"),
        ("cases/views.py", "Case._default_manager.all()"),
        ("reports/views/a.py", "find = Case.objects"),
        ("api/serializers.py", "Case.objects.get(pk=1)"),
        ("api/pages.py", "get_object_or_404(Case, pk=1)"),
        ("cases/views/pages.py", "from django.shortcuts import get_object_or_404"),
        ("cases/views/pages.py", "shortcuts.get_list_or_404(Case)"),
        ("cases/services/a.py", "print('x')"),
        ("cases/views/a.py", "@csrf_exempt\ndef page(request): ..."),
        ("core/a.py", "mark_safe('<b>')"),
        ("core/a.py", "try:\n    pass\nexcept Exception:\n    pass"),
        ("core/a.py", "try:\n    pass\nexcept:\n    pass"),
        ("core/a.py", "try:\n    pass\nexcept (ValueError, BaseException):\n    pass"),
        ("core/a.py", "x = 1\n" * 301),
    ],
)
def test_a_breach_in_python_is_found(path: str, line: str) -> None:
    assert len(list(lint.of_python(path, line))) >= 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("cases/selectors.py", "Case.objects.visible_to(user)"),
        ("cases/views/pages.py", "selectors.cases_of(user)"),
        ("cases/management/commands/a.py", "print('x')"),
        ("core/a.py", "try:\n    pass\nexcept Exception:\n    raise"),
        ("core/a.py", "try:\n    pass\nexcept ValueError:\n    pass"),
        ("core/a.py", "x = 1\n" * 300),
    ],
)
def test_what_is_right_in_python_passes(path: str, line: str) -> None:
    assert list(lint.of_python(path, line)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ note|safe }}",
        "{{ note | safe }}",
        "{% autoescape off %}",
        '<p style="color: red">',
        '<a href="/" onclick="go()">',
        "<body\n  onload='x'>",
        "<script>go()</script>",
        '<script nonce="x">go()</script>',
        "<STYLE>",
        '<a href="javascript:go()">',
        "<p>The color of the offense</p>",
        "Authorize this",
    ],
)
def test_a_breach_in_a_template_is_found(text: str) -> None:
    assert len(list(lint.of_template("templates/a.html", text))) >= 1


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "js/init.js" %}"></script>',
        '<script type="application/json" data-x="y">{"a": 1}</script>',
        '<p class="govuk-!-text-align-center">The colour of the offence</p>',
        '<link rel="stylesheet" href="{% static "a.css" %}">',
        "{% comment %}organized{% endcomment %}".replace("organized", "organised"),
        "{{ one.description }}",
    ],
)
def test_what_is_right_in_a_template_passes(text: str) -> None:
    assert list(lint.of_template("templates/a.html", text)) == []


def test_a_plain_text_template_is_read_for_its_words_only() -> None:
    assert list(lint.of_template("templates/a.txt", "{{ url|safe }} organised")) == []
    assert list(lint.of_template("templates/a.txt", "organized"))


def test_nothing_in_the_house_breaks_a_rule() -> None:
    assert [str(breach) for breach in lint.breaches(ROOT)] == []


def test_the_linter_ends_with_1_where_a_rule_is_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "pages.py").write_text("Case.objects.all()\n")
    assert lint.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.startswith("api/pages.py:1: .objects")
    (tmp_path / "api" / "pages.py").write_text("")
    assert lint.main([str(tmp_path)]) == 0


def test_long_functions_are_reported(tmp_path: Path) -> None:
    text = "def long():\n    '''Say.'''\n" + "    x = 1\n" * 41
    assert [breach.rule for breach in lint.long_functions("a.py", text)] == ["long has 41 lines"]
    assert list(lint.long_functions("a.py", text.replace("    x = 1\n", "", 1))) == []


@pytest.mark.slow
def test_imports_run_down_only() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout

"""The house's own rules, which no ready-made linter knows. Exits 1 and names file, line and rule for each breach.

    python scripts/lint_house.py [--report] [FOLDER]

`--report` also lists functions of more than 40 lines, which are looked at and not refused.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FLOORS = ("rasso", "api", "reports", "victims", "prosecution", "cases", "notifications", "accounts", "audit", "core")
CODE = (*FLOORS, "scripts", "tests", "bench")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
NOT_READ = re.compile(r"/(migrations|__pycache__|static|node_modules)/")
MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
SHORTCUTS = frozenset({"get_object_or_404", "get_list_or_404"})
AMERICAN = re.compile(
    r"\b(color|center|behavior|favor|honor|labor|organiz\w+|authoriz\w+|recogniz\w+|apologiz\w+|prioritiz\w+|finaliz\w+|analyz\w+"
    r"|canceled|canceling|traveled|fulfill|enroll|defense|offense\w*|catalog|gray|inquir(?:y|ies)|zip code)\b",
    re.IGNORECASE,
)
TEMPLATE_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\|\s*(safe|safeseq)\b"), "|safe: let the template escape"),
    (re.compile(r"\{%\s*autoescape\s+off"), "autoescape off: let the template escape"),
    (re.compile(r"\sstyle\s*=", re.IGNORECASE), "inline style: the content security policy blocks it, use a class"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE), "inline handler: the content security policy blocks it"),
    (
        re.compile(r"<script(?![^>]*\s(?:src\s*=|type\s*=\s*\"application/json\"))[^>]*>", re.IGNORECASE),
        "script without src: the content security policy blocks it",
    ),
    (re.compile(r"<style\b", re.IGNORECASE), "style element: the content security policy blocks it"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE), "javascript: address"),
)
ALLOWED = frozenset({("templates/mfa/totp/activate_form.html", "|safe: let the template escape")})
"""The one exception: the square code of an authenticator app is an SVG that django-allauth draws, with no text of anybody's in it."""
TAGS_AND_ATTRIBUTES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, order=True, slots=True)
class Breach:
    """One breach of one rule."""

    path: str
    line: int
    rule: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}"


def is_face(path: str) -> bool:
    """Say whether a module answers requests: a view or the API. Such a module reads through `visible_to` and selectors only."""
    parts = path.split("/")
    return parts[0] == "api" or parts[-1] == "views.py" or "views" in parts[:-1] or parts[-1].startswith("views_")


def is_command(path: str) -> bool:
    """Say whether a module writes to a terminal by trade."""
    return "/management/commands/" in path or path.startswith(("scripts/", "bench/", "rasso/launcher/", "tests/"))


def of_python(path: str, text: str) -> Iterator[Breach]:
    """Yield what one Python file breaks."""
    lines = text.count("\n")
    if lines > LONGEST_FILE:
        yield Breach(path, lines, f"{lines} lines: a file has at most {LONGEST_FILE}")
    face, command, tests = is_face(path), is_command(path), path.startswith("tests/")
    for node in ast.walk(ast.parse(text)):
        line = getattr(node, "lineno", 0)
        if face and (rule := past_the_first_belt(node)):
            yield Breach(path, line, rule)
        if not command and isinstance(node, ast.Call) and name_of(node.func) == "print":
            yield Breach(path, line, "print: use a log or a command's own output")
        if not tests and name_of(node) in {"csrf_exempt", "mark_safe"}:
            yield Breach(path, line, f"{name_of(node)} is not used in this house")
        if not tests and isinstance(node, ast.ExceptHandler) and catches_everything(node):
            yield Breach(path, line, "catches everything: name what can go wrong")


def past_the_first_belt(node: ast.AST) -> str | None:
    """Return the rule that a node of a view or the API breaks by reading rows without `visible_to` or a selector."""
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        return f".{node.attr} in a view or the API: begin with visible_to(user) in a selector"
    if name_of(node) in SHORTCUTS:
        return f"{name_of(node)} in a view or the API: let the selector raise Http404"
    return None


def name_of(node: ast.AST) -> str:
    """Return the name that a node stands for: of a name, an attribute or an import; else nothing."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return ""


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Say whether an except clause takes every exception and does not raise again."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(kind is None or name_of(kind) in {"Exception", "BaseException"} for kind in kinds)
    return broad and not any(isinstance(inner, ast.Raise) for inner in ast.walk(handler))


def of_template(path: str, text: str) -> Iterator[Breach]:
    """Yield what one template breaks. A plain text template has no markup to look at."""
    if path.endswith(".html"):
        for pattern, rule in TEMPLATE_RULES:
            for found in pattern.finditer(text):
                if (path, rule) not in ALLOWED:
                    yield Breach(path, line_of(text, found.start()), rule)
    words = TAGS_AND_ATTRIBUTES.sub(lambda tag: re.sub(r"[^\n]", " ", tag.group()), text)
    for found in AMERICAN.finditer(words):
        yield Breach(path, line_of(text, found.start()), f"“{found.group()}”: British English")


def line_of(text: str, at: int) -> int:
    """Return the number of the line that a place in a text is on."""
    return text.count("\n", 0, at) + 1


def long_functions(path: str, text: str) -> Iterator[Breach]:
    """Yield functions of more than 40 lines, docstring and decorators left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST_FUNCTION:
                yield Breach(path, node.lineno, f"{node.name} has {lines} lines")


def files(root: Path, folders: Iterable[str], ending: str) -> Iterator[tuple[str, str]]:
    """Yield path (from the root, with slashes) and text of the files in some folders."""
    for folder in folders:
        for path in sorted((root / folder).rglob(f"*{ending}")):
            name = path.relative_to(root).as_posix()
            if not NOT_READ.search(f"/{name}"):
                yield name, path.read_text(encoding="utf-8")


def breaches(root: Path) -> list[Breach]:
    """Return every breach under a folder, in order."""
    found = [breach for path, text in files(root, CODE, ".py") for breach in of_python(path, text)]
    found += [
        breach for ending in (".html", ".txt") for path, text in files(root, ("templates",), ending) for breach in of_template(path, text)
    ]
    return sorted(found)


def main(arguments: list[str]) -> int:
    """Print what is broken; return 1 if anything is."""
    folders = [argument for argument in arguments if not argument.startswith("-")]
    root = Path(folders[0] if folders else Path(__file__).resolve().parent.parent)
    found = breaches(root)
    for breach in found:
        print(breach)
    if "--report" in arguments:
        for path, text in files(root, CODE, ".py"):
            for breach in long_functions(path, text):
                print(f"(to look at) {breach}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

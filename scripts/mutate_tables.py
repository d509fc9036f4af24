"""Mutates what mutmut leaves alone: tables at the top of a module, attributes of a class, and functions with a decorator.

mutmut switches between mutants inside functions, so that one start of Python serves thousands; a table is read once, when its
module is imported, and a property cannot be switched. Here each mutant is written into the copy of the project, and the tests
run in a child of a process that has the project loaded, after the modules of the room were loaded anew. Decorated functions get
mutmut's own operators.
"""

import difflib
import importlib
import os
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators, operator_name, operator_number, operator_string, operator_swap_op

SECONDS = 120
UPPER = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file: the whole text with it, and the lines before and after."""

    path: str
    code: str
    was: str
    now: str


def mutants_of(path: str, source: str, skip: Sequence[re.Pattern[str]]) -> Iterator[Mutant]:
    """Yield every mutant of the tables and the decorated functions of a file, each text once."""
    module = cst.parse_module(source)
    seen = {source}
    places = _Places(module)
    for node, decorated in places.found:
        for other in _of_function(node) if decorated else _of_table(node, places.members):
            code = module.deep_replace(node, other).code  # type: ignore[arg-type]
            was, now = changed(source, code)
            if code not in seen and not any(one.search(was) for one in skip):
                seen.add(code)
                yield Mutant(path, code, was, now)


def changed(before: str, after: str) -> tuple[str, str]:
    """Return the lines that were changed and what they became, each joined to one line."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return tuple(" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")  # type: ignore[return-value]


class _Places(cst.CSTVisitor):
    """Collects the nodes that are mutated, and the members of each enumeration that the file names."""

    def __init__(self, module: cst.Module) -> None:
        self.found: list[tuple[cst.CSTNode, bool]] = []
        self.members: dict[str, list[str]] = {}
        self._decorated = 0
        module.visit(self)

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and not self._decorated:
            if not node.decorators or m.matches(node.decorators[0].decorator, m.Name("staticmethod") | m.Name("classmethod")):
                return False  # mutmut's
            self._decorated += 1
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom | cst.Expr | cst.ConcatenatedString):
            return False
        if isinstance(node, cst.If) and m.matches(node.test, m.Name("TYPE_CHECKING")):
            return False
        if m.matches(node, m.Assign(targets=[m.AssignTarget(m.Name("__all__") | m.Name("__slots__"))])):
            return False
        if m.matches(node, m.Attribute(m.Name(), m.Name())):
            names = self.members.setdefault(node.value.value, [])  # type: ignore[attr-defined]
            if UPPER.fullmatch(name := node.attr.value) and name not in names:  # type: ignore[attr-defined]
                names.append(name)
        self.found.append((node, bool(self._decorated)))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef) and original_node.decorators:
            self._decorated = 0


def _of_function(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)


def _of_table(node: cst.CSTNode, members: dict[str, list[str]]) -> Iterator[cst.CSTNode]:
    """Yield the neighbours of an entry: a number one higher, another member of the enumeration, one entry less, one side alone.

    A text with a space in it is words, not a value; a tuple without brackets is a member of an enumeration with its words.
    """
    if isinstance(node, cst.Integer | cst.Float):
        yield from operator_number(node)
    elif isinstance(node, cst.SimpleString):
        yield from [] if " " in node.value else list(operator_string(node))[:1]
    elif isinstance(node, cst.Name):
        yield from operator_name(node)
    elif isinstance(node, cst.Set | cst.List | cst.Dict) or (isinstance(node, cst.Tuple) and node.lpar):
        yield from _one_entry_less(node)
    elif m.matches(node, m.Attribute(m.Name(), m.Name())):
        yield from _neighbour(node, members)
    elif isinstance(node, cst.BinaryOperation | cst.BooleanOperation):
        yield from (node.left, node.right)
    yield from operator_swap_op(node)


def _one_entry_less(node: cst.Set | cst.List | cst.Dict | cst.Tuple) -> Iterator[cst.CSTNode]:
    for place in range(len(node.elements)):
        rest = [*node.elements[:place], *node.elements[place + 1 :]]
        yield node.with_changes(elements=rest) if rest or not isinstance(node, cst.Set) else cst.Call(cst.Name("set"))


def _neighbour(node: Any, members: dict[str, list[str]]) -> Iterator[cst.CSTNode]:
    names = members.get(node.value.value, [])
    if node.attr.value in names and len(names) > 1:
        yield node.with_changes(attr=cst.Name(names[(names.index(node.attr.value) + 1) % len(names)]))


def run(copy: Path, mutants: Sequence[Mutant], tests: Sequence[str], anew: Sequence[str]) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant with whether the tests noticed it. `anew`: the modules of the room, a module before those that read it.

    The project is loaded once; each child loads these modules again, one of them changed, and then the tests.
    Raises RuntimeError if the tests fail before anything is changed.
    """
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    sys.dont_write_bytecode = True
    import django

    django.setup()
    for name in anew:
        importlib.import_module(name)
    if _noticed(tests, anew):
        raise RuntimeError("the tests fail before anything is changed")
    for one in mutants:
        file = copy / one.path
        before = file.read_text(encoding="utf-8")
        for kept in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
            kept.unlink()
        file.write_text(one.code, encoding="utf-8")
        try:
            yield one, _noticed(tests, anew)
        finally:
            file.write_text(before, encoding="utf-8")


def _noticed(tests: Sequence[str], anew: Sequence[str]) -> bool:
    child = os.fork()
    if not child:
        _as_child(tests, anew)
    began = time.monotonic()
    while time.monotonic() - began < SECONDS:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _as_child(tests: Sequence[str], anew: Sequence[str]) -> None:
    """Run the tests and end; the exit status is pytest's. What fails is meant to: it is said to RASSO_MUTATION_OUTPUT alone."""
    status = 1
    try:
        nowhere = os.open(os.environ.get("RASSO_MUTATION_OUTPUT", os.devnull), os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        for name in anew:
            module = importlib.reload(sys.modules[name])
            if (register := getattr(module, "register", None)) and not signature(register).parameters:
                register()  # as its AppConfig.ready() did
        import pytest

        status = int(pytest.main(["-x", "-q", "-p", "pytest_django.plugin", "-p", "no:cacheprovider", *tests]))
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        os._exit(status)

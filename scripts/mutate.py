"""Mutation testing of the rules: small wrong changes are made one at a time, and the tests must notice each.

    make mutate                     every room of scripts/mutation.toml
    make mutate ROOMS="clocks"      some of them
    python scripts/mutate.py [--again | --read] [ROOM …]

It works on copies of the project (.data/mutation/ROOM, or under RASSO_MUTATION_FOLDER), never on the checkout. `--again` keeps
what a copy knows: code and tests are brought up to date, and what a run that was stopped had not tried is tried. `--read` prints
what the last run found. Survivors that change nothing are listed with their reasons in scripts/mutation_equivalent.toml.

Prints the table of docs/mutation.md and every survivor without a reason; exits 1 while a room is below its demand.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mutmut.stats import status_by_exit_code

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = Path(os.environ.get("RASSO_MUTATION_FOLDER", ROOT / ".data" / "mutation")).resolve()
SOURCES = ("accounts", "api", "audit", "cases", "core", "notifications", "prosecution", "rasso", "reports", "victims")
BESIDE = ("manage.py", "templates", "static", "docs", "scripts", "requirements", "bench")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "mutants", "screens", "staticfiles", "node_modules")
MESSAGES = (r"^\s*raise (ValueError|SealBroken|ImproperlyConfigured|FieldError|TypeError|RuntimeError)\(",)
"""The text of an error for engineers: no rule hangs on it. What a person is told (NotAllowed) is mutated."""
NOTICED = frozenset({"killed", "timeout", "segfault", "caught by type check"})


@dataclass(frozen=True, slots=True)
class Room:
    """One line of the table: what is mutated, what may notice, and the score asked for."""

    name: str
    title: str
    demand: float
    paths: tuple[str, ...]
    tests: tuple[str, ...]
    anew: tuple[str, ...] = ()
    tests_of_functions: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


@dataclass(slots=True)
class Result:
    """How many mutants of a room were noticed; the survivors as (path, before, after)."""

    noticed: int = 0
    not_tried: int = 0
    survivors: list[tuple[str, str, str]] = field(default_factory=list)


def rooms() -> dict[str, Room]:
    """Return the rooms of the written table by name."""
    written = tomllib.loads((HERE / "mutation.toml").read_text(encoding="utf-8"))["room"]
    return {
        name: Room(
            name,
            one["title"],
            one["demand"],
            *(tuple(one.get(key, ())) for key in ("paths", "tests", "anew", "tests_of_functions", "skip")),
        )
        for name, one in written.items()
    }


def equivalents() -> dict[tuple[str, str, str], str]:
    """Return the mutants that change nothing, with the reason for each."""
    written = tomllib.loads((HERE / "mutation_equivalent.toml").read_text(encoding="utf-8"))
    return {(one["path"], one["was"], one["now"]): one["because"] for one in written.get("mutant", [])}


def copy_of(room: Room, *, again: bool) -> Path:
    """Make or freshen the copy of the project that a room is mutated in, with the configuration of mutmut."""
    copy = FOLDER / room.name
    if copy.exists() and not again:
        shutil.rmtree(copy)
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT, dirs_exist_ok=True)
    lists = {
        "source_paths": SOURCES,
        "also_copy": BESIDE,
        "only_mutate": room.paths,
        "pytest_add_cli_args": ("-p", "no:cacheprovider", "-p", "no:xdist"),
        "pytest_add_cli_args_test_selection": [one for one in (*room.tests, *room.tests_of_functions) if (copy / one).exists()],
        "do_not_mutate_patterns": (*MESSAGES, *room.skip),
    }
    lines = ["[mutmut]", "use_git_change_detection = false", "track_dependencies = false"]
    for name, values in lists.items():
        lines += [f"{name} =", *(f"    {value}" for value in values)]
    (copy / "setup.cfg").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return copy


def of_functions(copy: Path) -> Result:
    """Let mutmut try every mutant of the functions and return what became of them."""
    mutmut = [str(Path(sys.executable).with_name("mutmut"))]
    subprocess.run([*mutmut, "run", "--max-children", "1"], cwd=copy, check=False, stdout=subprocess.DEVNULL)
    return read(copy)


def read(copy: Path) -> Result:
    """Return what mutmut has written down so far about a copy."""
    result = Result()
    for meta in sorted((copy / "mutants").rglob("*.py.meta")):
        path = meta.relative_to(copy / "mutants").as_posix().removesuffix(".meta")
        for name, code in json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            status = status_by_exit_code[code]
            if status in NOTICED:
                result.noticed += 1
            elif code is None:
                result.not_tried += 1
            else:
                result.survivors.append((path, *shown(copy, name)))
    return result


def shown(copy: Path, name: str) -> tuple[str, str]:
    """Return the lines of a mutant of mutmut before and after."""
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    said = subprocess.run([mutmut, "show", name], cwd=copy, check=True, capture_output=True, text=True).stdout.splitlines()
    lines = [line for line in said if line[:1] in {"-", "+"} and not line.startswith(("---", "+++"))]
    return tuple(" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")  # type: ignore[return-value]


def of_tables(copy: Path, room: Room) -> Result:
    """Try every mutant of the tables and decorated functions, and keep what became of them in tables.json as it goes."""
    from scripts import mutate_tables

    skip = [re.compile(one) for one in (*MESSAGES, *room.skip)]
    mutants = [
        one
        for path in sorted({path for pattern in room.paths for path in copy.glob(pattern)})
        for one in mutate_tables.mutants_of(path.relative_to(copy).as_posix(), path.read_text(encoding="utf-8"), skip)
    ]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tests = [test for test in room.tests if (copy / test).exists()]
    result = Result(not_tried=len(mutants))
    for one, noticed in mutate_tables.run(copy, mutants, tests, room.anew):
        result.not_tried -= 1
        if noticed:
            result.noticed += 1
        else:
            result.survivors.append((one.path, one.was, one.now))
        (copy / "tables.json").write_text(json.dumps(asdict(result)), encoding="utf-8")
    return result


def report(room: Room, results: Iterable[Result]) -> bool:
    """Print the line of a room and its survivors without a reason, and say whether the demand is met."""
    found, reasons = list(results), equivalents()
    survivors = [one for result in found for one in result.survivors]
    unexplained = [one for one in survivors if one not in reasons]
    noticed, not_tried = sum(one.noticed for one in found), sum(one.not_tried for one in found)
    alike, counted = len(survivors) - len(unexplained), noticed + len(unexplained)
    score = 100 * noticed / counted if counted else 0.0
    print(f"| {room.title} | {noticed + len(survivors)} | {noticed} | {alike} | {len(unexplained)} | {not_tried} | {score:.1f} % |")
    for path, was, now in unexplained:
        print(f"  {path}\n    - {was}\n    + {now}")
    return score >= room.demand and not not_tried


def main(arguments: Sequence[str]) -> int:
    """Try the rooms named, or all, and return 1 while one is below its demand."""
    known, again = rooms(), "--again" in arguments
    wanted = [one for one in arguments if not one.startswith("--")] or list(known)
    if unknown := set(wanted) - set(known):
        print(f"no such room: {', '.join(sorted(unknown))}. There are {', '.join(known)}.")
        return 2
    os.environ |= {"DJANGO_SETTINGS_MODULE": "rasso.settings.test", "PYTHONDONTWRITEBYTECODE": "1"}
    os.environ |= {"PYTHONPATH": str(HERE), "PYTEST_ADDOPTS": "-p mutation_profile"}
    print("| Room | Mutants | Noticed | Equivalent | Left | Not tried | Score |\n|---|---|---|---|---|---|---|", flush=True)
    met = {name: _tried(known[name], again=again, only_read="--read" in arguments) for name in wanted}
    return 0 if all(met.values()) else 1


def _tried(room: Room, *, again: bool, only_read: bool) -> bool:
    """Try one room, tables in a process of their own: they fork from one that has loaded nothing of the project."""
    if only_read:
        return report(room, _kept(FOLDER / room.name))
    copy = copy_of(room, again=again)
    of_functions(copy)
    subprocess.run([sys.executable, "-c", "from scripts import mutate; mutate.tables_of()", room.name], cwd=ROOT, check=True)
    return report(room, _kept(copy))


def tables_of() -> None:
    """Try the tables of the room named on the command line; called in a process of its own."""
    room = rooms()[sys.argv[1]]
    of_tables(FOLDER / room.name, room)


def _kept(copy: Path) -> Iterator[Result]:
    yield read(copy)
    if (copy / "tables.json").exists():
        kept = json.loads((copy / "tables.json").read_text(encoding="utf-8"))
        yield Result(kept["noticed"], kept["not_tried"], [(path, was, now) for path, was, now in kept["survivors"]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

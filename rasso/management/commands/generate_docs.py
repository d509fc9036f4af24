"""`manage.py generate_docs`: the documents that are written from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rasso.docs import DOCUMENTS


class Command(BaseCommand):
    """Write states.md, clocks.md, permissions.md and review-eligibility.md in docs/, or with --check say which is out of date."""

    help = "Write the documents that are generated from the code; with --check only compare them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check and the folder."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a document is out of date")
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "docs", help="where the documents stand")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare. Raises CommandError with --check when a document is missing or says something else."""
        folder: Path = options["folder"]
        stale = [name for name, write in DOCUMENTS.items() if read(folder / name) != write()]
        if options["check"]:
            if stale:
                raise CommandError(f"Out of date in {folder.name}/: {', '.join(stale)}. Run make docs.")
            self.stdout.write("Generated documents are up to date.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(DOCUMENTS[name](), encoding="utf-8", newline="\n")
            self.stdout.write(f"{folder.name}/{name} written")


def read(path: Path) -> str:
    """Return the text of a file, or nothing when there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""

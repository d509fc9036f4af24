"""What an import counts and says at its end."""

from dataclasses import dataclass, field

from cases.extract.reader import CaseBatch


@dataclass(slots=True)
class Counts:
    """What became of the things of one kind."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.created + self.updated + self.unchanged


@dataclass(slots=True)
class Tally:
    """The counters of one import; `read` = accepted + `repeated` + `refused`."""

    read: int = 0
    repeated: int = 0
    refused: int = 0
    cases: Counts = field(default_factory=Counts)
    suspects: Counts = field(default_factory=Counts)
    complainants: Counts = field(default_factory=Counts)

    @property
    def accepted(self) -> int:
        """Records that count."""
        return self.read - self.repeated - self.refused

    def add(self, batch: CaseBatch) -> None:
        """Count the records of one batch."""
        self.read += len(batch.accepted) + len(batch.refused) + batch.repeated
        self.refused += len(batch.refused)
        self.repeated += batch.repeated

    def lines(self) -> list[str]:
        """The end of an import in words, one thing a line."""
        kinds = (
            ("Cases", self.cases),
            ("Suspects", self.suspects),
            ("Complainants", self.complainants),
        )
        return [
            f"Records read: {self.read:,}",
            *(f"{name}: {counts.created:,} created, {counts.updated:,} updated, {counts.unchanged:,} unchanged" for name, counts in kinds),
            f"Records repeated: {self.repeated:,}",
            f"Records refused: {self.refused:,}",
        ]

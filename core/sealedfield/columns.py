"""What a query may do with a sealed column: select it, ask whether it is empty, and compare bytes with bytes (triggers, keys)."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db.models import Case, Lookup, Value
from django.db.models.expressions import Col
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from core.sealedfield.opaque import Sealed

if TYPE_CHECKING:
    Base = Lookup[Any]
else:
    Base = Lookup

COMPARED_BY_TRIGGERS = frozenset({"df", "ndf"})
"""IS (NOT) DISTINCT FROM, which pgtrigger writes to see whether a row changed; with a plain value on a side it raises."""


class SealedColumn(Col):
    """A sealed column in a query: it may be selected. Ordering, grouping and comparing by it raises FieldError."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return its name while the list of columns is written, which is before anything else of a query is."""
        if compiler.select is not None:
            raise FieldError(f"{self.target} is sealed: no order, group or comparison goes by it")
        return super().as_sql(compiler, connection)


def _name_of(lookup: Any, compiler: Any, connection: Any) -> Any:
    column = lookup.lhs
    return Col.as_sql(column, compiler, connection) if isinstance(column, SealedColumn) else compiler.compile(column)


class SealedIsNull(IsNull):
    """Whether a sealed column holds anything."""

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        """Return the column's name."""
        return _name_of(self, compiler, connection)


class NotHeaded(Base):
    """Whether sealed bytes begin otherwise than with these bytes (core.vault.writing_head): whether they are under another key."""

    lookup_name = "not_headed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Write the comparison. NULL compares as neither."""
        column, params = _name_of(self, compiler, connection)
        return f"substring({column} from 1 for %s) <> %s", [*params, len(self.rhs), self.rhs]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        """Return the bytes as they are."""
        return "%s", [value]


def is_own_case(expression: Any) -> bool:
    """Say whether an expression to be written is the one that bulk_update makes: a sealed value for each row by its key."""
    if isinstance(expression, Cast):
        expression = expression.get_source_expressions()[0]
    if not isinstance(expression, Case):
        return False
    results = [*(when.result for when in expression.cases), expression.default]
    return all(isinstance(result, Value) and (result.value is None or isinstance(result.value, Sealed)) for result in results)

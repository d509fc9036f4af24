"""Append-only tables: UPDATE (but for the Area that follows the case), DELETE and TRUNCATE are refused, even to the owner.

Columns named as resealed may be written again, so that a key can be changed; which kind of user has that right at all is
the table of grants' business.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE resealed text[] := coalesce(TG_ARGV, '{}');
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'cps_area_scope' - resealed = to_jsonb(OLD) - 'cps_area_scope' - resealed THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or taken away', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""


class AppendOnly(Operation):
    """Refuse every change of a table's rows but adding."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, resealed: tuple[str, ...] = ()) -> None:
        self.table, self.resealed = table, resealed

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django models know."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the two triggers."""
        schema_editor.execute(FUNCTION, params=None)
        columns = ", ".join(f"'{column}'" for column in self.resealed)
        schema_editor.execute(
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION append_only({columns})',
            params=None,
        )
        schema_editor.execute(
            f'CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON "{self.table}" FOR EACH STATEMENT EXECUTE FUNCTION append_only()',
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop the two triggers."""
        schema_editor.execute(f'DROP TRIGGER append_only ON "{self.table}"', params=None)
        schema_editor.execute(f'DROP TRIGGER append_only_whole ON "{self.table}"', params=None)

    def describe(self) -> str:
        """Say it in the migration's output."""
        return f"Only add to {self.table}"

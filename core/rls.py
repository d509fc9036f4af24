"""Row-level security: which kind of user may do what with the rows of a table, as one migration operation per table.

Measured: one policy per role with a single equality costs 2 %, an OR over roles up to 700 times as much. So every
policy is written TO one kind, and compares one column with one setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from core.scope import Kind

# `nullif` because a setting that has ended reads as '' and not as NULL.
OWN_FORCE = "force_id = nullif(current_setting('app.force_id', true), '')::int"
# 0 stands for "no Area" in a scope and for "not brought" on a row: the two must never meet.
OWN_AREA = "cps_area_scope = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"
# For auditors, whose scope names an agency and no force: what of the agency's own cases an auditor answers for.
AUDITED_FORCE = "force_id = nullif(current_setting('app.agency_id', true), '')::int"
OWN_AGENCY = "agency_id = nullif(current_setting('app.agency_id', true), '')::int"
OWN_USER = "user_id = nullif(current_setting('app.user_id', true), '')::uuid"
EVERYTHING = "true"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind may do (`SELECT`, `INSERT`, `UPDATE`, `DELETE`) with the rows for which `where` holds."""

    commands: tuple[str, ...]
    where: str


Rules = Mapping[str, Rule]


def rule(commands: str, where: str) -> Rule:
    """Return a Rule from a short form such as `rule("SELECT INSERT", OWN_FORCE)`."""
    return Rule(tuple(commands.split()), where)


def policy_name(kind: str, command: str) -> str:
    """Return the policy's name: it says who and what, so the catalogue reads as the table of grants does."""
    return f"{kind}_{command.lower()}"


def statements(table: str, rules: Rules) -> list[str]:
    """Return the statements that put exactly these rules in force, whatever stood before. Safe to run again."""
    out = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY']
    for kind in Kind:
        out.append(f'REVOKE ALL ON "{table}" FROM {kind}')
        out += [f'DROP POLICY IF EXISTS {policy_name(kind, command)} ON "{table}"' for command in ("SELECT", "INSERT", "UPDATE", "DELETE")]
    return [*out, *_granting(table, rules)]


def _granting(table: str, rules: Rules) -> list[str]:
    """Return the grants and policies of these kinds."""
    out = []
    for name, granted in sorted(rules.items()):
        for command in granted.commands:
            using = "" if command == "INSERT" else f" USING ({granted.where})"
            check = f" WITH CHECK ({granted.where})" if command in {"INSERT", "UPDATE"} else ""
            out.append(f'GRANT {command} ON "{table}" TO {name}')
            out.append(f'CREATE POLICY {policy_name(name, command)} ON "{table}" FOR {command} TO {name}{using}{check}')
    return out


def _revoking(table: str, rules: Rules) -> list[str]:
    """Return the statements that take what `_granting` gave these kinds away."""
    out = []
    for name, granted in sorted(rules.items()):
        out.append(f'REVOKE ALL ON "{table}" FROM {name}')
        out += [f'DROP POLICY IF EXISTS {policy_name(name, command)} ON "{table}"' for command in granted.commands]
    return out


class Protect(Operation):
    """Put row-level security rules on a table. Going back only leaves the table: it is dropped by the migration before."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, rules: Rules) -> None:
        self.table, self.rules = table, rules

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django models know."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run the statements."""
        for statement in statements(self.table, self.rules):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take every rule away again: with none, nobody but the owner's migrations reaches the rows."""
        for statement in statements(self.table, {}):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say it in the migration's output."""
        return f"Protect rows of {self.table}"


class Admit(Operation):
    """Give one more kind rights on a table of an app below, beside the rules that its own app put in force."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, rules: Rules) -> None:
        self.table, self.rules = table, rules

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django models know."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Grant and write the policies of these kinds alone."""
        for statement in _granting(self.table, self.rules):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the rights of these kinds away again."""
        for statement in _revoking(self.table, self.rules):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say it in the migration's output."""
        return f"Admit {', '.join(self.rules)} to {self.table}"


class Readmit(Operation):
    """Give kinds that have rights on a table other ones. Going back puts those of before in force again."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, *, before: Rules, after: Rules) -> None:
        self.table, self.before, self.after = table, before, after

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django models know."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the rights of before away and grant the new ones."""
        self._change(schema_editor, self.before, self.after)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The other way round."""
        self._change(schema_editor, self.after, self.before)

    def _change(self, schema_editor: BaseDatabaseSchemaEditor, old: Rules, new: Rules) -> None:
        for statement in [*_revoking(self.table, old), *_granting(self.table, new)]:
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say it in the migration's output."""
        return f"Change what {', '.join(self.after)} may do with {self.table}"


class Grant(Operation):
    """Grant commands on a table that holds no case (users, sessions, settings) to login and kinds by name."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, grants: Mapping[str, str]) -> None:
        self.table, self.grants = table, grants

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django models know."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Run the grants; `APP` stands for the application's login, whose name is the deployer's choice."""
        for statement in grant_statements(self.table, self.grants):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Nothing to take back: the table goes."""

    def describe(self) -> str:
        """Say it in the migration's output."""
        return f"Grant on {self.table}"


APP = "APP"


def grant_statements(table: str, grants: Mapping[str, str]) -> list[str]:
    """Return GRANT statements for a table and the sequence behind its key, if it has one."""
    out = []
    for who, commands in sorted(grants.items()):
        role = application_login() if who == APP else who
        out.append(f'GRANT {", ".join(commands.split())} ON "{table}" TO "{role}"')
    return out


def application_login() -> str:
    """Return the name of the application's database login, from DATABASE_URL."""
    from django.conf import settings

    return str(settings.DATABASES["default"]["USER"])

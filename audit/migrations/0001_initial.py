"""The access log: partitioned by month, append-only by trigger and by grants, readable by auditors of the row's agency only.

The table is written in SQL because Django has no partitioned tables; the state that follows tells Django what stands.
"""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.rls import OWN_AGENCY, application_login
from core.scope import Kind

ACTS = [
    ("collection", "Collection"),
    ("alteration", "Alteration"),
    ("consultation", "Consultation"),
    ("disclosure", "Disclosure"),
    ("combination", "Combination"),
    ("erasure", "Erasure"),
    ("denial", "Denial"),
]

TABLE = """
CREATE TABLE audit_accesslog (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    agency_id integer NOT NULL CHECK (agency_id > 0),
    actor_id uuid,
    actor_name varchar(150) NOT NULL,
    actor_agency_id integer CHECK (actor_agency_id > 0),
    actor_role varchar(20) NOT NULL,
    act varchar(12) NOT NULL,
    what varchar(100) NOT NULL,
    case_ids uuid[] NOT NULL,
    row_count integer CHECK (row_count >= 0),
    route varchar(200) NOT NULL,
    request_id uuid NOT NULL,
    session_hash varchar(64) NOT NULL,
    purpose text NOT NULL,
    recipients text NOT NULL,
    search_hash varchar(100) NOT NULL,
    PRIMARY KEY (id, at),
    CONSTRAINT an_act_is_one_of_those_named CHECK (act IN
        ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'denial')),
    CONSTRAINT a_person_or_the_system CHECK ((actor_id IS NULL) = (actor_agency_id IS NULL))
) PARTITION BY RANGE (at);
CREATE INDEX access_log_of_an_agency ON audit_accesslog (agency_id, at, id);
CREATE INDEX access_log_of_a_person ON audit_accesslog (agency_id, actor_id, at);
CREATE TABLE audit_accesslog_default PARTITION OF audit_accesslog DEFAULT;
"""

# A trigger for each statement, not each row: with row-level security forced, even the owner sees no row to fire one.
REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the access log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_accesslog
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_accesslog_default
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_accesslog_default ENABLE ROW LEVEL SECURITY;
"""

# A month is attached, not created in place, so that writers of other months are not held up. Rows of a month that are
# already in the default partition keep it from being made: they stay where they are, and readiness says so.
PARTITIONS = """
CREATE FUNCTION make_partitions() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    part text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_accesslog.make_partitions'));
    FOR ahead IN 0..3 LOOP
        part := 'audit_accesslog_' || to_char(month + make_interval(months => ahead), 'YYYY_MM');
        IF to_regclass('public.' || part) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE TABLE public.%I (LIKE public.audit_accesslog INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
                EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
                EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I '
                    'FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse_change()', part);
                EXECUTE format('ALTER TABLE public.audit_accesslog ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', part,
                    (month + make_interval(months => ahead)) AT TIME ZONE 'UTC',
                    (month + make_interval(months => ahead + 1)) AT TIME ZONE 'UTC');
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                RAISE WARNING 'rows of % are in the default partition', part;
            END;
        END IF;
    END LOOP;
    RETURN made;
END $$;
CREATE FUNCTION audit_default_partition_is_empty() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$ SELECT NOT EXISTS (SELECT FROM public.audit_accesslog_default) $$;
REVOKE ALL ON FUNCTION make_partitions(), audit_default_partition_is_empty() FROM PUBLIC;
SELECT make_partitions();
"""

UNDO = """
DROP FUNCTION make_partitions();
DROP FUNCTION audit_default_partition_is_empty();
DROP TABLE audit_accesslog;
DROP FUNCTION audit_refuse_change();
"""


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every kind and the application's login add rows, and auditors read the rows of their agency; nothing else to anybody."""
    app = schema_editor.quote_name(application_login())
    schema_editor.execute("ALTER TABLE audit_accesslog ENABLE ROW LEVEL SECURITY")
    schema_editor.execute("ALTER TABLE audit_accesslog FORCE ROW LEVEL SECURITY")
    for name, writer in [("app", app), *((str(kind), str(kind)) for kind in Kind)]:
        schema_editor.execute(f"GRANT INSERT ON audit_accesslog TO {writer}")
        schema_editor.execute(f"CREATE POLICY {name}_insert ON audit_accesslog FOR INSERT TO {writer} WITH CHECK (true)")
    schema_editor.execute(f"GRANT SELECT ON audit_accesslog TO {Kind.OVERSIGHT}")
    schema_editor.execute(f"CREATE POLICY {Kind.OVERSIGHT}_select ON audit_accesslog FOR SELECT TO {Kind.OVERSIGHT} USING ({OWN_AGENCY})")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION make_partitions(), audit_default_partition_is_empty() TO {app}, {Kind.SYSTEM}")


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE + REFUSE + PARTITIONS, UNDO), migrations.RunPython(protect, migrations.RunPython.noop)],
            state_operations=[
                migrations.CreateModel(
                    name="AccessLog",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("agency_id", models.PositiveIntegerField(help_text="The agency entitled to audit this row.")),
                        ("actor_id", models.UUIDField(null=True)),
                        ("actor_name", models.CharField(max_length=150)),
                        ("actor_agency_id", models.PositiveIntegerField(null=True)),
                        ("actor_role", models.CharField(max_length=20)),
                        ("act", models.CharField(choices=ACTS, max_length=12)),
                        ("what", models.CharField(max_length=100)),
                        ("case_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                        ("row_count", models.PositiveIntegerField(null=True)),
                        ("route", models.CharField(max_length=200)),
                        ("request_id", models.UUIDField()),
                        ("session_hash", models.CharField(max_length=64)),
                        ("purpose", models.TextField()),
                        ("recipients", models.TextField()),
                        ("search_hash", models.CharField(max_length=100)),
                    ],
                    options={
                        "verbose_name_plural": "access log",
                        "indexes": [
                            models.Index(fields=["agency_id", "at", "id"], name="access_log_of_an_agency"),
                            models.Index(fields=["agency_id", "actor_id", "at"], name="access_log_of_a_person"),
                        ],
                    },
                )
            ],
        )
    ]

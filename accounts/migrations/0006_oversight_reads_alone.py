"""Auditors and administrators read people and agencies; what administration writes, it writes as the system."""

from typing import ClassVar

from django.db import migrations

OVERSIGHT = "rasso_oversight"
PEOPLE = "accounts_agency, accounts_unit, accounts_accreditation, accounts_user"
PERSON = (
    "id, last_login, email, name, agency_id, unit_id, role, grade, collar_number, is_active, away_from, away_to, covered_by_id, created_at"
)
FORWARD = (
    f"REVOKE INSERT, UPDATE ON {PEOPLE} FROM {OVERSIGHT}",
    f"REVOKE ALL ON accounts_session FROM {OVERSIGHT}",
    f"REVOKE INSERT, UPDATE, DELETE ON account_emailaddress FROM {OVERSIGHT}",
)
BACK = (
    f"GRANT INSERT, UPDATE ON accounts_agency, accounts_unit, accounts_accreditation TO {OVERSIGHT}",
    f"GRANT INSERT, UPDATE ({PERSON}) ON accounts_user TO {OVERSIGHT}",
    f"GRANT SELECT (user_id), DELETE ON accounts_session TO {OVERSIGHT}",
    f"GRANT INSERT, UPDATE, DELETE ON account_emailaddress TO {OVERSIGHT}",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0005_protect_own")]
    operations: ClassVar = [migrations.RunSQL(list(FORWARD), list(BACK))]

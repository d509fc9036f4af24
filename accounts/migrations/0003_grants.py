"""Who may read and write people, sessions and sign-in.

The application's login signs people in; it never acts on a case. The kinds read people and agencies, all columns but the
password hash; what people's administration and an import write is written by the system kind. No kind reads a session.
"""

from typing import ClassVar

from django.db import migrations

from core.rls import APP, Grant
from core.scope import Kind

PERSON = (
    "id", "last_login", "email", "name", "agency_id", "unit_id", "role", "grade", "collar_number",
    "is_active", "away_from", "away_to", "covered_by_id", "created_at",
)  # fmt: skip
EVERY_PERSON_COLUMN_BUT_THE_HASH = f"({','.join(PERSON)})"

READ = {str(kind): "SELECT" for kind in Kind}
WRITE = "SELECT INSERT UPDATE"
READ_PERSON = {str(kind): f"SELECT{EVERY_PERSON_COLUMN_BUT_THE_HASH}" for kind in Kind}
WRITE_PERSON = f"SELECT{EVERY_PERSON_COLUMN_BUT_THE_HASH} INSERT UPDATE{EVERY_PERSON_COLUMN_BUT_THE_HASH}"
WRITERS = (str(Kind.SYSTEM), str(Kind.OVERSIGHT))
END_SESSIONS = "SELECT(user_id) DELETE"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_agencies"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations: ClassVar = [
        Grant("accounts_agency", {APP: "SELECT", **READ, **dict.fromkeys(WRITERS, WRITE)}),
        Grant("accounts_unit", {APP: "SELECT", **READ, **dict.fromkeys(WRITERS, WRITE)}),
        Grant("accounts_accreditation", {APP: "SELECT", **READ, **dict.fromkeys(WRITERS, WRITE)}),
        Grant("accounts_user", {APP: "SELECT UPDATE(last_login,password)", **READ_PERSON, **dict.fromkeys(WRITERS, WRITE_PERSON)}),
        Grant("accounts_session", {APP: "SELECT INSERT UPDATE DELETE", **dict.fromkeys(WRITERS, END_SESSIONS)}),
        Grant("account_emailaddress", {APP: "SELECT INSERT UPDATE DELETE", **dict.fromkeys(WRITERS, "SELECT INSERT UPDATE DELETE")}),
        Grant("mfa_authenticator", {APP: "SELECT INSERT UPDATE DELETE"}),
        Grant("django_content_type", {APP: "SELECT", **READ}),
        Grant("django_migrations", {APP: "SELECT"}),
    ]

"""docker-compose.yml and the settings speak of the same environment."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def names_read() -> set[str]:
    """Return every environment name that the settings or bootstrap_roles read."""
    sources = [*(ROOT / "rasso" / "settings").glob("*.py"), ROOT / "core" / "management" / "commands" / "bootstrap_roles.py"]
    pattern = re.compile(r"\"((?:RASSO|DATABASE|REDIS)_[A-Z_]+)\"")
    return {name for source in sources for name in pattern.findall(source.read_text(encoding="utf-8"))}


def names_set(service: str) -> set[str]:
    """Return the names that a service is given, a secret's file counting as the secret."""
    return {name.removesuffix("_FILE") for name in SERVICES[service]["environment"]} - NOT_OURS


@pytest.mark.parametrize("service", OURS)
def test_every_name_that_is_set_is_read(service: str) -> None:
    """A name that nothing reads is a mistake in one of the two."""
    assert names_set(service) <= names_read()


@pytest.mark.parametrize("service", OURS)
def test_what_production_demands_is_set(service: str) -> None:
    """The settings would refuse to start without these."""
    demanded = {"DATABASE_URL", "REDIS_URL", "RASSO_SECRET_KEY", "RASSO_FIELD_KEYS", "RASSO_ALLOWED_HOSTS", "RASSO_EMAIL_HOST"}
    assert demanded | {"RASSO_EMAIL_FROM", "RASSO_ROLE"} <= names_set(service)
    assert SERVICES[service]["environment"]["DJANGO_SETTINGS_MODULE"] == "rasso.settings.production"


def test_only_the_migrate_job_holds_the_owners_login() -> None:
    """Web, worker and beat get the application's login alone."""
    for service in OURS:
        allowed = service == "migrate"
        assert ("DATABASE_OWNER_URL" in names_set(service)) is allowed
        assert ("DATABASE_ADMIN_URL" in names_set(service)) is allowed
        assert ("database_owner_url" in SERVICES[service]["secrets"]) is allowed
        assert SERVICES[service]["environment"]["RASSO_ROLE"] == service


def test_secrets_are_files_that_exist_in_the_list() -> None:
    """Every secret is a file, none is a value, and every one that a service names is declared."""
    for name, service in SERVICES.items():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|_URL|SECRET|FIELD_KEYS", variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])


def test_every_service_says_how_it_is() -> None:
    """Each lasting service has a health check; the migrate job runs to its end before anything serves."""
    for name, service in SERVICES.items():
        assert "healthcheck" in service or name == "migrate"
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["postgres"]["image"] == "postgres:18"

"""What the worker does for victims. Tasks carry ids only and may run twice."""

from celery import shared_task

from accounts.models import Agency
from accounts.roles import AgencyKind
from audit import context as audit_context
from victims.services import linking, service_names, tell_requests


@shared_task(name="victims.match_links", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def match_links(force_id: int) -> None:
    """Look for the cases that support services ask one force to be linked to."""
    with audit_context.acting_as_system(reason="links to clients"):
        linking.match_links(force_id)


@shared_task(name="victims.apply_service_names", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def apply_service_names(force_id: int) -> None:
    """Give what was taken in the services that its names mean."""
    with audit_context.acting_as_system(reason="support services of the extract"):
        service_names.apply_names(force_id)


@shared_task(name="victims.sweep_support", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def sweep_support(**_: object) -> None:
    """Each minute: what no worker heard of. Links, requests to tell that nobody read, names of services that were matched."""
    for force_id in Agency.objects.filter(kind=AgencyKind.POLICE).values_list("pk", flat=True):
        with audit_context.acting_as_system(reason="requests of support services"):
            linking.match_links(force_id)
            tell_requests.return_unread(force_id)
            service_names.apply_names(force_id)

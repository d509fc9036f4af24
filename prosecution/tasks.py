"""What the worker does between police and CPS. Tasks carry ids only and may run twice."""

from celery import shared_task

from accounts.models import Agency
from accounts.roles import AgencyKind
from audit import context as audit_context
from prosecution.services import settling_plans


@shared_task(name="prosecution.settle_items", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def settle_items(**_: object) -> None:
    """Every ten minutes: write down which items of action plans count as done because nobody answered for 3 working days.

    Whoever reads them counts them so from that moment on, so a late or a second run makes no difference.
    """
    for force_id in Agency.objects.filter(kind=AgencyKind.POLICE).values_list("pk", flat=True):
        with audit_context.acting_as_system(reason="items of action plans"):
            settling_plans.sweep(force_id)

"""Which recorded crimes are alleged against a suspect, and which suspects a crime is alleged against, as it stands now."""

from uuid import UUID

from django.db.models import QuerySet

from cases import models as m


def crimes_of(case: m.Case, suspect_id: UUID) -> QuerySet[m.Offence]:
    """Return the recorded crimes of a case that are alleged against a suspect."""
    return m.Offence.objects.filter(case=case, allegations__suspect=suspect_id, allegations__withdrawn_at__isnull=True)


def alleged(crime: m.Offence) -> list[UUID]:
    """Return the suspects a crime is alleged against, those recorded in error left out."""
    rows = m.Allegation.objects.filter(offence=crime, withdrawn_at__isnull=True, suspect__recorded_in_error_at__isnull=True)
    return list(rows.values_list("suspect_id", flat=True))

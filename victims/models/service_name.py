"""Which support service known here a force's extract means by a name. Rows are only added: the latest for a name stands."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Agency
from core import clock
from victims.models.base import WORDS


class ServiceName(models.Model):
    """A name in the extract of one force, and the service that an administrator of the force says it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    name = models.CharField(max_length=WORDS, help_text="As the extract writes it.")
    service = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    matched_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["force", "name", "-matched_at"], name="services_by_their_names")]

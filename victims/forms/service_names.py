"""The administrator's form that says which support service a name in the extract means."""

from typing import Any

from accounts.administration.forms import SeenForm
from victims.forms.fields import ServiceField


class ServiceNameForm(SeenForm):
    """Which support service a name means."""

    service_id = ServiceField(label="Which support service is it?")
    says = (
        "Cases that name it get this service now, and those of later extracts as they come. The service sees nothing of a victim "
        "before her or his consent is recorded."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["service_id"]
        field.offer()

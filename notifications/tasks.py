"""What the worker does for notices. Tasks carry nothing; what is due is in the database, so each may run twice or late."""

from celery import shared_task

from notifications import pulse, reminders, sending


@shared_task(name="notifications.send_notices", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def send_notices(**_: object) -> None:
    """Each minute, and when a service rings: e-mail what is due."""
    sending.send_due()


@shared_task(name="notifications.sign_of_life", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def sign_of_life(**_: object) -> None:
    """Each minute, from beat alone: write down that scheduler and worker live."""
    pulse.beat_once()


@shared_task(name="notifications.hand_over_reminders", ignore_result=True)  # type: ignore[untyped-decorator, unused-ignore]
def hand_over_reminders(**_: object) -> None:
    """Each minute: put the reminders that wait into the inbox, once, unless what they remind of is done."""
    reminders.hand_over_waiting()
    pulse.beat_once(pulse.REMINDERS[1])

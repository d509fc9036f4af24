"""A page that is open in two windows sends what was typed from both at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from accounts.models import Draft
from accounts.services.drafts import keep_draft
from core.scope import Kind, Scope, scope
from tests.factories import World, acting_as

WINDOWS = 4


def test_windows_that_send_at_once_are_all_answered_and_one_text_is_kept(committed: str) -> None:
    world = World.make()
    together = Barrier(WINDOWS)

    def send(number: int) -> str:
        try:
            with acting_as(world.investigator):
                together.wait(10)
                keep_draft(actor=world.investigator, place="/cases/new/", text=f'[{{"key": "#0", "fields": [["note", "{number}"]]}}]')
        except Exception as fault:
            return repr(fault)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(WINDOWS) as pool:
        assert not any(pool.map(send, range(WINDOWS)))
    with scope(Scope(kind=Kind.SYSTEM)):
        assert Draft.objects.count() == 1

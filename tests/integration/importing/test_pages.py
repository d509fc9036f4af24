"""`/imports/`: upload, preview, start, result, refused records, the two lists; who may, and what is kept for how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases import models as m
from cases import tasks
from cases.forms import imports as forms
from cases.importing import runs
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.importing.support import csv_of, record, take

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
GOOD = csv_of(record(), record(crime_reference="52TEST/2"), record(crime_reference="52TEST/3", risk="terrible", suspect_surname="=1+1"))


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[m.ImportRun]:
    """What was handed to a worker, without a worker."""
    heard: list[m.ImportRun] = []
    monkeypatch.setattr("cases.views.imports.ring", heard.append)
    return heard


def upload(client: Client, data: bytes = GOOD, name: str = "extract.csv") -> Any:
    """Send a file."""
    return client.post("/imports/new/", {"file": SimpleUploadedFile(name, data, "text/csv")})


def uploaded(user: User, data: bytes = GOOD) -> m.ImportRun:
    """A checked import of somebody's."""
    with acting_as(user):
        return runs.upload(actor=user, data=data)


def test_from_upload_to_result(world: World, sign_in: SignIn, rung: list[m.ImportRun], django_capture_on_commit_callbacks: Any) -> None:
    """Nothing is written before the start; the result says what became of every record."""
    client = sign_in(world.supervisor)
    assert client.get("/imports/").status_code == 200
    answer = upload(client)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "3, 0 repeated, 1 refused" in page
    assert "is not one of: standard, medium, high" in page
    with scope(system(AVON)):
        assert not m.Case.objects.exists()
        run = m.ImportRun.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{answer['Location']}start/")
    assert [one.pk for one in rung] == [run.pk]
    assert "0 of 3 cases done" in client.get(answer["Location"]).content.decode()
    tasks.run_import(str(run.pk), AVON)
    page = client.get(answer["Location"]).content.decode()
    assert "2 created, 0 updated, 0 unchanged" in page
    assert "cases done" not in page
    for next_page in ("/reports/overdue-arrests/", "/imports/passed-bail/", "/imports/disagreements/"):
        assert f'href="{next_page}"' in page.partition("What to look at now")[2], next_page
    assert "Done" in client.get("/imports/").content.decode()


def test_the_list_shows_an_import_that_is_checked_and_one_of_the_watched_folder(world: World, sign_in: SignIn) -> None:
    """The one has a preview and no result yet, the other never a preview, and before its first case neither."""
    uploaded(world.supervisor)
    with scope(system(AVON)):
        m.ImportRun.objects.create(force_id=AVON, state=runs.State.WAITING, file_digest="0" * 64, forget_at=clock.now())
    answer = sign_in(world.supervisor).get("/imports/")
    assert answer.status_code == 200
    assert "Watched folder" in answer.content.decode()


def test_a_started_import_counts_each_case_once_however_often_it_is_delivered(world: World, rung: list[m.ImportRun]) -> None:
    """A second delivery of the same finds it done."""
    run = uploaded(world.supervisor)
    with acting_as(world.supervisor):
        runs.start(actor=world.supervisor, run_id=run.pk, ring=rung.append)
    for _ in range(2):
        tasks.run_import(str(run.pk), AVON)
    with scope(system(AVON)):
        run = m.ImportRun.objects.get()
        assert (run.state, run.cases_done, run.counts["tally"]["cases"]["created"]) == ("done", run.cases_total, 2)


def test_a_worker_killed_in_the_middle_is_followed_by_another(
    world: World, rung: list[m.ImportRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sweep finds the import; it goes on where the last whole case ended and counts on."""
    run = uploaded(world.supervisor)
    with acting_as(world.supervisor):
        runs.start(actor=world.supervisor, run_id=run.pk, ring=rung.append)
    with scope(system(AVON)):
        take(record())
        m.ImportRun.objects.update(state="running", cases_done=1, counts={**run.counts, "tally": {"read": 1, "cases": {"created": 1}}})
    delivered: list[tuple[str, int]] = []
    monkeypatch.setattr(tasks.run_import, "delay", lambda *args: delivered.append(args))
    tasks.sweep_imports()
    assert delivered == [(str(run.pk), AVON)]
    tasks.run_import(*delivered[0])
    with scope(system(AVON)):
        run = m.ImportRun.objects.get()
        assert (run.state, run.counts["tally"]["read"], run.counts["tally"]["cases"]["created"]) == ("done", 3, 2)


def test_an_import_whose_file_is_gone_is_closed_and_blocks_nobody(world: World) -> None:
    """Nothing can go on with it."""
    run = uploaded(world.supervisor)
    with scope(system(AVON)):
        m.ImportRun.objects.filter(pk=run.pk).update(state="running", file_sealed=None)
    tasks.sweep_imports()
    with scope(system(AVON)):
        assert m.ImportRun.objects.get().state == "failed"


def test_one_import_of_a_force_at_a_time_and_who_is_at_it_is_said(world: World, rung: list[m.ImportRun]) -> None:
    """The second supervisor is told who and when; another force is not concerned."""
    first, second = uploaded(world.supervisor), uploaded(world.supervisor2)
    with acting_as(world.supervisor):
        runs.start(actor=world.supervisor, run_id=first.pk, ring=rung.append)
    with acting_as(world.supervisor2), pytest.raises(NotPossible, match=f"{world.supervisor.name} started an import of this force on"):
        runs.start(actor=world.supervisor2, run_id=second.pk, ring=rung.append)
    other = uploaded(world.kent_supervisor)
    with acting_as(world.kent_supervisor):
        runs.start(actor=world.kent_supervisor, run_id=other.pk, ring=rung.append)


def test_refused_records_go_to_the_uploader_only_harmless_and_logged(world: World, sign_in: SignIn) -> None:
    """A formula cannot run; somebody else meets the same 404 as for nothing; the disclosure is written down."""
    run = uploaded(world.supervisor)
    answer = sign_in(world.supervisor).get(f"/imports/{run.pk}/refused/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b'"\'=1+1"' in answer.content
    assert b"terrible" in answer.content
    assert sign_in(world.supervisor2).get(f"/imports/{run.pk}/refused/").status_code == 404
    assert sign_in(world.kent_supervisor).get(f"/imports/{run.pk}/").status_code == 404


def test_file_and_refused_records_are_encrypted_and_bound_to_their_run(world: World) -> None:
    """No name stands in the database; one run's bytes do not open in another's row."""
    one, two = uploaded(world.supervisor), uploaded(world.supervisor)
    with scope(system(AVON)):
        stored = m.ImportRun.objects.get(pk=one.pk)
        assert b"Invented" not in bytes(stored.file_sealed or b"")
        m.ImportRun.objects.filter(pk=two.pk).update(file_sealed=stored.file_sealed, state="waiting")
    tasks.run_import(str(two.pk), AVON)
    with scope(system(AVON)):
        assert m.ImportRun.objects.get(pk=two.pk).state == "failed"
        assert not m.Case.objects.exists()


def test_after_24_hours_both_are_wiped_and_cannot_be_started(world: World, sign_in: SignIn, rung: list[m.ImportRun]) -> None:
    """Before then they stand."""
    run = uploaded(world.supervisor)
    assert timedelta(hours=23) < run.forget_at - clock.now() <= timedelta(hours=24)
    tasks.wipe_expired_imports()
    with scope(system(AVON)):
        assert m.ImportRun.objects.get().file_sealed is not None
        m.ImportRun.objects.update(forget_at=ago(minutes=1))
    assert sign_in(world.supervisor).get(f"/imports/{run.pk}/refused/").status_code == 404
    tasks.wipe_expired_imports()
    with scope(system(AVON)):
        stored = m.ImportRun.objects.get()
        assert (stored.file_sealed, stored.refused_sealed) == (None, None)
    with acting_as(world.supervisor), pytest.raises(NotPossible, match="deleted"):
        runs.start(actor=world.supervisor, run_id=run.pk, ring=rung.append)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "extract.csv", "The selected file is empty"),
        (GOOD, "extract.xlsx", "The selected file must be a CSV"),
        (b"a,b\n1,2\n", "extract.csv", "not an extract in CSV"),
        (b"\x00\xff\x00", "extract.csv", "not CSV in UTF-8"),
        (b"crime_reference,risk\n", "extract.csv", "A mandatory column is missing: recorded_at, offence_code"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_on_the_page(world: World, sign_in: SignIn, data: bytes, name: str, said: str) -> None:
    """Beside the field, and nothing is kept."""
    answer = upload(sign_in(world.supervisor), data, name)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    with scope(system(AVON)):
        assert not m.ImportRun.objects.exists()


def test_a_file_that_is_too_large_says_how_large_it_may_be(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is read."""
    monkeypatch.setattr(forms, "MOST_BYTES", 100)
    answer = upload(sign_in(world.supervisor))
    assert answer.status_code == 400
    assert "must be smaller than 10 MB" in answer.content.decode()
    assert "Select a file" in sign_in(world.supervisor).post("/imports/new/", {}).content.decode()


def test_only_supervisors_reach_the_pages(world: World, sign_in: SignIn) -> None:
    """Everybody else meets the same 404 as for nothing."""
    run = uploaded(world.supervisor)
    paths = ("", "new/", "disagreements/", "passed-bail/", f"{run.pk}/", f"{run.pk}/refused/", f"disagreements/{run.pk}/")
    for person in (
        world.investigator,
        world.sergeant,
        world.analyst,
        world.auditor,
        world.administrator,
        world.prosecutor,
        world.cps_manager,
        world.isva,
    ):
        client = sign_in(person)
        assert {client.get(f"/imports/{path}").status_code for path in paths} == {404}


def test_the_lists_show_what_waits_in_words_and_take_answers(world: World, sign_in: SignIn) -> None:
    """A person's key and an ISO time never reach the page."""
    take(record(arrested_at="2026-10-03T09:00", bail_status="bail", bail_expires_on="2026-11-01"))
    with scope(system(AVON)):
        m.CasePerson.objects.filter(role="officer").update(created_by=world.supervisor)
        m.Arrest.objects.update(created_by=world.supervisor)
        officer = str(m.CasePerson.objects.get(role="officer").user_id)
    take(record(arrested_at="2026-10-02T15:00", oic_number="77", oic_name="DS Else", bail_status="bail", bail_expires_on="2026-11-01"))
    client = sign_in(world.supervisor)
    page = client.get("/imports/disagreements/").content.decode()
    assert "DS Else" in page
    assert "2 October 2026, 15:00" in page
    assert officer not in page
    with acting_as(world.supervisor):
        one = m.Disagreement.objects.get(column="oic_number")
    address = f"/imports/disagreements/{one.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"answer": "take"}).status_code == 400
    assert client.post(address, {"answer": "take", "note": "Handed over on Monday"}).status_code == 302
    assert client.get(address).status_code == 404
    assert "Suspect 1" in client.get("/imports/passed-bail/").content.decode()
    assert client.get("/imports/disagreements/?after=nonsense").status_code == 404


def test_the_lists_are_paged_with_a_fixed_number_of_queries(world: World, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    """Thirty differences: two pages."""
    rows = [record(crime_reference=f"52TEST/{number}") for number in range(30)]
    take(*rows)
    with scope(system(AVON)):
        m.CasePerson.objects.filter(role="officer").update(created_by=world.supervisor)
    take(*({**row, "oic_number": "77", "oic_name": "DS Else"} for row in rows))
    client = sign_in(world.supervisor)
    with django_assert_max_num_queries(25):
        first = client.get("/imports/disagreements/")
    page = first.content.decode()
    assert page.count("Keep or take") == 25
    following = page.partition('href="?after=')[2].partition('"')[0]
    second = client.get(f"/imports/disagreements/?after={following}")
    assert second.content.decode().count("Keep or take") == 5
    back = client.get("/imports/disagreements/", {"before": second.context["page"].previous_cursor})
    assert [one.row.pk for one in back.context["page"].rows] == [one.row.pk for one in first.context["page"].rows]
    with scope(system(AVON)):
        m.Disagreement.objects.filter(pk__in=[one.row.pk for one in second.context["page"].rows]).update(answer="kept")
    assert "Back to the first page" in client.get(f"/imports/disagreements/?after={following}").content.decode()


def test_the_watched_folder_is_imported_once_by_digest(world: World, tmp_path: Any, settings: Any) -> None:
    """By the force in its name; refused records stand beside it; other files are left alone."""
    settings.IMPORT_FOLDER = str(tmp_path)
    (tmp_path / "52-extract.csv").write_bytes(GOOD)
    (tmp_path / "notes.csv").write_bytes(GOOD)
    (tmp_path / "46-bad.csv").write_bytes(b"nothing\n")
    for _ in range(2):
        tasks.import_folder()
    with scope(system(AVON)):
        run = m.ImportRun.objects.get()
        assert (run.state, run.uploaded_by, m.Case.objects.count()) == ("done", None, 2)
    assert b"terrible" in (tmp_path / "52-extract.refused.csv").read_bytes()
    with scope(system(46)):
        assert m.ImportRun.objects.get().state == "refused"
    (tmp_path / "52-again.csv").write_bytes(GOOD)
    tasks.import_folder()
    with scope(system(AVON)):
        assert m.ImportRun.objects.count() == 1


def test_a_preview_counts_what_the_force_has_already(world: World) -> None:
    """Of two cases in the file one is known."""
    take(record())
    run = uploaded(world.supervisor)
    assert (run.counts["preview"]["cases"], run.counts["preview"]["known"]) == (2, 1)

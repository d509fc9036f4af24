"""The generated documents are what the code says, and `--check` notices when they are not."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.roles import Role
from cases.acts import ACTS
from cases.derive.clocks import CLOCKS
from cases.derive.states import SUSPECT_STATUS, Stage
from rasso import docs


def test_a_fresh_folder_is_written_and_then_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match=r"states\.md, clocks\.md, permissions\.md"):
        call_command("generate_docs", check=True, folder=tmp_path)
    call_command("generate_docs", folder=tmp_path)
    call_command("generate_docs", check=True, folder=tmp_path)
    assert "up to date" in capsys.readouterr().out


def test_a_document_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    call_command("generate_docs", folder=tmp_path)
    (tmp_path / "clocks.md").write_text("28 days, more or less\n")
    with pytest.raises(CommandError, match=r": clocks\.md\."):
        call_command("generate_docs", check=True, folder=tmp_path)


def test_the_documents_of_the_project_are_up_to_date() -> None:
    call_command("generate_docs", check=True)


def test_every_clock_stage_line_act_and_role_is_named() -> None:
    states, clocks, permissions = docs.of_states(), docs.of_clocks(), docs.of_permissions()
    assert all(line.words in states for line in SUSPECT_STATUS)
    assert all(stage.label in states for stage in Stage)
    assert all(row.source in clocks and f"`{kind}`" in clocks for kind, row in CLOCKS.items())
    assert all(f"`{slug}`" in permissions for slug in ACTS)
    assert all(role.label in permissions for role in Role)


def test_no_page_declares_nothing() -> None:
    assert "it declares nothing" not in docs.of_permissions()

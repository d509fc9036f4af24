"""Secrets of second factors are encrypted, and nothing altered is read."""

import pytest
from allauth.core import context
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.test import RequestFactory
from pytest_django import Settings

from accounts.mfa import MFAAdapter

ADAPTER = MFAAdapter()
OTHER_KEY = "next:" + "bmV4dC1kZXZlbG9wbWVudC1rZXktMzItYnl0ZXMhISE="


def test_a_secret_is_read_back_and_never_looks_the_same() -> None:
    first, second = ADAPTER.encrypt("JBSWY3DP"), ADAPTER.encrypt("JBSWY3DP")
    assert first != second
    assert "JBSWY3DP" not in first
    assert ADAPTER.decrypt(first) == ADAPTER.decrypt(second) == "JBSWY3DP"


def test_a_new_key_writes_and_the_old_one_still_reads(settings: Settings) -> None:
    old = ADAPTER.encrypt("JBSWY3DP")
    settings.FIELD_KEYS = [OTHER_KEY, *settings.FIELD_KEYS]
    assert ADAPTER.encrypt("x").startswith("v1|next|")
    assert ADAPTER.decrypt(old) == "JBSWY3DP"


@pytest.mark.parametrize("changed", ["JBSWY3DP", "", "v1|gone|AAAA", "v2|local|AAAA"])
def test_what_was_not_written_here_is_not_read(changed: str) -> None:
    with pytest.raises(SuspiciousOperation):
        ADAPTER.decrypt(changed)


def test_a_changed_secret_is_not_read() -> None:
    version, key, sealed = ADAPTER.encrypt("JBSWY3DP").split("|")
    changed = ("B" if sealed[30] == "A" else "A").join([sealed[:30], sealed[31:]])
    with pytest.raises(SuspiciousOperation):
        ADAPTER.decrypt("|".join([version, key, changed]))


def test_without_a_key_nothing_is_written(settings: Settings) -> None:
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured):
        ADAPTER.encrypt("x")


def test_the_qr_code_may_stand_in_a_strict_page() -> None:
    with context.request_context(RequestFactory().get("/")):
        drawing = ADAPTER.build_totp_svg("otpauth://totp/x?secret=JBSWY3DP")
    assert drawing.startswith('<svg role="img" aria-label=')
    assert "style=" not in drawing
    assert "<script" not in drawing

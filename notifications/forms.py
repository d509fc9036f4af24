"""Forms of the inbox: what was shown when everything is marked as read, and how somebody wants to be told."""

from typing import Any

from django import forms

from core.forms import GovForm
from notifications.subjects import Channel, Subject

WAYS = ((Channel.INBOX, "Inbox only"), (Channel.DIGEST, "Inbox, and one email a day"), (Channel.EMAIL, "Inbox, and an email at once"))


class ReadForm(GovForm):
    """The newest notice that the page showed: what came after it stays unread."""

    newest = forms.UUIDField(widget=forms.HiddenInput)


class ChannelsForm(GovForm):
    """One choice for each subject of one's role that is not always e-mailed."""

    def __init__(self, *args: Any, channels: list[tuple[Subject, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = [subject for subject, _ in channels if subject.must_email]
        for subject, channel in channels:
            if not subject.must_email:
                self.fields[subject.key] = forms.ChoiceField(label=subject.label, choices=WAYS, widget=forms.RadioSelect, initial=channel)
                self.prepare(subject.key)

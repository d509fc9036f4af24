"""Links on the page of a client that apps above serve: what they lead to is theirs, and this app knows nothing of it."""

from collections.abc import Callable

from victims.models import SupportReferral

Provider = Callable[[SupportReferral], list[tuple[str, str]]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add links: words and addresses for a client whose sight was proved. Makes no query. The same name again replaces."""
    _providers[name] = provider


def of(client: SupportReferral) -> list[tuple[str, str]]:
    """Return the links of a client, in the order of registration."""
    return [link for provider in _providers.values() for link in provider(client)]

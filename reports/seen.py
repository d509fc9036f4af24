"""The moment a report looks from; it lives in core, because reports of apps below this one look so too."""

from core.seen import RECENT_DAYS as RECENT_DAYS
from core.seen import Seen as Seen

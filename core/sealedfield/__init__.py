"""Fields of a model whose column holds sealed bytes: who a victim is, and nothing else so far.

A value is sealed (core.vault, AES-256-GCM) together with its table, column and the key of its row: moved to another row,
column or table, changed by a byte, or planted as plain text, it raises SealBroken. Writing needs nothing. Reading an
attribute raises NotOpened outside `opening(reason)`, so a template or a log line that strays shows nothing. Lookups,
ordering, grouping and `.update()` with plain values raise FieldError: what is to be found is found by core.blindindex.
"""

from core.sealedfield.fields import SealedDateField, SealedField, SealedTextField
from core.sealedfield.opaque import NotOpened, Sealed, opening, opening_reason
from core.sealedfield.resealing import left_under_old_keys, reseal, sealed_fields
from core.vault import SealBroken

__all__ = [
    "NotOpened",
    "SealBroken",
    "Sealed",
    "SealedDateField",
    "SealedField",
    "SealedTextField",
    "left_under_old_keys",
    "opening",
    "opening_reason",
    "reseal",
    "sealed_fields",
]

"""Labels inside sentences."""


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless it begins with capitals ("ISVA", "CPS")."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"

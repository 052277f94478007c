"""Public names of records: random, never counted, so that a hidden record shows in no gap."""

import re
import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PUBLIC_ID_LENGTH = 10
PUBLIC_ID_PATTERN = rf"^[{CROCKFORD}]{{{PUBLIC_ID_LENGTH}}}$"
PUBLIC_ID_RE = re.compile(PUBLIC_ID_PATTERN)


def random_crockford(length: int) -> str:
    """`length` random characters of Crockford's base 32 (no I, L, O or U)."""
    return "".join(CROCKFORD[byte % 32] for byte in secrets.token_bytes(length))


def new_public_id() -> str:
    """Ten characters: 50 random bits, so a clash is not expected below tens of millions of rows."""
    return random_crockford(PUBLIC_ID_LENGTH)

"""Where a list goes on: the last case seen, written so that it can stand in an address.

It is sealed: the key of a listing is counted, so that one that can be read would tell of how many
were made between two cases, and one that can be made up would find the key of any.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from functools import cache
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.utils.crypto import salted_hmac

from patients.searching.wanted import Hit, Order

SALT: Final = "casebase.cursors"
KEYS: dict[Order, type] = {
    Order.NEWEST: datetime,
    Order.TITLE: str,
    Order.YEAR: int,
    Order.EVENTS: int,
}


class _Cursor(msgspec.Struct, array_like=True):
    order: str
    listing: int
    key: str | int | None


def write_cursor(order: Order, hit: Hit) -> str:
    key = hit.key.isoformat() if isinstance(hit.key, datetime) else hit.key
    assert not isinstance(key, float)
    packed = msgspec.json.encode(_Cursor(order.value, hit.listing, key))
    return base64.urlsafe_b64encode(_seal().encrypt(packed, None)).decode().rstrip("=")


def read_cursor(text: str, order: Order) -> Hit:
    """Raises ValueError for what is none, or one of another order than `order`."""
    try:
        sealed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        cursor = msgspec.json.decode(_seal().decrypt(sealed, None), type=_Cursor)
    except (binascii.Error, InvalidTag, msgspec.DecodeError, UnicodeError) as error:
        raise ValueError("is no cursor") from error
    if cursor.order not in KEYS or order != cursor.order:
        raise ValueError("is of another order")
    if not 0 < cursor.listing < 2**63:
        raise ValueError("is no cursor")
    return Hit(cursor.listing, _key(Order(cursor.order), cursor.key))


def _seal() -> AESSIV:
    return _seal_by(settings.SECRET_KEY)


@cache
def _seal_by(secret: str) -> AESSIV:
    """The same words give the same cursor (RFC 5297), so that an address stays what it is."""
    return AESSIV(salted_hmac(SALT, "", secret=secret, algorithm="sha512").digest())


def _key(order: Order, key: str | int | None) -> datetime | str | int | None:
    if key is None and order == Order.YEAR:
        return None
    if order == Order.NEWEST:
        when = datetime.fromisoformat(str(key))
        if when.tzinfo is None:
            raise ValueError("is no time")
        return when
    if not isinstance(key, KEYS[order]) or isinstance(key, bool):
        raise ValueError("is of another order")
    if isinstance(key, str) and (len(key) > 200 or "\x00" in key):
        raise ValueError("is no title")
    if isinstance(key, int) and abs(key) >= 2**31:
        raise ValueError("is no number")
    return key

"""Where a list goes on: the last case seen, written so that it can stand in an address. Pure."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

import msgspec

from patients.searching.wanted import Hit, Order

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
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str, order: Order) -> Hit:
    """Raises ValueError for what is none, or one of another order than `order`."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        cursor = msgspec.json.decode(packed, type=_Cursor)
    except (binascii.Error, msgspec.DecodeError, UnicodeError) as error:
        raise ValueError("is no cursor") from error
    if cursor.order not in KEYS or order != cursor.order:
        raise ValueError("is of another order")
    if not 0 < cursor.listing < 2**63:
        raise ValueError("is no cursor")
    return Hit(cursor.listing, _key(Order(cursor.order), cursor.key))


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

"""One is made while another is used, in order, with errors in their place."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from django.core.management import CommandError

from patients.loading.ahead import ahead
from tests.patients.loading.lines import synthetic
from tests.patients.loading.loading import file_of, load

LONG = 60
"""Seconds after which a test gives up."""


def out_of(*things: object) -> Callable[[], object]:
    left = iter(things)

    def make() -> object:
        thing = next(left, None)
        if isinstance(thing, Exception):
            raise thing
        return thing

    return make


def test_everything_in_order() -> None:
    assert list(ahead(out_of(*range(1, 50)))) == list(range(1, 50))
    assert list(ahead(out_of())) == []


def test_the_next_is_made_while_one_is_used() -> None:
    made, made_second = out_of("first", "second"), Event()

    def make() -> object:
        thing = made()
        if thing == "second":
            made_second.set()
        return thing

    for thing in ahead(make):
        # Without a thread this would wait in vain: nobody has asked for the second yet.
        assert thing == "second" or made_second.wait(LONG)


def test_an_error_comes_after_what_was_made_before_it() -> None:
    things = ahead(out_of(1, 2, ValueError("damaged")))
    assert [next(things), next(things)] == [1, 2]
    with pytest.raises(ValueError, match="damaged"):
        next(things)


def test_an_error_that_is_not_reached_is_not_raised() -> None:
    with closing(ahead(out_of(1, ValueError("damaged")))) as things:
        assert next(things) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [(synthetic(0),), (synthetic(0), b"{")])
def test_objects_are_collected_again_after_a_load(tmp_path: Path, lines: tuple[bytes, ...]) -> None:
    gc.collect()
    before = gc.isenabled(), gc.get_freeze_count()
    try:
        load(file_of(tmp_path, *lines))
    except CommandError:
        assert len(lines) == 2
    assert (gc.isenabled(), gc.get_freeze_count()) == before
    assert gc.isenabled()

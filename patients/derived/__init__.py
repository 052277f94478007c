"""What follows from a case by published rules, each with its rule, source and inputs.

Pure functions of the case document, which holds what they give (`block_of`). Nothing here is said
to be what a report says.
"""

from __future__ import annotations

from patients.derived.block import all_derived, block_of, result_with, standing, with_block
from patients.derived.model import Derived, Input, Rule

__all__ = [
    "Derived",
    "Input",
    "Rule",
    "all_derived",
    "block_of",
    "result_with",
    "standing",
    "with_block",
]

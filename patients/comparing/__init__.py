"""Cases side by side: the table that papers print as theirs. Pure functions of case documents."""

from patients.comparing.columns import COLUMNS, Column
from patients.comparing.model import Cell, Piece, State
from patients.comparing.table import Table, table_of

__all__ = ["COLUMNS", "Cell", "Column", "Piece", "State", "Table", "table_of"]

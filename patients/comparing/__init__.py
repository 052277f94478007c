"""Cases side by side: the table that papers print as theirs. Pure functions of case documents."""

from patients.comparing.columns import COLUMNS, Column
from patients.comparing.model import Cell, Piece, State
from patients.comparing.table import MOST_CASES, Table, table_of

__all__ = ["COLUMNS", "MOST_CASES", "Cell", "Column", "Piece", "State", "Table", "table_of"]

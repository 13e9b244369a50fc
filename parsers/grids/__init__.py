"""Files as grids: rows of cells with the row numbers that the sender's program shows."""

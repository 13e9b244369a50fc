"""Master data: lists that say who the customers are, and the open items that need to know it."""

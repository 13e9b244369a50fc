"""Cases with their debtors, claims and history."""

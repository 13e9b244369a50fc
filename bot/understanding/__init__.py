"""What creditors ask for, understood from their words: no network, no clock, no store."""

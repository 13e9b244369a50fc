"""Bytes and text in, records and problems out: no clock, no network, no database."""

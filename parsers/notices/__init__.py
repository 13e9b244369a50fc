"""Notices of payments that went to the creditor: what one message says of them, in German or English."""

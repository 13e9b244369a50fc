"""Invoices: e-invoices become one claim each, plain PDFs one that is asked about, the rest evidence."""

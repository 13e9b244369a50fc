"""The books, as a bookkeeper checks them."""

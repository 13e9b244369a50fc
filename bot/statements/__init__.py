"""What creditors read of the books: statements, lists and their balance account, on paper and screen."""

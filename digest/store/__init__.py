"""The only SQL: the database, its tables, and one module per noun that speaks the words of the domain."""

"""One module per chapter subject: its facts, then its tables, figures and sentences."""

"""Results: the Run and its tables. Pandas begins here."""

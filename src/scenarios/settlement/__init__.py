"""Settlement: months that happened, the invoice they make due, and what an invoice says instead."""

"""Negotiation: where two parties can agree, and where standard rules say that they do."""

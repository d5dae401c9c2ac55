"""Deals in the words of a contract: each term's sentence, and the term sheet."""

"""Risk: the worst share of what may come, what is as good as a sure amount, what knowing is worth.

These functions know no scenario: they take amounts, with weights where some are likelier.
"""

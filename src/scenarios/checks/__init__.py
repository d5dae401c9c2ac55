"""Checks of what a contract leaves open. They need no tables and no futures: reading is enough."""

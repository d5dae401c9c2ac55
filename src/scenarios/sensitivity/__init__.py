"""Sensitivity: what the answer depends on."""

"""Whole runs of the shipped scenarios, as they are told."""

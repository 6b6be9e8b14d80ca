"""Owns what authors run. No window."""

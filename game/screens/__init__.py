"""Owns what people see, one screen for a file. Never draws, never scores, never reaches into the stack."""

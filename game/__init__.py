"""Owns Upstream: an interactive scenario training game. Never does anything on import."""

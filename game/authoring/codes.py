"""Owns the table of mistakes: code, rule, title, meaning, example, mending. Never finds or shows one.

A code is a promise: it stays with its rule for good, so that guides and editors can rely on it.
"""
from typing import Literal
Severity=Literal["error","warning"]
CODES={}

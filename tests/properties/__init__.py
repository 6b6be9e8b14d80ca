"""Laws that hold of every story."""

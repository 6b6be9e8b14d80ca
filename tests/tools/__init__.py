"""What authors run, as real processes."""

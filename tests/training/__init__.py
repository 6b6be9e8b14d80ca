"""What was learned: debriefs of small stories and of the shipped ones."""

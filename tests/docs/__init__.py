"""The guides: what stands in them is made of the program's own tables, or runs."""

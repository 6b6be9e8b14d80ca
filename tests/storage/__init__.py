"""What is kept: real files, and windows in processes of their own."""

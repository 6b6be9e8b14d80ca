"""What can happen: small stories played through."""

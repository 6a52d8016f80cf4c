"""How facts come in: sources parse strictly into records, identifiers decide whose they are, the store keeps them."""

"""A small invented world in every input format, to try the product on."""

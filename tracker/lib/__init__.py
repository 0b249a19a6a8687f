"""Pure functions: given these values, this value. Standard library only."""

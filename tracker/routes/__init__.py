"""What we answer: one blueprint a resource; no two know each other."""

"""The outside world, small and swappable."""

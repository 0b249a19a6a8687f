"""What happens later: for each due thing, do the verb."""

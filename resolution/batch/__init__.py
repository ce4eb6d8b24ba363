"""Who is who, thought through anew for the whole graph: Dedupe over the pairs that our blocking brings."""

"""One question a file: what the graph answers, each row a plain noun of its own."""

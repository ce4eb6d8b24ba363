"""The nouns of Pentad and where they are kept: entities, aliases, events, mentions, judgements, and the Neo4j door."""

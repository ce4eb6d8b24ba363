"""What Wikidata knows of entities of the graph: asked politely, chosen by name and context, never merged blindly."""

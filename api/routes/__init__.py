"""HTTP doors, one file a subject; each route declares its scope."""

"""Every door: HTTP, command line, and the wiring that opens and closes all clients."""

"""Pages: from an address, a text or HTML to a main text with what is known of it, and whether to go on with it."""

"""Every statement that Pentad runs, one a file; see README.md here for the header each carries."""

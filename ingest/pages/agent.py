"""How the lightest means introduces itself."""

AGENT = "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0 (compatible; Pentad/0.1)"

"""What of Wikidata becomes what: properties that are facts between entities, and properties that are attributes."""

FACTS: dict[str, tuple[str, bool]] = {
    "P6": ("head_of_government_of", True),
    "P19": ("born_in", False),
    "P20": ("died_in", False),
    "P26": ("married_to", False),
    "P35": ("head_of_state_of", True),
    "P36": ("capital_of", True),
    "P39": ("holds_office", False),
    "P102": ("member_of", False),
    "P108": ("works_for", False),
    "P131": ("located_in", False),
    "P159": ("headquartered_in", False),
    "P169": ("chief_executive_of", True),
    "P279": ("sort_of", False),
    "P31": ("is_a", False),
    "P749": ("owned_by", False),
    "P17": ("in_country", False),
}
"""Predicate of a property, and whether its value is the subject."""
AFFILIATIONS = ("P39", "P102", "P108")
COUNTRY, LIES_IN, POINT = "P17", "P131", "P625"

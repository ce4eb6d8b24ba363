"""What a name is made of: normalised form, tokens, qualifiers, and the kind that its form suggests."""

"""Who is who: from the name in a mention to the entity it stands for."""

"""From an article to its five W's without a language model: candidates by grammar, chosen by a fitted ranker."""

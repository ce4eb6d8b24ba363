"""Why a model said nothing."""

from graph.errors import Unavailable


class LlmFailed(Unavailable):
    """The model was not reached, took too long, refused, or answered what is no answer. What can be done without it
    stands; the message never holds the key or the prompt."""

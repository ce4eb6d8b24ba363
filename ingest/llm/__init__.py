"""Language models that an operator names: one small client, three protocols, a budget. Nothing is asked by default.

What a model says is material, never an order: whoever asks looks for it in the text and drops what is not there.
"""

from ingest.llm.client import Llm
from ingest.llm.errors import LlmFailed
from ingest.llm.meter import Meter, Usage
from ingest.llm.options import LlmOptions, Message, Protocol, Said
from ingest.llm.wires import prompt_tokens

__all__ = ["Llm", "LlmFailed", "LlmOptions", "Message", "Meter", "Protocol", "Said", "Usage", "prompt_tokens"]

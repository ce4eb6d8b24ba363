"""From outside to mentions: payloads in, prepared events out, and the whole way of a batch."""

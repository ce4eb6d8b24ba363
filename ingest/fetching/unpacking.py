"""Bodies, packed and unpacked, within their bounds: a bomb is cut off while it goes off."""

import zlib
from collections.abc import Iterable

from ingest.fetching.errors import Fault, FetchError
from ingest.fetching.options import FetchOptions

PACKINGS = "gzip, deflate"
_STEP = 65_536
_NONE = {"", "identity", "none"}
_GZIP = {"gzip", "x-gzip"}


def unpacked(chunks: Iterable[bytes], encoding: str, options: FetchOptions) -> bytes:
    """The body of an answer. Raises FetchError: `too_large`, `protocol`."""
    name = encoding.strip().lower()
    if name in _NONE:
        return b"".join(_counted(chunks, options.wire_limit))
    if name not in _GZIP and name != "deflate":
        raise FetchError(Fault.PROTOCOL, "the answer is packed in a way that was not asked for")
    found = bytearray()
    try:
        for piece in _inflated(_counted(chunks, options.wire_limit), raw_too=name == "deflate"):
            found += piece
            if len(found) > options.unpacked_limit:
                raise FetchError(Fault.TOO_LARGE, f"it has more than {options.unpacked_limit:,} bytes unpacked")
    except zlib.error as error:
        raise FetchError(Fault.PROTOCOL, "the answer cannot be unpacked") from error
    return bytes(found)


def _counted(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > limit:
            raise FetchError(Fault.TOO_LARGE, f"it has more than {limit:,} bytes")
        yield chunk


def _inflated(chunks: Iterable[bytes], *, raw_too: bool) -> Iterable[bytes]:
    """Pieces of bounded size. Some servers send deflate without its wrapping."""
    inflater = zlib.decompressobj(wbits=47)
    first = True
    for chunk in chunks:
        if first and chunk and raw_too and chunk[0] & 0x0F != 8:
            inflater = zlib.decompressobj(wbits=-15)
        first = first and not chunk
        waiting = chunk
        while waiting:
            yield inflater.decompress(waiting, _STEP)
            waiting = inflater.unconsumed_tail
            if inflater.eof and inflater.unused_data:
                # A further member; anything else after the end is padding.
                rest = inflater.unused_data
                if not rest.startswith(b"\x1f\x8b"):
                    return
                inflater, waiting = zlib.decompressobj(wbits=47), rest
    yield inflater.flush()

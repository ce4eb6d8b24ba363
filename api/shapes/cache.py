"""What the door of the cache tells."""

from pydantic import Field

from api.shapes.common import Told


class CacheOut(Told):
    """Counts since this process began; of several workers, the one that answered."""

    process_id: int = Field(description="Its number on its machine.")

    keeps: bool = Field(description="Whether answers are kept at all.")
    memory: int = Field(description="Answers given from this process's memory.")
    redis: int = Field(description="Answers given from Redis.")
    made: int = Field(description="Answers of the same doors that were made anew.")
    unchanged: int = Field(description="Answers told 304: the client had them already.")
    hit_rate: float = Field(description="Share that was not made anew, 0..1.")
    held: int = Field(description="Answers in memory now.")
    bytes: int = Field(description="Bytes they take.")
    bytes_at_most: int = Field(description="Bytes they may take.")
    seconds_at_most: float = Field(description="Seconds that one lives at most.")

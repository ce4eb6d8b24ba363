// 0087_reader_touch: readers that were written since.
CREATE INDEX reader_touch IF NOT EXISTS
FOR (n:Reader) ON (n.touch)

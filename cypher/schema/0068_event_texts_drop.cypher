// 0068_event_texts_drop: makes room for the same full text kept beside the commit.
DROP INDEX event_texts IF EXISTS

// 0112_reply_at: kept answers, the oldest first.
CREATE INDEX reply_at IF NOT EXISTS
FOR (n:Reply) ON (n.at)

// 0074_claim_ts: claims of a stretch of time, for event forming.
CREATE INDEX claim_ts IF NOT EXISTS
FOR (n:Claim) ON (n.ts)

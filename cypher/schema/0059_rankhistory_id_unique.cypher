// 0059_rankhistory_id_unique: one RankHistory for each entity key and month.
CREATE CONSTRAINT rankhistory_id_unique IF NOT EXISTS
FOR (n:RankHistory) REQUIRE n.id IS UNIQUE

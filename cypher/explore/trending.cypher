// trending: who and where is in the news at a moment, by a half-life of seven days, with the newest event of each.
// $at     STRING   a moment, such as '2015-10-01T00:00:00Z'
// $limit  INTEGER  rows at most
// ->      rank INTEGER, name STRING, kind STRING, score FLOAT, mentions INTEGER, latest STRING
// door:   GET /api/entities/trending?as_of=
// try:    :params {at: '2015-10-01T00:00:00Z', limit: 20}
WITH datetime($at).epochMillis AS at, 7 * 86400000.0 AS half_life
MATCH (x:Entity)<-[m:WHO|WHERE]-(e:Event)
WHERE m.kid IS NOT NULL AND m.ts <= at AND m.ts >= at - 100 * half_life
WITH x, sum(coalesce(m.weight, 1.0) * 2.0 ^ ((m.ts - at) / half_life)) AS score, count(m) AS mentions, at
ORDER BY score DESC, x.key DESC
LIMIT $limit
CALL (x, at) {
  MATCH (x)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL AND m.ts <= at
  RETURN e.title AS latest
  ORDER BY m.ts DESC, e.id
  LIMIT 1
}
WITH x, score, mentions, latest
ORDER BY score DESC, x.key DESC
WITH collect({name: x.name, kind: x.kind, score: score, mentions: mentions, latest: latest}) AS board
UNWIND range(0, size(board) - 1) AS place
RETURN place + 1 AS rank, board[place].name AS name, board[place].kind AS kind,
       round(board[place].score, 3) AS score, board[place].mentions AS mentions, board[place].latest AS latest

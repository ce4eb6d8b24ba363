// risk: who carries risk or stands on sanctions lists, by what events told of them.
// $limit   INTEGER  rows at most
// ->       name STRING, kind STRING, risk FLOAT (mean), sanctioned FLOAT (best match), mentions INTEGER, latest STRING
// door:    GET /api/entities/trending?metric=risk
// try:     :params {limit: 20}
MATCH (x:Entity)<-[m:WHO|WHERE]-(e:Event)
WHERE m.kid IS NOT NULL AND (m.risk IS NOT NULL OR m.sanctioned IS NOT NULL)
WITH x, m, e ORDER BY e.ts DESC
RETURN x.name AS name, x.kind AS kind, round(avg(m.risk), 3) AS risk, max(m.sanctioned) AS sanctioned,
       count(m) AS mentions, collect(e.title)[0] AS latest
ORDER BY coalesce(risk, 0) + coalesce(sanctioned, 0) DESC, name LIMIT $limit

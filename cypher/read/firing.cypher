// firing: one thing that a watch told, with where and how it is delivered.
// $id    STRING  id of the firing
// ->     told STRING (JSON), url STRING, secret STRING (both NULL where it is not delivered)
// door:  jobs of the kind watch-delivery
// try:   :params {id: '9f2c…'}
MATCH (f:Firing {id: $id})
MATCH (w:Watch {id: f.watch})
RETURN f.told AS told, w.url AS url, w.secret AS secret

// judgements_named: judgements by their ids.
// $ids    LIST<STRING>  judgement ids
// ->      j MAP of the judgement's properties
// door:   merge, split, reviews, pentad dedupe
// try:    :params {ids: ['9f2c…']}
UNWIND $ids AS id
MATCH (j:Judgement {id: id})
RETURN properties(j) AS j

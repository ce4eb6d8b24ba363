// site: what attempts at pages of one host came to, oldest first.
// $host  STRING
// ->     attempts LIST<STRING> JSON each
// door:  pentad worker
// try:   :params {host: 'post.example'}
MATCH (s:Site {host: $host})
RETURN s.attempts AS attempts

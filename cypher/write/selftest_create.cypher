// selftest_create: must be refused in READ mode, which is the only mode that it is run in.
// ->     made INTEGER
// door:  GET /readyz, once a process
// try:   MATCH (n:SelfTest) RETURN count(n)
CREATE (n:SelfTest)
RETURN count(n) AS made

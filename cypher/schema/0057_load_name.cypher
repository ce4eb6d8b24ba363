// 0057_load_name: loads of files of one name, to notice that a file has changed.
CREATE INDEX load_name IF NOT EXISTS
FOR (n:Load) ON (n.name)

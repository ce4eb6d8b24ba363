// 0084_site_host_unique: one Site for each host.
CREATE CONSTRAINT site_host_unique IF NOT EXISTS
FOR (n:Site) REQUIRE n.host IS UNIQUE

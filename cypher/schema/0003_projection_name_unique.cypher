// 0003_projection_name_unique: one Projection for each name.
CREATE CONSTRAINT projection_name_unique IF NOT EXISTS
FOR (n:Projection) REQUIRE n.name IS UNIQUE

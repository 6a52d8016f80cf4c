// Note that the schema is now at this version.
// params: version: integer
// returns:
MATCH (m:Meta {id: 'meta'})
SET m.schema = $version

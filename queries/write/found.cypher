// Found the store: its identity and its first revision. Does nothing in one that has them.
// params: store: string
// returns: store, schema, revision, restoring
MERGE (m:Meta {id: 'meta'})
ON CREATE SET m.store = $store, m.schema = 0, m.revision = 0, m.now = datetime()
RETURN m.store AS store, m.schema AS schema, m.revision AS revision, m.restoring AS restoring

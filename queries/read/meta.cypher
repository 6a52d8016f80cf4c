// The store itself: its identity, schema version and revision; no row in a store that was never used.
// params:
// returns: store, schema, revision, restoring
MATCH (m:Meta {id: 'meta'})
RETURN m.store AS store, m.schema AS schema, m.revision AS revision, m.restoring AS restoring

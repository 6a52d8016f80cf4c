// The store itself: its identity, schema version and revision, and the moment of the last change; no row in a store
// that was never used.
// params:
// returns: store, schema, revision, restoring, now
MATCH (m:Meta {id: 'meta'})
RETURN m.store AS store, m.schema AS schema, m.revision AS revision, m.restoring AS restoring, m.now AS now

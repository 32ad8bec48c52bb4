// Patterns that the client needs too, which cannot load the schemas.

/** A UUID of any version (RFC 9562 §4). */
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A bearer token (RFC 6750 §2.1, b64token). */
export const b64token = /^[\w\-.~+/]+=*$/

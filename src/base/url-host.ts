/** A host name or IP address as it stands in a URL: IPv6 in brackets (RFC 3986 §3.2.2). */
export const urlHostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host)

const loopbackHost = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d+){3}|\[::1\])$/

/** True for a host that names this machine, as the URL parser serialises it (RFC 6761 §6.3; RFC 1122 §3.2.1.3). */
export const isLoopbackHost = (hostname: string): boolean => loopbackHost.test(hostname)

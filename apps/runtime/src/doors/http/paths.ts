import type { FastifyRequest } from 'fastify'

/**
 * Whether it is for the API, by the route that it found: the address as it was sent may spell the same path in many
 * ways. What found none is treated like the API.
 */
export function isForApi({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === undefined || url.startsWith('/v1/')
}

/** Whether it is for the doors of a browser that signs in or out. */
export function isForSession({ routeOptions: { url } }: FastifyRequest): boolean {
  return url !== undefined && /^\/ui(?:\/|$)/.test(url)
}

/** As routes read it, without what is asked. */
export function pathOf({ url }: FastifyRequest): string {
  const path = url.split('?')[0]!
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { RuntimeError } from '@loomcycle/proto'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../ground/config/config.ts'

/**
 * Refuses requests that a foreign page makes through somebody's browser: by a name that was pointed at this machine
 * (DNS rebinding), or from another origin.
 */
export function guardHostAndOrigin(config: Config) {
  const own = hostname().toLowerCase()
  const names = new Set(['localhost', own, `${own}.local`, ...config.allowedHosts.map((name) => name.toLowerCase())])
  return async (request: FastifyRequest) => {
    const { host, headers } = request
    const name = host && hostNameOf(host)
    if (!name || !(names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0)) {
      throw new RuntimeError(
        'host_refused',
        `This runtime does not answer to the host ${JSON.stringify(name ?? '')}; add it to LOOMCYCLE_ALLOWED_HOSTS.`,
      )
    }
    const { origin } = headers
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      throw new RuntimeError('origin_refused', `Requests from the origin ${JSON.stringify(origin)} are not taken.`)
    }
    if (isForeignPage(headers) && request.url.startsWith('/v1/')) {
      throw new RuntimeError('origin_refused', 'Requests from pages of other sites or ports are not taken.')
    }
  }
}

/** A page of another port is of the same site, and its requests bring the cookie; those for images bring no origin. */
function isForeignPage(headers: FastifyRequest['headers']): boolean {
  const site = headers['sec-fetch-site']
  return (
    (site === 'cross-site' || site === 'same-site') &&
    headers['sec-fetch-mode'] !== 'navigate' &&
    headers.authorization === undefined
  )
}

function hostNameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.toLowerCase()
  } catch {
    return undefined
  }
}

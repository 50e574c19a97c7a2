import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { RuntimeError } from '@loomcycle/proto'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'

/**
 * Refuses requests that a foreign page makes through somebody's browser: by a name that was pointed at this machine
 * (DNS rebinding), or from another origin.
 */
export function guardHostAndOrigin(config: Config) {
  const own = hostname().toLowerCase()
  const names = new Set(['localhost', own, `${own}.local`, ...config.allowedHosts.map((name) => name.toLowerCase())])
  return async (request: FastifyRequest) => {
    const host = request.headers.host
    const name = host && hostNameOf(host)
    if (!name || !(names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0)) {
      throw new RuntimeError(
        'host_refused',
        `This runtime does not answer to the host ${JSON.stringify(name ?? '')}; add it to LOOMCYCLE_ALLOWED_HOSTS.`,
      )
    }
    const { origin } = request.headers
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      throw new RuntimeError('origin_refused', `Requests from the origin ${JSON.stringify(origin)} are not taken.`)
    }
  }
}

function hostNameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname.toLowerCase()
  } catch {
    return undefined
  }
}

import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { RuntimeError } from '@loomcycle/proto'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../ground/config/config.ts'
import { credentialOf } from './auth.ts'
import { isForApi } from './paths.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Nobody is answered without a credential, where there is one to have. */
    isPrivate?: boolean
    /** Says nothing that a foreign page could make use of. */
    isPlain?: boolean
  }
}

/**
 * Refuses requests that a foreign page makes through somebody's browser: by a name that was pointed at this machine
 * (DNS rebinding), or from another origin. Such a page has no token, so one that is right needs no guard; a wrong one is
 * refused where it is looked at.
 */
export function guardHostAndOrigin({ authToken, allowedHosts, allowedOrigins }: Config) {
  const own = hostname().toLowerCase()
  const names = new Set(['localhost', own, `${own}.local`, ...allowedHosts])
  const origins = new Set(allowedOrigins)
  return async (request: FastifyRequest) => {
    const { host, headers } = request
    const { isPrivate, isPlain } = request.routeOptions.config ?? {}
    const { shown } = credentialOf(request)
    if (authToken !== undefined && isPrivate && shown?.kind === 'bearer') return

    const name = host && hostNameOf(host)
    const isKnown = name && (names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0)
    if (!isKnown && !(authToken !== undefined && isPlain)) {
      throw new RuntimeError('host_refused', refusalOf(name, allowedHosts))
    }
    const { origin } = headers
    if (origin !== undefined && origins.has(origin.toLowerCase()) && shown?.kind !== 'cookie') return
    if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
      throw new RuntimeError(
        'origin_refused',
        `Requests from the origin ${JSON.stringify(origin)} need the token as \`Authorization: Bearer …\`, or ${setting('LOOMCYCLE_ALLOWED_ORIGINS', [...allowedOrigins, origin])}`,
      )
    }
    if (isForeignPage(headers) && isForApi(request)) {
      throw new RuntimeError('origin_refused', 'Requests from pages of other sites or ports are not taken.')
    }
  }
}

function refusalOf(name: string | undefined, allowedHosts: readonly string[]): string {
  if (name === undefined) return 'The Host header of this request names no host.'
  return `This runtime does not answer to the host ${JSON.stringify(name)} without a token; ${setting('LOOMCYCLE_ALLOWED_HOSTS', [...allowedHosts, name])}`
}

function setting(variable: string, items: readonly string[]): string {
  return `set ${variable}=${items.join(',')} to allow it.`
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
  return URL.parse(`http://${host}`)?.hostname.toLowerCase()
}

import { isIP } from 'node:net'
import type {} from '@fastify/cookie'
import { type Access, type OpAccess, RuntimeError } from '@loomcycle/proto'
import type { FastifyRequest } from 'fastify'
import { plainAddress } from '../../ground/identity/address.ts'
import type { Authenticate, Credential } from '../../ground/identity/authenticate.ts'
import { mayAccess } from '../../ground/identity/principal.ts'
import { sessionSecretsOf } from './session-cookie.ts'

/** Settles who is asking and whether they may, from the headers alone; any one of the accesses is enough. */
export async function admit(authenticate: Authenticate, any: readonly (Access | OpAccess)[], request: FastifyRequest) {
  const principal = await authenticate(credentialOf(request))
  if (!any.some((access) => mayAccess(principal, access)))
    throw new RuntimeError('insufficient_scope', 'insufficient scope')
  request.principal = principal
}

/** By bearer token, else by the browser's cookie. */
export function credentialOf(request: FastifyRequest): Credential {
  const { authorization } = request.headers
  return {
    shown: authorization === undefined ? cookieOf(request) : bearerOf(authorization),
    address: addressOf(request),
    // In open mode there is no cookie to tell the web app by; browsers say where a request comes from.
    isWebApp: request.headers['sec-fetch-site'] === 'same-origin',
  }
}

/** Of the caller, as far as proxies are to be believed; what they say may be anything. */
export function addressOf({ ip, socket }: FastifyRequest): string {
  return plainAddress(isIP(ip) > 0 ? ip : (socket.remoteAddress ?? ''))
}

function bearerOf(authorization: string): Credential['shown'] {
  const [, secret] = /^bearer +(\S+) *$/i.exec(authorization) ?? []
  return secret === undefined ? { kind: 'unreadable', secret: authorization } : { kind: 'bearer', secret }
}

function cookieOf(request: FastifyRequest): Credential['shown'] {
  const secrets = sessionSecretsOf(request)
  return secrets.length > 0 ? { kind: 'cookie', secrets } : undefined
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type {} from '@fastify/cookie'
import { type Access, RuntimeError, SESSION_COOKIE } from '@loomcycle/proto'
import type { FastifyRequest } from 'fastify'
import { mayAccess, operatorTenant, type Principal } from '../identity/principal.ts'

export type Authenticate = (request: FastifyRequest) => Principal

const admin = { tenantId: operatorTenant, subject: 'default', scopes: ['substrate:admin'] }

/** Who is asking: by bearer token, else by the browser's cookie. Without a configured token everybody is the operator. */
export function authenticator(authToken: string | undefined): Authenticate {
  if (authToken === undefined) {
    return (request) => ({ ...admin, legacy: false, open: true, viaCookie: isBrowser(request) })
  }
  return (request) => {
    const { authorization } = request.headers
    const bearer = authorization === undefined ? undefined : bearerOf(authorization)
    const token = authorization === undefined ? request.cookies[SESSION_COOKIE] : bearer
    if (token === undefined || !sameSecret(token, authToken)) throw new RuntimeError('unauthorized', 'unauthorized')
    return { ...admin, legacy: true, open: false, viaCookie: authorization === undefined }
  }
}

export function requireAccess(principal: Principal, access: Access) {
  if (!mayAccess(principal, access)) throw new RuntimeError('insufficient_scope', 'insufficient scope')
}

export function bearerOf(authorization: string): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1]
}

/** Takes the same time wherever the two differ, and whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** In open mode there is no cookie to tell the web app by; browsers say where a request comes from. */
function isBrowser(request: FastifyRequest): boolean {
  return request.headers['sec-fetch-site'] === 'same-origin'
}

import { SESSION_COOKIE } from '@loomcycle/proto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Cookies know no ports: each runtime of a host has a name of its own, by the port of the address that the browser
 * uses. Over TLS the prefix keeps everybody but that very host from setting it.
 */
function sessionCookieOf({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>) {
  const secure = protocol === 'https'
  const port = URL.parse(`${protocol}://${host}`)?.port || (secure ? '443' : '80')
  return { name: `${secure ? '__Host-' : ''}${SESSION_COOKIE}_${port}`, secure }
}

/** Enough for whatever lies around in a browser; each is looked up. */
const mostCookies = 8

/** Of every cookie of the name: a browser that has several, such as of another path, sends them all, in an order of its own. */
export function sessionSecretsOf(request: FastifyRequest): string[] {
  const start = `${sessionCookieOf(request).name}=`
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const secrets = pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length))
  return [...new Set(secrets)].filter((secret) => secret !== '').slice(0, mostCookies)
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string, maxAgeMs: number) {
  const { name, secure } = sessionCookieOf(request)
  reply.setCookie(name, secret, { ...attributes, secure, maxAge: Math.floor(maxAgeMs / 1000) })
  clearOldCookie(request, reply)
}

/** Only where there is one: a page from elsewhere that asks for it brings none. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply) {
  const { name, secure } = sessionCookieOf(request)
  if (request.cookies[name] !== undefined) reply.clearCookie(name, { ...attributes, secure })
  clearOldCookie(request, reply)
}

const attributes = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Versions before sessions kept the token itself in it. */
function clearOldCookie(request: FastifyRequest, reply: FastifyReply) {
  if (request.cookies[SESSION_COOKIE] !== undefined) reply.clearCookie(SESSION_COOKIE, attributes)
}

import { faultIn } from './faults.ts'
import { type FailureClass, type FailureHints, ProviderFailure } from './provider.ts'

const MAX_CAUSE = 500
/** Shorter ones are placeholders (`none`, `x`), and taking them out would only garble the text. */
const MIN_SECRET = 6

/** Makes the failures of one service, so that no message can leave without the key taken out of it. */
export type Fail = (failureClass: FailureClass, cause: string, status?: number, hints?: FailureHints) => ProviderFailure

export function createFail(provider: string, ...secrets: (string | undefined)[]): Fail {
  return (failureClass, cause, status, hints) =>
    new ProviderFailure(provider, failureClass, shorten(secrets.reduce(redact, readable(cause))), status, hints)
}

export function classOfStatus(status: number, body: string): FailureClass {
  if ([408, 425, 429].includes(status) || status >= 500) return 'retryable'
  if (status === 404 || status === 410 ? saysModelIsGone(body) : GONE.test(body)) return 'deprecated'
  return status === 400 && UNREADABLE_CALL.test(body) ? 'retryable' : 'permanent'
}

/** Said by some with the status of any other refusal. */
const GONE =
  /\bmodel_(?:not_found|decommissioned|deprecated)\b|has been decommissioned|is not a valid model|\binvalid_model\b/i

/** The model wrote a call that its server, as Groq's, cannot read; the next time it may write another. */
const UNREADABLE_CALL =
  /tool_use_failed|failed to (?:call a function|generate (?:a )?tool[ _]calls?|parse tool[ _]calls?)/i

function saysModelIsGone(body: string): boolean {
  const namesModel = /\bmodel\b|model_|\bmodels\/[\w.-]+ is not found/i.test(body)
  return (
    namesModel &&
    /not[ _]found|not exist|n't exist|deprecat|retired|no longer|decommission|removed|unavailable|shut ?down|unknown/i.test(
      body,
    )
  )
}

/** What a service says in its JSON, with its word for that kind of error; anything else as it is. */
export function explanationIn(body: string): string {
  return faultIn(body)?.cause ?? body.trim()
}

const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether a rejected `fetch` or body read may well succeed in a moment: a name that nobody knows will not. */
export function maySoonPass(error: unknown): boolean {
  return PASSING.has(codeOf(error) ?? '')
}

/** What a rejected `fetch` or body read means, in words that name the host. */
export function transportCause(error: unknown, host: string): string {
  const code = codeOf(error)
  switch (code) {
    case 'ECONNREFUSED':
      return `connection refused by ${host}`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `connection to ${host} was reset`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `host name of ${host} could not be resolved (${code})`
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `connection to ${host} timed out`
    default:
      return `connection to ${host} failed: ${code ?? innermostMessage(error)}`
  }
}

/** `fetch` wraps the socket's error in `cause`, and a host with several addresses wraps several in `errors`. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string') return code
  }
  return undefined
}

function innermostMessage(error: unknown): string {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  return at instanceof Error ? at.message : String(at)
}

/** An HTML error page says its few words between a lot of markup. */
export function readable(cause: string): string {
  const trimmed = cause.trim()
  if (!/^(<!doctype|<html|<head|<\?xml)/i.test(trimmed)) return trimmed
  return wordsOf(trimmed).replace(/\s+/g, ' ').trim()
}

/** Between the tags, without what is written for the browser. */
function wordsOf(html: string): string {
  const [first = '', ...parts] = html.split('<')
  const words = [first]
  let skipped: string | undefined
  for (const part of parts) {
    const tag = /^\/?\w+/.exec(part)?.[0].toLowerCase()
    if (skipped !== undefined && tag !== `/${skipped}`) continue
    skipped = tag === 'style' || tag === 'script' ? tag : undefined
    if (skipped === undefined) words.push(part.slice(part.indexOf('>') + 1))
  }
  return words.join(' ')
}

function redact(text: string, secret: string | undefined): string {
  return secret && secret.length >= MIN_SECRET ? text.replaceAll(secret, '[redacted]') : text
}

function shorten(text: string): string {
  return text.length <= MAX_CAUSE ? text : `${text.slice(0, MAX_CAUSE - 1)}…`
}

import type { ProviderFailure } from '../provider.ts'

type Body = Record<string, unknown>

const REFUSED =
  /unsupported|not support|unrecognized|unknown|unexpected|not permitted|not allowed|forbidden|not a valid field/i
/** Nobody asked for these; without them a service counts no tokens. */
const DISPENSABLE = ['stream_options']
/** What agents and runs ask for. */
const ASKED_FOR = [
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'max_tokens',
  'max_completion_tokens',
  'reasoning_effort',
  'reasoning',
]

/**
 * Members of a request that a service does not take, as it was found, for each of its models. Those that nothing is lost
 * with are left out or called otherwise from then on; of the others somebody has to decide.
 */
export class RefusedMembers {
  /** By model, what a member is called; undefined: it is left out. */
  readonly #found = new Map<string, Map<string, string | undefined>>()

  without(model: string, body: Body): Body {
    const found = this.#found.get(model)
    if (!found) return body
    const kept = Object.entries(body).filter(([name]) => !found.has(name) || found.get(name) !== undefined)
    return Object.fromEntries(kept.map(([name, value]) => [found.get(name) ?? name, value]))
  }

  /** Whether the request can be had by asking otherwise. */
  learn(model: string, body: Body, failure: ProviderFailure): boolean {
    const name = refusedIn(body, failure, [...DISPENSABLE, 'max_tokens'])
    if (name === undefined) return false
    const other = name === 'max_tokens' ? 'max_completion_tokens' : undefined
    if (other !== undefined && !names(failure, other)) return false
    const found = this.#found.get(model) ?? new Map<string, string | undefined>()
    this.#found.set(model, found.set(name, other))
    return true
  }
}

/** The failure with what can be done about it, where it is for a member that somebody has asked for. */
export function withAdvice(failure: ProviderFailure, body: Body, entry: string): ProviderFailure {
  const name = refusedIn(body, failure, ASKED_FOR)
  return name === undefined ? failure : failure.withNote(`${entry} can leave ${name} out, by omit`)
}

function refusedIn(body: Body, failure: ProviderFailure, members: readonly string[]): string | undefined {
  const isOfTheRequest = failure.status === 400 || failure.status === 422
  if (!isOfTheRequest || !REFUSED.test(failure.message)) return undefined
  return members.find((name) => name in body && names(failure, name))
}

function names({ message }: ProviderFailure, member: string): boolean {
  return new RegExp(`(?<![\\w-])${member}(?![\\w-])`).test(message)
}

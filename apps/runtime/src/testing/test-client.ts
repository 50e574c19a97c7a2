import { type AgentEvent, LoomcycleClient } from '@loomcycle/client'

/** The published client, as a program would use it; streams do not come back by themselves. */
export function clientOf(runtime: { url: string }, authToken?: string): LoomcycleClient {
  return new LoomcycleClient({ baseUrl: runtime.url, resume: false, ...(authToken ? { authToken } : {}) })
}

export const say = (text: string) => [{ role: 'user' as const, content: [{ type: 'trusted-text' as const, text }] }]

/** Events as they come, read by somebody who can wait for one of them. */
export class Reader {
  readonly events: AgentEvent[] = []
  readonly #source: AsyncIterator<AgentEvent>
  readonly #abort: AbortController | undefined

  constructor(source: AsyncIterable<AgentEvent>, abort?: AbortController) {
    this.#source = source[Symbol.asyncIterator]()
    this.#abort = abort
  }

  /** Reads on until an event of this type, and returns it. */
  async until(type: string, matching: (event: AgentEvent) => boolean = () => true): Promise<AgentEvent> {
    for (;;) {
      const { value, done } = await this.#source.next()
      if (done) throw new Error(`the stream ended without ${type}; it had ${this.types().join(' ')}`)
      this.events.push(value)
      if (value.type === type && matching(value)) return value
    }
  }

  async toEnd(): Promise<AgentEvent[]> {
    for (;;) {
      const { value, done } = await this.#source.next()
      if (done) return this.events
      this.events.push(value)
    }
  }

  types(): string[] {
    return this.events.map((event) => event.type)
  }

  text(): string {
    return this.events.flatMap((event) => (event.type === 'text' ? [event.text ?? ''] : [])).join('')
  }

  leave() {
    this.#abort?.abort()
  }
}

/** Starts an interactive run and reads it. */
export function converse(
  client: LoomcycleClient,
  agent: string,
  text: string,
): Reader & { session: ReturnType<LoomcycleClient['interactiveSession']> } {
  const abort = new AbortController()
  const session = client.interactiveSession({ agent, segments: say(text), signal: abort.signal })
  return Object.assign(new Reader(session.events(), abort), { session })
}

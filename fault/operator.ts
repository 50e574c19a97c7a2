import { setTimeout as sleep } from 'node:timers/promises'
import { type AgentEvent, type LoomcycleClient, LoomcycleError, type RunOptions } from '../packages/client/src/index.ts'
import { eagerClient } from './eager-client.ts'

/** A run as it was told to its client. */
export interface Told {
  runId: string
  agentId: string
  events: AgentEvent[]
  /** Its stream came to its end. */
  isOver: boolean
}

/** On a busy machine a process that lives for moments does little in each of them. */
const patienceMs = 300_000
const retryMs = 25

/** What somebody asks of an agent, once, whose id is seen in everything that comes of it. */
export function request(agent: string, text: string, id: string) {
  return {
    agent,
    userId: `user-${id}`,
    idempotencyKey: `start-${id}`,
    segments: [{ role: 'user' as const, content: [{ type: 'trusted-text' as const, text }] }],
  }
}

/** Somebody who uses the runtime through the client, and repeats what was not acknowledged. */
export class Operator {
  readonly told: Told[] = []
  readonly acknowledged: { runId: string; inputId: string; text: string }[] = []
  readonly client: LoomcycleClient
  #said = 0
  #changed = Promise.withResolvers<void>()

  constructor(url: string) {
    this.client = eagerClient(url)
  }

  /** Starts a run and goes on listening to it; resolves once its ids are known. */
  async start(options: RunOptions): Promise<Told> {
    const told: Told = { runId: '', agentId: '', events: [], isOver: false }
    const failed = Promise.withResolvers<never>()
    this.#listen(told, options).catch(failed.reject)
    failed.promise.catch(() => {})
    await Promise.race([this.until(`the start of ${options.agent}`, () => told.runId !== ''), failed.promise])
    this.told.push(told)
    return told
  }

  async say(told: Told, text: string): Promise<string> {
    const idempotencyKey = `say-${told.runId}-${++this.#said}`
    const { input_id } = await this.insist(text, () => this.client.sendRunInput(told.runId, text, { idempotencyKey }))
    if (!input_id) throw new Error(`an input of ${told.runId} was acknowledged without an id`)
    this.acknowledged.push({ runId: told.runId, inputId: input_id, text })
    this.#tell()
    return input_id
  }

  /** Asks until somebody answers. Refusals among `expected` count as an answer: it may have been done the first time. */
  async insist<T>(what: string, ask: () => Promise<T>, expected: readonly string[] = []): Promise<T> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (isRefusal(error)) {
          if (expected.includes(error.code ?? '')) return undefined as T
          throw error
        }
        if (Date.now() > deadline) throw new Error(`nobody answered for ${patienceMs} ms: ${what}`, { cause: error })
        await sleep(retryMs)
      }
    }
  }

  async until(what: string, isTrue: () => boolean): Promise<void> {
    const deadline = Date.now() + patienceMs
    while (!isTrue()) {
      if (Date.now() > deadline) throw new Error(`it has not come in ${patienceMs} ms: ${what}`)
      await Promise.race([this.#changed.promise, sleep(1000)])
    }
  }

  async #listen(told: Told, options: RunOptions): Promise<void> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      try {
        for await (const event of this.client.runStreaming(options)) {
          if (event.type === 'agent') {
            told.runId = event.run_id ?? ''
            told.agentId = event.agent_id ?? ''
          } else if (event.seq !== undefined) told.events.push(event)
          this.#tell()
        }
        told.isOver = true
        return this.#tell()
      } catch (error) {
        // Before the first frame nobody has acknowledged anything; the key makes asking again harmless.
        if (told.runId !== '' || isRefusal(error) || Date.now() > deadline) throw error
        await sleep(retryMs)
      }
    }
  }

  #tell() {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

function isRefusal(error: unknown): error is LoomcycleError {
  return error instanceof LoomcycleError && error.status !== undefined && error.status < 500 && error.status !== 429
}

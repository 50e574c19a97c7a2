import { type Clock, systemClock } from '../../../ground/clock.ts'
import type { HttpClient } from '../http.ts'
import type { ModelNotes } from '../provider.ts'
import { isObject } from '../tools/tool-input.ts'
import { listedWindow } from '../window-in.ts'

/** What the server knows of a model; a member is missing where it is too old to say. */
export interface AboutModel {
  thinks?: boolean
  sees?: boolean
  talks?: boolean
  /** It thinks so much or so much, rather than or not. */
  hasLevels: boolean
  /** The server only passes questions on to somebody else. */
  isElsewhere: boolean
  /** Tokens that it was made for. */
  contextLength?: number
  /** Tokens that it is set to. */
  contextSet?: number
}

export interface AboutOptions {
  /** Tokens that it is loaded with, where that is asked for with each request. */
  contextTokens?: number
  /** It is somebody else who loads the models, as large as they are. */
  isCloud: boolean
  clock?: Pick<Clock, 'now'>
}

const PROBE_MS = 2000
const KNOWN_MS = 300_000
const UNKNOWN_MS = 60_000
/** So many models are asked about one by one. */
const MOST_ASKED = 40

interface Known<T> {
  at: number
  value: T | undefined
}

/** What the server says of its models, asked seldom and never waited for long. */
export class AboutModels {
  readonly #http: HttpClient
  readonly #options: AboutOptions
  readonly #clock: Pick<Clock, 'now'>
  readonly #shown = new Map<string, Known<AboutModel>>()
  readonly #loaded = new Map<string, Known<number>>()

  constructor(http: HttpClient, options: AboutOptions) {
    this.#http = http
    this.#options = options
    this.#clock = options.clock ?? systemClock
  }

  /** Undefined where the server does not say. */
  async about(model: string, signal: AbortSignal): Promise<AboutModel | undefined> {
    const ask = async () => {
      const shown = await this.#ask('/api/show', signal, { model })
      return isObject(shown) ? aboutIn(shown, model) : undefined
    }
    return remembered(this.#shown, model, this.#clock.now(), ask)
  }

  /** As far as it has been asked about. */
  known(model: string): AboutModel | undefined {
    return this.#shown.get(model)?.value
  }

  /** Tokens that it takes, as it is loaded or would be; undefined where only loading it will tell. */
  async window(model: string, signal: AbortSignal): Promise<number | undefined> {
    const { contextTokens, isCloud } = this.#options
    const about = await this.about(model, signal)
    if (contextTokens !== undefined) return Math.min(contextTokens, about?.contextLength ?? contextTokens)
    if (isCloud || about?.isElsewhere) return about?.contextLength
    const ask = async () => {
      const running = await this.#ask('/api/ps', signal)
      return listedWindow(running, model) ?? listedWindow(running, `${model}:latest`)
    }
    return (await remembered(this.#loaded, model, this.#clock.now(), ask, 0)) ?? about?.contextSet
  }

  /** Sizes, what is loaded, and what each can do. Throws a `ProviderFailure` where the server cannot be asked. */
  async notes(signal: AbortSignal): Promise<Map<string, ModelNotes>> {
    const [tags, running] = await Promise.all([this.#http.getJson('/api/tags', signal), this.#ask('/api/ps', signal)])
    const listed = modelsIn(tags)
    await Promise.all(listed.slice(0, MOST_ASKED).map(({ name }) => this.about(name, signal)))
    const loaded = new Set(modelsIn(running).map(({ name }) => name))
    return new Map(
      listed.map(({ name, size }) => {
        const contextWindow = this.#windowKnown(name, running)
        return [
          name,
          {
            ...(size === undefined ? {} : { sizeBytes: size }),
            ...(running ? { isLoaded: loaded.has(name) } : {}),
            ...(contextWindow === undefined ? {} : { contextWindow }),
          },
        ]
      }),
    )
  }

  /** As it is loaded or set, else at most as much as it was made for where that is asked for. */
  #windowKnown(model: string, running: unknown): number | undefined {
    const { contextTokens } = this.#options
    const { contextLength, contextSet, isElsewhere } = this.known(model) ?? {}
    if (contextTokens !== undefined) return Math.min(contextTokens, contextLength ?? contextTokens)
    return isElsewhere ? contextLength : (listedWindow(running, model) ?? contextSet)
  }

  async #ask(path: string, signal: AbortSignal, body?: unknown): Promise<unknown> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)])
    return this.#http.getJson(path, limit, body).catch(() => undefined)
  }
}

async function remembered<T>(
  all: Map<string, Known<T>>,
  key: string,
  now: number,
  ask: () => Promise<T | undefined>,
  unknownMs = UNKNOWN_MS,
): Promise<T | undefined> {
  const known = all.get(key)
  if (known && now - known.at < (known.value === undefined ? unknownMs : KNOWN_MS)) return known.value
  const value = (await ask()) ?? known?.value
  all.set(key, { at: now, value })
  return value
}

function aboutIn(shown: Record<string, unknown>, model: string): AboutModel {
  const can = Array.isArray(shown.capabilities) ? shown.capabilities : undefined
  const info = isObject(shown.model_info) ? shown.model_info : {}
  const details = isObject(shown.details) ? shown.details : {}
  const contextLength = count(Object.entries(info).find(([key]) => key.endsWith('.context_length'))?.[1])
  const parameters = typeof shown.parameters === 'string' ? shown.parameters : ''
  const contextSet = count(Number(/^num_ctx\s+(\d+)\s*$/m.exec(parameters)?.[1]))
  return {
    ...(can && { thinks: can.includes('thinking'), sees: can.includes('vision'), talks: can.includes('completion') }),
    hasLevels: /^gpt-?oss$/.test(String(details.family)) || /gpt-oss/.test(model),
    isElsewhere: typeof shown.remote_host === 'string' && shown.remote_host !== '',
    ...(contextLength ? { contextLength } : {}),
    ...(contextSet ? { contextSet } : {}),
  }
}

/** Of a list of models, those that have a name. */
export function modelsIn(answer: unknown): { name: string; size?: number }[] {
  const models = isObject(answer) && Array.isArray(answer.models) ? answer.models : []
  return models.flatMap((model) => {
    const name = isObject(model) ? (model.name ?? model.model) : undefined
    const size = isObject(model) ? count(model.size) : undefined
    return typeof name === 'string' ? [{ name, ...(size ? { size } : {}) }] : []
  })
}

function count(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
}

import type { Clock } from '../../ground/clock.ts'
import type { ModelChoice } from '../../ground/config/config.ts'
import type { ProviderFailure } from '../providers/provider.ts'
import { readRefusal } from '../providers/refusals.ts'
import type { Lack } from './cascade.ts'
import type { Listing } from './listings.ts'
import { setUpOf } from './set-up-of.ts'

const usualCooldownMs = 30_000
/** Refusals of what was asked, which say nothing of who refused. */
const ofTheRequest = [400, 409, 413, 415, 422]

/** So many models of a service are known of that it does not list: those that were asked last. */
const mostUnlisted = 100

export interface ModelState {
  /** False where its service names its models, and this is none of them. */
  listed: boolean
  /** It failed, and nothing has been heard of it since. */
  stalled: boolean
  /** It was asked too much, and is left alone until then. */
  coolingUntil?: number
}

/** What went wrong last. */
export interface FailureNote {
  at: number
  error: string
  /** None where the service was asked for its models. */
  model?: string
}

export interface ServiceState {
  reachable: boolean
  models: Map<string, ModelState>
  /** Undefined until it was asked for its models. */
  lastCheck?: number
  lastError?: string
  /** Stays when all is well again. */
  lastFailure?: FailureNote
}

/**
 * How the models of each service are doing, as far as that is known: from what they answer, and from asking the services
 * for their models. What nothing is known of is taken to be there.
 */
export class Availability {
  readonly #clock: Pick<Clock, 'now'>
  readonly #has: (provider: string) => boolean
  readonly #services = new Map<string, ServiceState>()
  readonly #names = new Map<string, readonly string[]>()

  /** `has`: which services are set up. */
  constructor(clock: Pick<Clock, 'now'>, has: (provider: string) => boolean) {
    this.#clock = clock
    this.#has = has
  }

  get services(): ReadonlyMap<string, ServiceState> {
    return this.#services
  }

  /** A service was asked for its models. An answer ends stalls, and no cooldown that was asked for. */
  listed(provider: string, { at, models, error }: Listing) {
    const service = this.#service(provider)
    service.lastCheck = at
    service.reachable = error === undefined
    if (error !== undefined) {
      service.lastError = error
      service.lastFailure = { at, error }
      return
    }
    delete service.lastError
    this.#names.set(provider, models)
    for (const model of models) this.#model({ provider, model })
    for (const [model, state] of service.models) {
      state.listed = isListed(models, model)
      state.stalled = false
    }
  }

  answered(choice: ModelChoice) {
    this.#service(choice.provider).reachable = true
    this.#model(choice).stalled = false
  }

  /** After the last retry. `cooldownMs`: for one that does not say how long it wants to be left alone. */
  failed(choice: ModelChoice, failure: ProviderFailure, cooldownMs = usualCooldownMs) {
    const { failureClass, status, hints } = failure
    if (failureClass === 'cancelled') return
    // Without money it is not asked too much, and comes back when somebody pays.
    const wasAskedTooMuch = (status === 429 && !hints.final) || hints.retryAfterMs !== undefined
    if (!wasAskedTooMuch && isOfTheRequest(failure)) return
    const at = this.#clock.now()
    this.#service(choice.provider).lastFailure = { at, error: failure.message, model: choice.model }
    if (wasAskedTooMuch) {
      const until = at + (hints.retryAfterMs ?? cooldownMs)
      const model = this.#model(choice)
      model.coolingUntil = Math.max(model.coolingUntil ?? 0, until)
      return
    }
    this.#model(choice).stalled = true
  }

  isCooling({ provider, model }: ModelChoice): boolean {
    return (this.#services.get(provider)?.models.get(model)?.coolingUntil ?? 0) > this.#clock.now()
  }

  /** Why it cannot be had now. */
  readonly lackOf: Lack = (choice) => {
    const { provider, model } = choice
    if (!this.#has(provider)) return `is not set up: ${setUpOf(provider)}`
    const service = this.#services.get(provider)
    if (!service) return undefined
    if (!service.reachable) return `cannot be reached${service.lastError ? ` (${service.lastError})` : ''}`
    const state = service.models.get(model)
    if (!(state?.listed ?? isListed(this.#names.get(provider) ?? [], model)))
      return 'is not among the models of its service'
    if (state?.coolingUntil !== undefined && state.coolingUntil > this.#clock.now()) {
      return `was asked too much and is left alone until ${new Date(state.coolingUntil).toISOString()}`
    }
    return state?.stalled ? 'has failed and not answered since' : undefined
  }

  /** It was not there when it was last looked for, and may be by now. */
  isWorthAsking({ provider, model }: ModelChoice): boolean {
    const service = this.#services.get(provider)
    return (
      this.#has(provider) &&
      service !== undefined &&
      (!service.reachable || service.models.get(model)?.stalled === true)
    )
  }

  /** When the first of those that are left alone can be asked again. */
  earliest(choices: readonly ModelChoice[]): number | undefined {
    const until = choices.filter((choice) => this.isCooling(choice)).map((choice) => this.#model(choice).coolingUntil!)
    return until.length > 0 ? Math.min(...until) : undefined
  }

  #service(provider: string): ServiceState {
    let service = this.#services.get(provider)
    if (!service) {
      service = { reachable: true, models: new Map() }
      this.#services.set(provider, service)
    }
    return service
  }

  #model({ provider, model }: ModelChoice): ModelState {
    const { models } = this.#service(provider)
    const names = this.#names.get(provider) ?? []
    const state = models.get(model) ?? { listed: isListed(names, model), stalled: false }
    const isNew = models.delete(model) === false
    models.set(model, state)
    if (isNew) forgetOldest(models, names)
    return state
  }
}

/** The names that somebody made up would otherwise be kept for as long as the process lives. */
function forgetOldest(models: Map<string, ModelState>, names: readonly string[]) {
  const listed = new Set(names)
  const unlisted = [...models.keys()].filter((model) => !listed.has(model))
  for (const model of unlisted.slice(0, Math.max(unlisted.length - mostUnlisted, 0))) models.delete(model)
}

function isOfTheRequest({ failureClass, status, hints, message }: ProviderFailure): boolean {
  if (readRefusal(message) !== undefined) return true
  return failureClass !== 'deprecated' && !hints.final && status !== undefined && ofTheRequest.includes(status)
}

/** A service that names none does not say. A name without a date or a tag stands for one with it. */
export function isListed(models: readonly string[], model: string): boolean {
  if (models.length === 0 || models.includes(model) || models.includes(`${model}:latest`)) return true
  return models.some((known) => known.startsWith(`${model}-`) && /^-\d{6,8}$/.test(known.slice(model.length)))
}

import type { wire } from '@loomcycle/client'
import { type Choice, type Use, usesOf } from './uses.ts'

export type Health = 'well' | 'unasked' | 'silent' | 'failed' | 'resting' | 'empty' | 'script'

/** A model service that is set up, and how it is doing. */
export interface Service {
  id: string
  health: Health
  /** Used where an agent names no service. */
  isDefault: boolean
  /** Unix milliseconds. */
  checkedAt?: number
  /** Why it does not answer. */
  error?: string
  /** What went wrong last, where all is well since. */
  lastFailure?: wire.ProviderFailureNote
  source?: wire.ResolverProviderAvailability['source']
  keyVariable?: string
  addressVariable?: string
  models: ServiceModel[]
}

export interface ServiceModel {
  id: string
  about?: wire.CatalogueModel
  /** Used where an agent names the service alone. */
  isUsual: boolean
  trouble?: 'failed' | 'resting' | 'unlisted'
  /** Unix milliseconds. */
  restsUntil?: number
  uses: Use[]
}

/** One that could be set up, and how. */
export interface OtherService {
  id: string
  toSetUp: string
  keyVariable?: string
  addressVariable?: string
  /** What was found where it was looked for. */
  sought?: string
}

export interface Told {
  catalogue: wire.ModelCatalogue
  /** For operators only. */
  matrix?: wire.ResolverMatrix
  routing?: wire.RoutingView
  agents?: readonly { name: string; definition: Readonly<Record<string, unknown>> }[]
}

/** Those that are set up, the ones that have a model behind them first. */
export function toServices(told: Told): Service[] {
  const { catalogue, matrix } = told
  const uses = usesOf(told)
  const now = matrix ? Date.parse(matrix.generated_at) : 0
  const services = catalogue.providers.map((listed): Service => {
    const { provider: id, error, read_at } = listed
    const state = matrix?.providers[id]
    const used = uses.filter(({ choice }) => choice.provider === id)
    const models = modelsOf(listed, state, used, now)
    const checked = state?.last_check ?? read_at
    return {
      id,
      health: healthOf(listed, state, models),
      isDefault: listed.default === true,
      models,
      ...(checked && { checkedAt: Date.parse(checked) }),
      ...((state?.last_error ?? error) && { error: state?.last_error ?? error }),
      ...(state?.last_failure && { lastFailure: state.last_failure }),
      ...(state?.source && { source: state.source }),
      ...(state?.key_variable && { keyVariable: state.key_variable }),
      ...(state?.address_variable && { addressVariable: state.address_variable }),
    }
  })
  return services.toSorted((a, b) => rank(a) - rank(b))
}

export function otherServices(matrix: wire.ResolverMatrix | undefined): OtherService[] {
  return Object.entries(matrix?.providers ?? {}).flatMap(([id, state]) =>
    state.excluded
      ? [
          {
            id,
            toSetUp: state.to_set_up ?? '',
            ...(state.key_variable && { keyVariable: state.key_variable }),
            ...(state.address_variable && { addressVariable: state.address_variable }),
            ...(state.last_error && { sought: state.last_error }),
          },
        ]
      : [],
  )
}

/** Whether anybody could be asked who is not a script. */
export function hasModel(services: readonly Service[]): boolean {
  return services.some(({ health }) => health !== 'script')
}

function rank({ health, isDefault }: Service): number {
  if (health === 'script') return 2
  return isDefault ? 0 : 1
}

function healthOf(
  { scripted, error }: wire.CatalogueProvider,
  state: wire.ResolverProviderAvailability | undefined,
  models: readonly ServiceModel[],
): Health {
  if (scripted || state?.source === 'builtin') return 'script'
  if (state ? !state.reachable : error !== undefined) return 'silent'
  if (state && !state.last_check && models.length === 0) return 'unasked'
  if (models.some(({ trouble }) => trouble === 'failed')) return 'failed'
  if (models.some(({ trouble }) => trouble === 'resting')) return 'resting'
  return models.length === 0 ? 'empty' : 'well'
}

/** Those that something uses first, then those that are loaded; else as the service has them. */
function modelsOf(
  { models, default_model }: wire.CatalogueProvider,
  state: wire.ResolverProviderAvailability | undefined,
  used: readonly { choice: Choice; use: Use }[],
  now: number,
): ServiceModel[] {
  const known = new Map(models.map((model) => [model.id, model]))
  const wanted = used.flatMap(({ choice: { model } }) => (model === undefined || isAmong(model, known) ? [] : [model]))
  const all = [...known.keys(), ...new Set(wanted)].map((id): ServiceModel => {
    const about = known.get(id)
    const { stalled, rate_limited_until: until } = state?.models[id] ?? {}
    const isResting = until !== undefined && Date.parse(until) > now
    const isUnlisted = !about && models.length > 0
    const trouble = stalled ? 'failed' : isResting ? 'resting' : isUnlisted ? 'unlisted' : undefined
    const isUsual = id === default_model
    return {
      id,
      isUsual,
      uses: used.flatMap(({ choice: { model }, use }) =>
        model === undefined ? (isUsual ? [use] : []) : isSame(model, id) ? [use] : [],
      ),
      ...(about && { about }),
      ...(trouble && { trouble }),
      ...(isResting && { restsUntil: Date.parse(until) }),
    }
  })
  return all.toSorted((a, b) => weight(b) - weight(a))
}

function weight({ uses, isUsual, about, trouble }: ServiceModel): number {
  if (trouble) return 3
  return uses.length > 0 || isUsual ? 2 : about?.loaded ? 1 : 0
}

/** A name without a tag or a date stands for one with it. */
function isSame(asked: string, listed: string): boolean {
  if (asked === listed || `${asked}:latest` === listed) return true
  return listed.startsWith(`${asked}-`) && /^-\d{6,8}$/.test(listed.slice(asked.length))
}

function isAmong(asked: string, known: ReadonlyMap<string, unknown>): boolean {
  return [...known.keys()].some((listed) => isSame(asked, listed))
}

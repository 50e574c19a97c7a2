import { type ListedModel, RuntimeError, tiers } from '@loomcycle/proto'
import { codeJs } from '../../ground/config/code-agents.ts'
import { nearest } from '../../ground/validation.ts'
import type { Provider } from '../../models/providers/provider.ts'
import { modelServices } from '../../models/providers/registry.ts'
import { isListed } from '../../models/routing/availability.ts'
import { candidatesFor, userTierOf } from '../../models/routing/cascade.ts'
import { usualProvider, type Wanted } from '../../models/routing/resolve.ts'
import { providerMeant, setUpOf } from '../../models/routing/set-up-of.ts'
import type { WantedModel } from './chat-request.ts'
import type { GatewayDeps } from './deps.ts'

type NamesDeps = Pick<GatewayDeps, 'config' | 'routing'>

/** What agents run on that name nothing. */
const usual = 'default'

/** What a request says of its model, as the resolver takes it: a service goes before a model, and that before a tier. */
export async function modelMeant(deps: NamesDeps, { provider, model, tier }: WantedModel): Promise<Wanted> {
  const wanted = provider ? pinOf(deps, provider, model) : model ? await named(deps, model) : tierNamed(tier)
  if (wanted.provider !== codeJs) return wanted
  throw new RuntimeError('invalid_request', `${codeJs} answers for agents that are code; start a run of one instead.`)
}

function pinOf({ config, routing: { providers } }: NamesDeps, id: string, name: string | undefined): Wanted {
  const alias = name === undefined ? undefined : config.aliases[name]
  const model = alias?.provider === id ? alias.model : name
  if (providerMeant(id, providers)) return { provider: id, ...(model && { model }) }
  if (modelServices.some((service) => service.id === id)) throw notSetUp(id)
  throw new RuntimeError('provider_unknown', `there is no model service ${quoted(id)}; there are ${namesOf(providers)}`)
}

function tierNamed(name: string | undefined): Wanted {
  if (name === undefined || name === usual) return {}
  const tier = tiers.find((known) => known === name)
  if (tier) return { tier }
  throw new RuntimeError('invalid_request', `there is no tier ${quoted(name)}; there are ${tiers.join(', ')}`)
}

async function named(deps: NamesDeps, name: string): Promise<Wanted> {
  const { config, routing } = deps
  const alias = config.aliases[name]
  if (alias) return alias
  if (name === usual || tiers.some((tier) => tier === name)) return tierNamed(name)
  const slash = name.indexOf('/')
  const prefix = slash > 0 ? name.slice(0, slash) : undefined
  if (prefix !== undefined && providerMeant(prefix, routing.providers)) {
    return { provider: prefix, model: name.slice(slash + 1) }
  }
  const listed = await listedModels(deps)
  const has = listed.find(({ models }) => models.length > 0 && isListed(models, name))
  if (has) return { provider: has.provider.id, model: name }
  if (prefix !== undefined && modelServices.some(({ id }) => id === prefix)) throw notSetUp(prefix)
  // It may have more than it says.
  const [first] = listed
  if (first?.models.length === 0) return { provider: first.provider.id, model: name }
  throw notFound(name, await listNames(deps))
}

/** Of each service, the one that agents use first; then by the order of the configuration. */
async function listedModels({ config, routing: { providers, listings } }: NamesDeps) {
  const first = usualProvider(config, providers)
  const place = ({ id }: Provider) => {
    const at = config.providerPriority?.indexOf(id) ?? 0
    return id === first ? -1 : at < 0 ? Number.POSITIVE_INFINITY : at
  }
  const all = [...providers.values()].filter(({ id }) => id !== codeJs).sort((a, b) => place(a) - place(b))
  return Promise.all(all.map(async (provider) => ({ provider, models: (await listings.of(provider)).models })))
}

/** Whatever may stand for a model in a request. */
export async function listAskable(deps: NamesDeps): Promise<ListedModel[]> {
  const { config } = deps
  const ours = [
    ...Object.keys(config.aliases),
    ...tiers.filter((tier) => candidatesFor({ tier }, userTierOf(config), config).length > 0),
  ]
  const theirs = (await listedModels(deps)).flatMap(({ provider: { id }, models }) =>
    models.toSorted().map((model) => listing(`${id}/${model}`, id)),
  )
  return [...ours.map((name) => listing(name, 'loomcycle')), ...theirs]
}

export async function getAskable(deps: NamesDeps, id: string): Promise<ListedModel> {
  const all = await listAskable(deps)
  const found = all.find((one) => one.id === id) ?? all.find((one) => one.id.slice(one.id.indexOf('/') + 1) === id)
  if (found) return found
  throw notFound(
    id,
    all.map((one) => one.id),
  )
}

async function listNames(deps: NamesDeps): Promise<string[]> {
  return (await listAskable(deps)).map(({ id }) => id)
}

function listing(id: string, owned_by: string): ListedModel {
  return { id, object: 'model', created: 0, owned_by }
}

function notFound(name: string, known: readonly string[]): RuntimeError {
  const bare = known.map((id) => id.slice(id.indexOf('/') + 1))
  const close = nearest(name, [...known, ...bare])
  const advice = close ? `did you mean ${close}?` : 'GET /v1/models lists what there is'
  return new RuntimeError('model_not_found', `there is no model ${quoted(name)}; ${advice}`, { param: 'model' })
}

function notSetUp(id: string): RuntimeError {
  return new RuntimeError('provider_unavailable', `${id} is not set up; ${setUpOf(id)} and start again`)
}

function namesOf(providers: ReadonlyMap<string, Provider>): string {
  return [...providers.keys()].filter((id) => id !== codeJs).join(', ')
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 128))
}

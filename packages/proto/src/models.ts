import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { tiers } from './runs.ts'
import { Bool, Int, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

export const CatalogueModel = object('CatalogueModel', {
  id: Text('As the service calls it.'),
  effort: optional(Bool('It can be told how much to think.')),
  size_bytes: optional(Int('On the disk of the machine that it runs on.')),
  loaded: optional(Bool('Whether it is in the memory of that machine, and answers without being read first.')),
  pictures: optional(Bool('It can be shown pictures.')),
  context_window: optional(Int('Tokens that it takes, where that is set or its service says so.')),
})
export type CatalogueModel = Of<typeof CatalogueModel>

export const CatalogueProvider = object('CatalogueProvider', {
  provider: Text(),
  default: optional(Bool('Used where an agent names no service.')),
  default_model: optional(Text('Used where an agent of this service names no model.')),
  scripted: optional(Bool('It plays scripts; no model is behind it.')),
  models: Type.Array(CatalogueModel, { description: 'In order of name.' }),
  read_at: optional(Time('When the service was asked.')),
  error: optional(Text('Why the service could not be asked; the models are those it named before, if it did.')),
})
export type CatalogueProvider = Of<typeof CatalogueProvider>

export const ModelChoice = object('ModelChoice', { provider: Text(), model: Text() })

export const ModelCatalogue = object('ModelCatalogue', {
  providers: Type.Array(CatalogueProvider),
  aliases: optional(
    Type.Record(Type.String(), ModelChoice, { description: 'Names that models have in the configuration.' }),
  ),
})
export type ModelCatalogue = Of<typeof ModelCatalogue>

export const ResolverModelStatus = object('ResolverModelStatus', {
  listed: Bool('False where its service names its models, and this is none of them.'),
  stalled: Bool('It has failed, and nothing has been heard of it since.'),
  rate_limited_until: optional(Time('It was asked too much, and is left alone until then.')),
})
export type ResolverModelStatus = Of<typeof ResolverModelStatus>

export const ProviderFailureNote = object('ProviderFailureNote', {
  at: Time(),
  error: Text(),
  model: optional(Text('The one that was asked; none where the service was asked for its models.')),
})

const providerSources = ['environment', 'file', 'found', 'builtin'] as const

export const ResolverProviderAvailability = object('ResolverProviderAvailability', {
  excluded: Bool('It is not set up.'),
  reachable: Bool('It answered when it was last asked for its models, or was not asked yet.'),
  models: Type.Record(Type.String(), ResolverModelStatus),
  last_check: optional(Time('When it was asked for its models.')),
  last_error: optional(Text('Why it could not be asked.')),
  last_failure: optional(ProviderFailureNote),
  source: optional(
    oneOf(
      providerSources,
      'What set it up: variables, a configuration file, nobody (it was found on this machine), or it comes with the runtime.',
    ),
  ),
  key_variable: optional(Text('The environment variable that its key is in. Its value is never told.')),
  address_variable: optional(Text('The environment variable that its address is in.')),
  stand_in: optional(Text('The service that its name means instead, as things are set up.')),
  to_set_up: optional(Text('What to do so that it is there; for one that is not set up.')),
})
export type ResolverProviderAvailability = Of<typeof ResolverProviderAvailability>

export const ResolverMatrix = object('ResolverMatrix', {
  generated_at: Time(),
  providers: Type.Record(Type.String(), ResolverProviderAvailability),
})
export type ResolverMatrix = Of<typeof ResolverMatrix>

export const ProviderModels = object('ProviderModels', {
  provider: Text(),
  fetched_at: Time(),
  duration_ms: Int(),
  models: Type.Array(Text(), { description: 'In order of name.' }),
})
export type ProviderModels = Of<typeof ProviderModels>

export const RoutingChoice = object('RoutingChoice', {
  provider: Text(),
  model: Text(),
  primary: Bool('It goes before all others.'),
  available: optional(Bool('It can be had now. This and what follows are told to operators alone.')),
  selected: optional(Bool('A run that begins now begins with it.')),
  reachable: optional(Bool()),
  stalled: optional(Bool()),
  rate_limited: optional(Bool()),
})
export type RoutingChoice = Of<typeof RoutingChoice>

export const RoutingUserTier = object('RoutingUserTier', {
  name: Text(),
  fallback_on_error: Bool('A run goes on with another model of its tier where its own fails.'),
  tiers: Type.Array(
    object('RoutingTier', {
      tier: oneOf(tiers),
      cascade: Type.Array(RoutingChoice, { description: 'In the order they are tried.' }),
    }),
  ),
})
export type RoutingUserTier = Of<typeof RoutingUserTier>

export const RoutingView = object('RoutingView', {
  generated_at: Time(),
  admin: Bool('How the models are doing is told as well.'),
  providers: optional(Type.Record(Type.String(), ResolverProviderAvailability)),
  user_tiers: Type.Array(RoutingUserTier, {
    description:
      'Of agents that say nothing themselves of models and services. One, `default`, where none are configured.',
  }),
})
export type RoutingView = Of<typeof RoutingView>

export const modelEndpoints = {
  listModels: endpoint({
    method: 'GET',
    path: '/v1/_models',
    summary: 'The model services that are set up, and what models each of them has',
    access: 'runs:read',
    query: object('ModelsQuery', { fresh: optional(Bool('Ask the services again, though they were asked lately.')) }),
    result: ModelCatalogue,
    errors: ['invalid_request'],
    envelope: 'json',
  }),
  getResolver: endpoint({
    method: 'GET',
    path: '/v1/_resolver',
    summary: 'How model services and their models are doing, as far as that is known',
    access: 'substrate:admin',
    result: ResolverMatrix,
    errors: [],
    envelope: 'json',
  }),
  resolveProbe: endpoint({
    method: 'POST',
    path: '/v1/_resolve/probe',
    summary: 'Ask all model services for their models now; one that was asked a moment ago is not asked again',
    access: 'substrate:admin',
    key: 'none',
    result: ResolverMatrix,
    errors: [],
    envelope: 'json',
  }),
  listProviderModels: endpoint({
    method: 'GET',
    path: '/v1/_providers/{id}/models',
    summary: 'The models of one service, asked of it now',
    access: 'substrate:admin',
    result: ProviderModels,
    errors: ['provider_unknown', 'provider_unavailable', 'provider_list_failed'],
    envelope: 'json',
  }),
  getRouting: endpoint({
    method: 'GET',
    path: '/v1/_routing',
    summary: 'Which models stand for the tiers of agents, for each tier of users',
    access: 'substrate:tenant',
    result: RoutingView,
    errors: [],
    envelope: 'json',
  }),
}

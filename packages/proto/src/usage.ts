import { Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { LimitScope } from './events.ts'
import { Bool, Int, type Of, object, oneOf, optional, Text, Time } from './schema.ts'

const tenant = optional(Text('Another tenant than one’s own; for admins, who are told of all of them without it.'))

export const usageDimensions = [
  'tenant',
  'user',
  'provider',
  'model',
  'source',
  'day',
  'agent',
  'session',
  'run',
] as const
export const UsageDimension = oneOf(usageDimensions)
export type UsageDimension = Of<typeof UsageDimension>

export const mostUsageRows = 10_000
const usualUsageRows = 1000

export const UsageQuery = object('UsageQuery', {
  group_by: optional(Text(`Comma-separated: ${usageDimensions.join(', ')}. One row for everything without it.`)),
  from: optional(Text('The first day that counts: YYYY-MM-DD, or a time of it. Days are those of UTC.')),
  to: optional(
    Text(
      'The last day that counts; a time stands for its day, and midnight, to the second, for the day that ends then.',
    ),
  ),
  tenant,
  user_id: optional(Text('Only of this user.')),
  agent: optional(Text('Only of this agent.')),
  session_id: optional(Text('Only of this session. What runs took is known as long as their session is there.')),
  run_id: optional(Text('Only of this run; what runs that it started took is theirs.')),
  document_id: optional(Text('Only of runs about cards of this document, and of those that they started.')),
  chunk_id: optional(Text('Only of runs about this card; `document_id` says where it is.')),
  limit: optional(
    Type.Integer({
      minimum: 1,
      maximum: mostUsageRows,
      default: usualUsageRows,
      description: 'Rows at most.',
    }),
  ),
})
export type UsageQuery = Of<typeof UsageQuery>

export const UsageAggregate = object('UsageAggregate', {
  tenant_id: optional(Text()),
  user_id: optional(Text()),
  provider: optional(Text()),
  model: optional(Text()),
  credential_source: optional(Text('Whose key paid: `operator`, whose keys the runtime has.')),
  day: optional(Text('YYYY-MM-DD, in UTC.')),
  agent: optional(Text('Empty for calls that no agent made.')),
  session_id: optional(Text()),
  run_id: optional(Text()),
  input_tokens: Int('Read anew.'),
  output_tokens: Int('Written, reasoning included.'),
  cache_creation_tokens: Int('Read, and kept in the provider’s prompt cache.'),
  cache_read_tokens: Int('Read from the provider’s prompt cache.'),
  cost: Type.Number({ description: 'Of the calls that had a price when they were made, at that price.' }),
  currency: optional(
    Text(
      'Of `cost`; none where nothing had a price. A group has a row for each currency that its calls were priced in.',
    ),
  ),
  call_count: Int('Model calls.'),
  unpriced_calls: Int('Of those, the ones that no price was known for; `cost` has nothing of them.'),
})
export type UsageAggregate = Of<typeof UsageAggregate>

export const UsageReport = object('UsageReport', {
  group_by: Type.Array(UsageDimension),
  from: optional(Text('The first day that counts.')),
  to: optional(Text('The last day that counts.')),
  rows: Type.Array(UsageAggregate, { description: 'The newest day first, and of a day what took most tokens.' }),
  truncated: optional(Bool('There are more rows.')),
})
export type UsageReport = Of<typeof UsageReport>

const softLimit = 'Tokens of a month from which on runs say so.'
const hardLimit = 'Tokens of a month from which on there are no more model calls.'

export const TokenLimit = object(
  'TokenLimit',
  {
    tenant_id: Text('Empty for the whole runtime.'),
    scope: LimitScope,
    scope_id: optional(Text('The user.')),
    soft_limit: optional(Int(softLimit)),
    hard_limit: optional(Int(hardLimit)),
    used: Int('Tokens of this month: read anew, kept in a cache, and written; those read from a cache do not count.'),
    resets_at: Time('When the next month begins, in UTC.'),
    updated_at: optional(Time()),
    updated_by: optional(Text()),
  },
  'What may be used in a calendar month.',
)
export type TokenLimit = Of<typeof TokenLimit>
export const TokenLimits = object('TokenLimits', { limits: Type.Array(TokenLimit) })

const limitTokens = (description: string) =>
  optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description }))
export const SetTokenLimitBody = object(
  'SetTokenLimitBody',
  {
    tenant_id: optional(Text('Another tenant than one’s own; for admins.')),
    scope: LimitScope,
    scope_id: optional(Text('The user, where the scope is `user`.')),
    soft_limit: limitTokens(`${softLimit} Absent, there is none from now on.`),
    hard_limit: limitTokens(`${hardLimit} Absent, there is none from now on.`),
  },
  'With neither limit it is taken away.',
)
export type SetTokenLimitBody = Of<typeof SetTokenLimitBody>

export const LimitsQuery = object('LimitsQuery', { tenant })
export const DeleteLimitQuery = object('DeleteLimitQuery', {
  scope: LimitScope,
  scope_id: optional(Text('The user, where the scope is `user`.')),
  tenant: optional(Text('Another tenant than one’s own; for admins.')),
})

export const usageEndpoints = {
  usageReport: endpoint({
    method: 'GET',
    path: '/v1/_usage',
    summary: 'What model calls took, and cost where they had a price',
    access: 'substrate:tenant',
    query: UsageQuery,
    result: UsageReport,
    errors: ['invalid_request', 'backpressure'],
    envelope: 'json',
  }),
  listLimits: endpoint({
    method: 'GET',
    path: '/v1/_limits',
    summary: 'Token limits, and what is used of them; those of the whole runtime for admins only',
    access: 'substrate:tenant',
    query: LimitsQuery,
    result: TokenLimits,
    errors: ['invalid_request', 'backpressure'],
    envelope: 'json',
  }),
  setLimit: endpoint({
    method: 'PUT',
    path: '/v1/_limits',
    summary: 'Limit the tokens of a user, of a tenant or of the whole runtime; of the latter two admins do',
    access: 'substrate:tenant',
    body: SetTokenLimitBody,
    result: TokenLimit,
    errors: ['invalid_json', 'invalid_request', 'missing_scope_id', 'forbidden'],
    key: 'none',
    envelope: 'json',
  }),
  deleteLimit: endpoint({
    method: 'DELETE',
    path: '/v1/_limits',
    summary: 'Take a limit away; there need be none',
    access: 'substrate:tenant',
    query: DeleteLimitQuery,
    status: 204,
    errors: ['invalid_request', 'missing_scope_id', 'forbidden'],
    key: 'none',
    envelope: 'json',
  }),
}

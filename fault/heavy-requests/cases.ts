import type { Heavy } from './ask.ts'
import { fullChannel, longRun, longSession, manyUser } from './rows.ts'

/** What somebody asks for, and so many of it at once. */
export interface Case {
  what: string
  atOnce: number
  request: Heavy
  /** The most the process may hold meanwhile, above what it held before. */
  mostMb: number
  /** Refusals that are an answer. */
  mayRefuse?: readonly string[]
}

const MiB = 1024 * 1024
const usualMb = 200
const post = (path: string, body: unknown): Heavy => ({ method: 'POST', path, body: JSON.stringify(body) })
const history = (body: object) => post('/v1/_history', { scope: 'global', ...body })
const say = (text: string) => [{ role: 'user', content: [{ type: 'trusted-text', text }] }]
const large = 'A sentence that says little, with "quotes" in it.\\n '.repeat(Math.floor((15 * MiB) / 53))
const manySmall = JSON.stringify({
  agent: 'brief',
  segments: Array.from({ length: 200_000 }, () => say('A sentence of it.')[0]),
})
const largeRun: Heavy = post('/v1/runs', { agent: 'brief', segments: say(large) })
const spawn = { agent: 'brief', segments: say(large.slice(0, 400 * 1024)) }

export const cases: readonly Case[] = [
  { what: 'a run with a body of 15 MB', atOnce: 1, request: largeRun, mostMb: 400 },
  {
    what: '20 runs with bodies of 15 MB at once',
    atOnce: 20,
    request: largeRun,
    mostMb: 700,
    mayRefuse: ['backpressure'],
  },
  {
    what: 'a run of 200 000 small segments',
    atOnce: 2,
    request: { method: 'POST', path: '/v1/runs', body: manySmall },
    mostMb: 600,
    mayRefuse: ['payload_too_large'],
  },
  {
    what: 'a batch of 32 runs of 400 KB each',
    atOnce: 1,
    request: post('/v1/runs:batch', { spawns: Array.from({ length: 32 }, () => spawn) }),
    mostMb: 500,
  },
  {
    what: 'an answer that is almost full of keys',
    atOnce: 1,
    request: post('/v1/runs', { agent: 'keys', segments: say('Say them.') }),
    mostMb: usualMb,
  },
  {
    what: 'a turn of 20 000 calls',
    atOnce: 1,
    request: post('/v1/runs', { agent: 'caller', segments: say('Call them.') }),
    mostMb: usualMb,
  },
  {
    what: 'a type of 40 000 fields',
    atOnce: 2,
    request: post('/v1/_document', {
      op: 'define_type',
      name: 't',
      fields: Array.from({ length: 40_000 }, (_, n) => `f${n}`),
    }),
    mostMb: usualMb,
    mayRefuse: ['tool_refused'],
  },
  {
    what: 'a whole transcript of 150 000 events',
    atOnce: 1,
    request: { path: `/v1/sessions/${longSession}/transcript` },
    mostMb: usualMb,
  },
  {
    what: 'six of them at once',
    atOnce: 6,
    request: { path: `/v1/sessions/${longSession}/transcript` },
    mostMb: usualMb,
  },
  {
    what: 'its newest 5000 events, six times at once',
    atOnce: 6,
    request: { path: `/v1/sessions/${longSession}/transcript?limit=5000` },
    mostMb: usualMb,
  },
  {
    what: 'all of its events by History',
    atOnce: 6,
    request: history({ op: 'get', session_id: longSession }),
    mostMb: usualMb,
  },
  {
    what: 'it as text by History',
    atOnce: 6,
    request: history({ op: 'get', session_id: longSession, format: 'markdown' }),
    mostMb: usualMb,
  },
  {
    what: 'a replay of 150 000 events to six readers',
    atOnce: 6,
    request: { path: `/v1/runs/${longRun}/stream` },
    mostMb: usualMb,
  },
  {
    what: 'going on with a conversation of 150 000 events',
    atOnce: 1,
    request: post(`/v1/sessions/${longSession}/messages`, { segments: say('Go on.') }),
    mostMb: usualMb,
  },
  {
    what: 'a copy of it',
    atOnce: 1,
    request: post(`/v1/sessions/${longSession}/replay`, { agent: 'brief' }),
    mostMb: usualMb,
  },
  { what: '100 000 conversations, listed', atOnce: 4, request: history({ op: 'list', limit: 500 }), mostMb: usualMb },
  {
    what: 'the last of them',
    atOnce: 4,
    request: history({ op: 'list', limit: 500, offset: 99_500 }),
    mostMb: usualMb,
  },
  {
    what: 'those with part of a title',
    atOnce: 4,
    request: history({ op: 'list', title_contains: 'friends and%' }),
    mostMb: usualMb,
  },
  { what: 'their tags', atOnce: 4, request: history({ op: 'tags' }), mostMb: usualMb },
  { what: 'those that failed', atOnce: 4, request: history({ op: 'list', status: 'failed' }), mostMb: usualMb },
  {
    what: 'those with a word that all have',
    atOnce: 4,
    request: history({ op: 'search', query: 'plan' }),
    mostMb: usualMb,
  },
  {
    what: 'those with the start of many words',
    atOnce: 4,
    request: history({ op: 'search', query: 'w i t h a n d t p 1' }),
    mostMb: usualMb,
  },
  {
    what: 'those with 24 words',
    atOnce: 4,
    request: history({
      op: 'search',
      query: Array.from({ length: 24 }, (_, n) => (n % 2 ? 'plan' : 'friends') + n).join(' "*) OR ('),
    }),
    mostMb: usualMb,
  },
  {
    what: 'those that are related',
    atOnce: 4,
    request: history({ op: 'related', query: 'plan week friends without said that plans made changed number' }),
    mostMb: usualMb,
  },
  {
    what: 'the runs of their user',
    atOnce: 6,
    request: { path: `/v1/users/${manyUser}/agents?status=all` },
    mostMb: usualMb,
  },
  {
    what: 'her runs that failed, of which there are none',
    atOnce: 6,
    request: { path: `/v1/users/${manyUser}/agents?status=failed` },
    mostMb: usualMb,
  },
  { what: 'the channels, one with 100 000 messages', atOnce: 4, request: { path: '/v1/_channels' }, mostMb: usualMb },
  {
    what: 'a peek into the full channel',
    atOnce: 6,
    request: { path: `/v1/_channels/${fullChannel}/peek?scope=global&max_messages=100` },
    mostMb: usualMb,
  },
  {
    what: 'whose memory there is, of 100 000',
    atOnce: 4,
    request: { path: '/v1/_memory/scopes/user' },
    mostMb: usualMb,
  },
  {
    what: 'the first of 100 000 keys',
    atOnce: 6,
    request: { path: `/v1/_memory/scopes/user/${manyUser}/keys?limit=1000` },
    mostMb: usualMb,
  },
  {
    what: 'a value beside 100 000 others',
    atOnce: 20,
    request: { method: 'PUT', path: `/v1/_memory/scopes/user/${manyUser}/keys/key-000001`, body: '{"value":1}' },
    mostMb: usualMb,
    mayRefuse: ['memory_quota_exceeded'],
  },
  {
    what: 'a judgement over 100 000 evaluations',
    atOnce: 1,
    request: post('/v1/runs', { agent: 'judge', prompt: 'Judge.' }),
    mostMb: usualMb,
  },
  {
    what: 'the end of the full channel',
    atOnce: 1,
    request: post(`/v1/_channels/${fullChannel}/purge`, {}),
    mostMb: usualMb,
  },
  { what: 'the contract', atOnce: 20, request: { path: '/v1/openapi.json' }, mostMb: usualMb },
]

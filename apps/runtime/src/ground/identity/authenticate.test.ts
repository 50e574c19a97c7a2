import { expect, it } from 'vitest'
import { settableClock } from '../../areas/channels/testing/some-channels.ts'
import { tempDatabase } from '../../testing/temp-database.ts'
import { Bus } from '../bus.ts'
import { silence } from '../telemetry/telemetry.ts'
import type { Credential } from './authenticate.ts'
import { createIdentity } from './create-identity.ts'

const token = 'a-token-of-some-length'
const day = 24 * 3_600_000
const timings = { browserSessionAge: 30 * day, browserSessionIdle: 7 * day }

async function aDoor(db: Awaited<ReturnType<typeof tempDatabase>>, authToken: string | undefined) {
  const clock = settableClock(Date.UTC(2026, 0, 1))
  const identity = await createIdentity({
    db,
    clock,
    bus: new Bus(),
    isShared: false,
    config: { authToken, timings },
    telemetry: silence,
    logLine: () => {},
  })
  return {
    ...identity,
    clock,
    tries: (kind: 'bearer' | 'cookie', secret: string, address: string) => {
      const shown: Credential['shown'] = kind === 'cookie' ? { kind, secrets: [secret] } : { kind, secret }
      return identity.authenticate({ shown, address, isWebApp: false }).then(
        ({ subject }) => subject,
        (error: { code: string }) => error.code,
      )
    },
  }
}

it('while everybody guesses, whoever was right before is still let in, and a stranger with the token waits', async () => {
  const { tries } = await aDoor(await tempDatabase(), token)
  expect(await tries('bearer', token, '198.51.100.7')).toBe('default')
  for (let n = 0; n < 200; n++) expect(await tries('bearer', 'wrong', `192.0.2.${n}`)).toBe('unauthorized')
  expect(await tries('bearer', token, '198.51.100.7')).toBe('default')
  expect(await tries('bearer', token, '203.0.113.1')).toBe('too_many_attempts')
})

it('a session is good for its own token alone, also while another process still has the other one', async () => {
  const db = await tempDatabase()
  const [old, other] = [await aDoor(db, token), await aDoor(db, 'another-token-of-some-length')]
  const { secret } = await old.sessions.start({ tenantId: 'acme', subject: 'ada' }, '127.0.0.1', '')
  expect(await old.tries('cookie', secret, '127.0.0.1')).toBe('ada')
  expect(await other.tries('cookie', secret, '127.0.0.1')).toBe('unauthorized')
  expect(await old.tries('bearer', secret, '127.0.0.1')).toBe('unauthorized')
})

it.each(['not once', 'once'])('a session that was used %s, and not for a week, is good for nothing', async (used) => {
  const { sessions, clock, tries } = await aDoor(await tempDatabase(), token)
  const { secret } = await sessions.start({ tenantId: 'acme', subject: 'ada' }, '127.0.0.1', '')
  clock.set(clock.now() + day)
  if (used === 'once') expect(await tries('cookie', secret, '127.0.0.1')).toBe('ada')
  clock.set(clock.now() + 7 * day)
  expect(await tries('cookie', secret, '127.0.0.1')).toBe('unauthorized')
})

it('a session that ends while it is looked up has ended', async () => {
  const db = await tempDatabase()
  const [looking, found] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const all: typeof db.all = async (sql, parameters) => {
    const rows = await db.all(sql, parameters)
    if (!sql.includes('secret_hash')) return rows as never
    looking.resolve()
    await found.promise
    return rows as never
  }
  const { sessions, tries } = await aDoor({ ...db, all }, token)
  const owner = { tenantId: 'acme', subject: 'ada' }
  const { id, secret } = await sessions.start(owner, '127.0.0.1', '')
  const asked = tries('cookie', secret, '127.0.0.1')
  await looking.promise
  await sessions.end(owner, id)
  found.resolve()
  expect(await asked).toBe('unauthorized')
  expect(await tries('cookie', secret, '127.0.0.1')).toBe('unauthorized')
})

it('without a token everybody is let in, and no session of one is left', async () => {
  const db = await tempDatabase()
  const guarded = await aDoor(db, token)
  await guarded.sessions.start({ tenantId: 'default', subject: 'default' }, '127.0.0.1', '')
  const open = await aDoor(db, undefined)
  expect(await open.tries('bearer', 'anything', '127.0.0.1')).toBe('default')
  expect(await db.all('select * from browser_sessions', [])).toEqual([])
})

import { expect, it } from 'vitest'
import { createRedactor } from './redaction/redactor.ts'
import { load } from './testing/loaded.ts'

const dsn = 'postgres://loom:horse%2Bbattery@db.example:5432/loom'
const postgres = { LOOMCYCLE_STORAGE_BACKEND: 'postgres', LOOMCYCLE_PG_DSN: dsn }

it('keeps everything in SQLite unless told otherwise', async () => {
  expect((await load({})).storage).toEqual({
    ...{ backend: 'sqlite', pgAutomigrate: false, pgMaxOpenConns: 32, pgMinIdleConns: 4 },
  })
})

it('is told by the environment before the file', async () => {
  const file = `
storage:
  backend: sqlite
  pg_dsn: postgres://other/one
  pg_max_open_conns: 8
  pg_min_idle_conns: 2
  pg_automigrate: false
`
  const { storage, replicaId, warnings } = await load(
    { 'a.yaml': file },
    { ...postgres, LOOMCYCLE_PG_MAX_OPEN_CONNS: '64', LOOMCYCLE_REPLICA_ID: 'north-1' },
  )
  expect(storage).toEqual({
    ...{ backend: 'postgres', pgDsn: dsn, pgAutomigrate: false, pgMaxOpenConns: 64, pgMinIdleConns: 2 },
  })
  expect(replicaId).toBe('north-1')
  expect(warnings).toEqual([])
})

it('may have the address in the file, and takes it for a secret there as well', async () => {
  const { storage, secrets } = await load({ 'a.yaml': `storage: { backend: postgres, pg_dsn: "${dsn}" }` })
  expect(storage.pgDsn).toBe(dsn)
  const said = createRedactor(secrets).text(`cannot connect to ${dsn} with horse+battery`)
  expect(said).not.toMatch(/horse|db\.example/)
})

it('takes the address of the databases of agents for a secret, and its password', async () => {
  const memory = dsn.replace('horse', 'zebra')
  const { secrets } = await load({}, { ...postgres, LOOMCYCLE_SQLMEM_PG_DSN: memory })
  const said = createRedactor(secrets).text(`cannot connect to ${memory} with zebra+battery`)
  expect(said).not.toMatch(/zebra|db\.example/)
})

it.each([
  ['without an address', { LOOMCYCLE_STORAGE_BACKEND: 'postgres' }, /nothing says where that is; set LOOMCYCLE_PG_DSN/],
  [
    'with an address of something else',
    { ...postgres, LOOMCYCLE_PG_DSN: 'mysql://loom:horsebattery@db/loom' },
    /^(?!.*horse).*LOOMCYCLE_PG_DSN is no address of a Postgres/,
  ],
  ['of a kind that there is not', { LOOMCYCLE_STORAGE_BACKEND: 'oracle' }, /must be sqlite or postgres/],
  [
    'in SQLite with a name of a replica',
    { LOOMCYCLE_REPLICA_ID: 'one' },
    /a SQLite file has one process alone; unset it/,
  ],
  ['with a name that is none', { ...postgres, LOOMCYCLE_REPLICA_ID: '-one' }, /must be 1 to 64 letters/],
])('does not start %s', async (_, env, why) => {
  await expect(load({}, env)).rejects.toThrow(why)
})

it('does not put what another variable holds where the address stands', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file says it
  const file = 'storage: { backend: postgres, pg_dsn: "postgres://${LOOMCYCLE_AUTH_TOKEN}/x" }'
  await expect(load({ 'a.yaml': file }, { LOOMCYCLE_AUTH_TOKEN: 'x'.repeat(32) })).rejects.toThrow(
    /storage\.pg_dsn may be \$\{LOOMCYCLE_PG_DSN\} and no other variable/,
  )
})

it('says that an address without its backend does nothing', async () => {
  const { storage, warnings } = await load({}, { LOOMCYCLE_PG_DSN: dsn })
  expect(storage.pgDsn).toBeUndefined()
  expect(warnings).toEqual([
    expect.stringMatching(/everything is kept in SQLite; set LOOMCYCLE_STORAGE_BACKEND=postgres/),
  ])
})

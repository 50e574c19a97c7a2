import type { Mutation } from './mutation.ts'

const src = 'apps/runtime/src'
const test = 'apps/runtime/test'

/** Several processes on one store. */
export const severalReplicas: Mutation[] = [
  {
    name: 'replicas/the-dead-keep-their-runs',
    file: `${src}/engine/rows/runs.ts`,
    find: '`lease_owner not in (',
    replacement: '`lease_owner not in (select lease_owner from runs where lease_owner is not null union ',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/runs-of-the-living-taken-over',
    file: `${src}/engine/rows/runs.ts`,
    find: '`lease_owner not in (',
    replacement: '`lease_owner is not null or lease_owner not in (',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/machine-clock-believed',
    file: `${src}/ground/replicas/shared-clock.ts`,
    find: 'return this.#machine.now() - (this.#wrongBy ?? 0)',
    replacement: 'return this.#machine.now()',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/never-lets-go',
    file: `${src}/ground/replicas/presence.ts`,
    find: 'this.#cancelWatch = clock.after(',
    replacement: 'if (at < 0) this.#cancelWatch = clock.after(',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/comes-back-as-who-it-was',
    file: `${src}/ground/replicas/presence.ts`,
    find: 'const instance = newInstance()\n    try',
    replacement: "const instance = this.#state === 'lost' ? this.#instance : newInstance()\n    try",
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/two-of-one-name',
    file: `${src}/ground/replicas/store.ts`,
    find: 'where replicas.instance = ? or replicas.heartbeat_at <',
    replacement: 'where replicas.instance = ? or replicas.heartbeat_at <> 0 or replicas.heartbeat_at <',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/lost-hand-goes-on-writing',
    file: `${src}/engine/loop/working-run.ts`,
    find: 'if (this.control.isLost) return Promise.reject(new LostHandError())',
    replacement: '',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/lost-hand-not-noticed',
    file: `${src}/engine/work/leases.ts`,
    find: 'return hands.filter(({ id, leaseEpoch }) => held.get(id) !== leaseEpoch)',
    replacement: 'return held.size > 0 ? [] : []',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/failure-of-a-lost-hand-is-the-runs',
    file: `${src}/engine/work/engine.ts`,
    find: 'return record !== undefined && record.leaseEpoch !== hand.leaseEpoch',
    replacement: 'return record === undefined',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/wishes-only-by-hint',
    file: `${src}/engine/work/engine.ts`,
    find: 'all.get(run_id)?.run?.control.hear(wish)',
    replacement: 'all.get(run_id)',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/pause-only-by-hint',
    file: `${src}/areas/operations/look-often.ts`,
    find: 'every(ctx, lookEveryMs, followState)',
    replacement: '',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/ended-while-somebody-listens-elsewhere',
    file: `${src}/engine/work/engine.ts`,
    find: 'if (presence && (await isHeardElsewhere(',
    replacement: 'if (presence && !(await isHeardElsewhere(',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/cap-of-each-replica-alone',
    file: `${src}/engine/rows/user-places.ts`,
    find: '(select sum(n) from user_places where',
    replacement: '(select max(n) from user_places where',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/signed-out-and-still-in-elsewhere',
    file: `${src}/ground/identity/browser-sessions.ts`,
    find: 'return !this.#options.isShared || now - readAt < freshMs',
    replacement: 'return true',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/token-limit-of-each-replica-alone',
    file: `${src}/engine/usage/token-limits.ts`,
    find: 'const isFresh = known && (!this.#options.isShared || now - known.at < freshMs)',
    replacement: 'const isFresh = known',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/chore-of-everybody',
    file: `${src}/ground/replicas/store.ts`,
    find: 'where chores.owner not in',
    replacement: 'where chores.owner is not null or chores.owner not in',
    tests: [`${test}/replicas.test.ts`],
  },
  {
    name: 'replicas/dsn-in-the-log',
    file: `${src}/ground/config/load.ts`,
    find: '{ ...env, ...secretsOfStorage(storage) }',
    replacement: 'env',
    tests: [`${src}/ground/config/storage-settings.test.ts`],
  },
  {
    name: 'replicas/replica-id-with-a-file',
    file: `${src}/ground/config/storage-settings.ts`,
    find: 'if (replicaId !== undefined) {',
    replacement: 'if (replicaId === undefined && env.backend === undefined && fields.backend !== undefined) {',
    tests: [`${src}/ground/config/storage-settings.test.ts`],
  },
]

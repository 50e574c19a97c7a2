import type { Mutation } from './mutation.ts'

const src = 'apps/runtime/src'
const test = 'apps/runtime/test'

/** Who may call which op, and what of whose it reaches. */
export const access: Mutation[] = [
  {
    name: 'access/addresses-guarded-as-they-are-spelled',
    file: `${src}/doors/http/origin-guard.ts`,
    find: 'isForeignPage(headers) && isForApi(request)',
    replacement: "isForeignPage(headers) && request.url.startsWith('/v1/')",
    tests: [`${test}/signing-in.test.ts`],
  },
  {
    name: 'access/images-that-sign-out',
    file: `${src}/doors/http/routes/login.ts`,
    find: ' || !(isNavigation(request) || isOfScript(request))',
    replacement: '',
    tests: [`${test}/signing-in.test.ts`],
  },
  {
    name: 'access/images-that-guess-tokens',
    file: `${src}/doors/http/routes/login.ts`,
    find: ' && !comesFromElsewhere(request) && isNavigation(request)) {',
    replacement: ' && !comesFromElsewhere(request)) {',
    tests: [`${test}/signing-in.test.ts`],
  },
  {
    name: 'access/op-asks-for-no-scope',
    file: `${src}/tools/op-set.ts`,
    find: 'if (!mayAccess(principal, access)) throw',
    replacement: 'if (principal === undefined) throw',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/op-of-a-run-for-everybody',
    file: `${src}/tools/op-set.ts`,
    find: "if (access === 'run') {",
    replacement: 'if (access === undefined) {',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/an-op’s-own-access-ignored',
    file: 'packages/proto/src/op.ts',
    find: 'return set.ops[op]?.access ?? set.access',
    replacement: 'return set.access',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/documents-of-every-tenant',
    file: `${src}/areas/paths/access.ts`,
    find: '(isAdmin(principal) && focus.tenantId) || tenantId',
    replacement: 'focus.tenantId || tenantId',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/memory-of-every-tenant',
    file: `${src}/areas/memory/access.ts`,
    find: 'if (!isAdmin(principal)) throw',
    replacement: 'if (principal === undefined) throw',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/memory-that-the-agent-was-not-given',
    file: `${src}/areas/memory/access.ts`,
    find: 'if (run && !run.agent.memoryScopes.includes(scope)) {',
    replacement: 'if (run && run.agent.memoryScopes === undefined) {',
    tests: [`${src}/areas/memory/memory.test.ts`],
  },
  {
    name: 'access/conversations-of-every-tenant',
    file: `${src}/areas/history/access.ts`,
    find: 'return isOwn && seesTenant(principal, chat.tenant_id)',
    replacement: 'return isOwn',
    tests: [`${test}/access.test.ts`],
  },
  {
    name: 'access/shared-channels-for-every-scope',
    file: `${src}/areas/channels/access.ts`,
    find: "if (isShared(scope) && !mayAccess(caller.principal, 'substrate:tenant')) {",
    replacement: "if (isShared(scope) && !mayAccess(caller.principal, 'any')) {",
    tests: [`${test}/ops-outside-of-runs.test.ts`],
  },
  {
    name: 'access/channels-of-every-user',
    file: `${src}/areas/channels/access.ts`,
    find: 'return isAdmin(principal) || principal.subject === userId',
    replacement: 'return isAdmin(principal) || userId.length > 0',
    tests: [`${test}/channels.test.ts`, `${test}/ops-outside-of-runs.test.ts`],
  },
  {
    name: 'access/users-speak-for-the-system',
    file: `${src}/areas/channels/access.ts`,
    find: "publisher !== 'system' || (!run && isShared(scope))",
    replacement: "publisher !== 'system' || !run",
    tests: [`${test}/channels.test.ts`, `${test}/ops-outside-of-runs.test.ts`],
  },
  {
    name: 'access/answer-of-a-call-not-left-with-what-it-did',
    file: `${src}/areas/channels/in-one-step.ts`,
    find: 'if (done && run) await leaveWithCall(tx, run, done)',
    replacement: '',
    tests: [`${src}/areas/channels/crash.test.ts`],
  },
  {
    name: 'access/cursor-of-another-list',
    file: `${src}/ground/cursor.ts`,
    find: 'read[1] === nameOf(listing)',
    replacement: "typeof read[1] === 'string'",
    tests: [`${test}/paging.test.ts`],
  },
  {
    name: 'access/cursor-made-of-somebody-else’s-branch',
    file: `${src}/areas/history/ops/branches.ts`,
    find: 'open.push(...rows.filter((row) => mayOpen(caller, row)))',
    replacement: 'open.push(...rows)',
    tests: [`${test}/paging.test.ts`],
  },
  {
    name: 'access/page-behind-where-its-chunk-was',
    file: `${src}/areas/documents/ops/search/query-chunks.ts`,
    find: 'return placeOf(last)',
    replacement: 'return [documentId, parentId, shelf, slot]',
    tests: [`${test}/paging.test.ts`],
  },
  {
    name: 'access/paused-by-whoever-may-read',
    file: 'packages/proto/src/operations.ts',
    find: "boundary and stay there',\n    access: 'substrate:admin',",
    replacement: "boundary and stay there',\n    access: 'runs:read',",
    tests: [`${test}/access.test.ts`],
  },
]

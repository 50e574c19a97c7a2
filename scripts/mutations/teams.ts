import type { Mutation } from './mutation.ts'

const graph = 'packages/proto/src/teams'
const graphs = [`${graph}/teams.test.ts`]
const expressions = [`${graph}/expression.test.ts`]
const board = 'apps/runtime/src/areas/documents/board'
const bound = [`${board}/follow-team.test.ts`]
const area = 'apps/runtime/src/areas/teams'
const runs = ['apps/runtime/test/teams.test.ts']
const shown = 'apps/loomboard/src/features/documents/teams'

/** Teams: what a graph is, where a card may go, and how it is taken there. */
export const teams: Mutation[] = [
  {
    name: 'teams/anybody-moves-what-a-person-has',
    file: `${graph}/moves.ts`,
    find: "if (from?.handler.kind === 'person' && !isPerson)",
    replacement: 'if (!isPerson && !from)',
    tests: graphs,
  },
  {
    name: 'teams/in-by-any-state',
    file: `${graph}/moves.ts`,
    find: 'return graph.entry ? [{ to: graph.entry, on: [] }] : []',
    replacement: 'return (graph.states ?? []).map(({ state }) => ({ to: state, on: [] }))',
    tests: graphs,
  },
  {
    name: 'teams/conditions-of-cards-not-asked',
    file: `${graph}/moves.ts`,
    find: 'return !isAboutCard(edge.expression) || holds(edge.expression, card)',
    replacement: 'return true',
    tests: graphs,
  },
  {
    name: 'teams/first-pushback-whatever-the-reason',
    file: `${graph}/moves.ts`,
    find: 'by(reason) ?? by(anyReason) ?? pushbacks[0]',
    replacement: 'by(anyReason) ?? pushbacks[0]',
    tests: graphs,
  },
  {
    name: 'teams/labels-not-escaped',
    file: `${graph}/mermaid.ts`,
    find: '/[\\p{L}\\p{N} ]/u.test(letter)',
    replacement: '/[\\p{L}\\p{N} "]/u.test(letter)',
    tests: graphs,
  },
  {
    name: 'teams/inherited-members-are-fields',
    file: `${graph}/expression.ts`,
    find: ' || !Object.hasOwn(value, step)',
    replacement: '',
    tests: expressions,
  },
  {
    name: 'teams/unreachable-states-pass',
    file: `${graph}/check.ts`,
    find: 'if (!forth.has(state))',
    replacement: 'if (forth.size === 0)',
    tests: graphs,
  },
  {
    name: 'teams/off-the-board-is-free',
    file: `${board}/enter-column.ts`,
    find: 'await requireAllowed(edit, board, comer, status)\n    return',
    replacement: 'return',
    tests: bound,
  },
  {
    name: 'teams/boards-not-asked',
    file: `${board}/follow-team.ts`,
    find: 'return onItsWay ?? (board?.team',
    replacement: 'return onItsWay ?? (board?.team && false',
    tests: bound,
  },
  {
    name: 'teams/agents-unbind-boards',
    file: `${board}/follow-team.ts`,
    find: 'if (from === to) return',
    replacement: 'return',
    tests: bound,
  },
  {
    name: 'teams/settings-go-with-what-they-are-under',
    file: 'apps/runtime/src/areas/documents/chunks/remove-chunks.ts',
    find: 'await requireMayRemove(edit, chunk)',
    replacement: '',
    tests: bound,
  },
  {
    name: 'teams/a-card-on-its-way-is-free',
    file: `${board}/follow-team.ts`,
    find: "const onItsWay = id === '' ? undefined :",
    replacement: "const onItsWay = id !== '' ? undefined :",
    tests: runs,
  },
  {
    name: 'teams/column-starts-its-agent-besides',
    file: `${board}/start-rows.ts`,
    find: 'if (await findTeamOfRun(tx, place.tenantId, { placeId, chunkId: card.id })) return',
    replacement: '',
    tests: runs,
  },
  {
    name: 'teams/agents-of-a-card-taken-away-go-on',
    file: `${area}/follow-card.ts`,
    find: "if (card!.actor.kind !== 'agent')",
    replacement: "if (card!.actor.kind === 'agent')",
    tests: runs,
  },
  {
    name: 'teams/steps-without-end',
    file: `${area}/enter-state.ts`,
    find: 'if (iterations < run.max_iterations)',
    replacement: 'if (iterations < 50)',
    tests: runs,
  },
  {
    name: 'teams/failures-are-successes',
    file: `${area}/take-result.ts`,
    find: 'const hasFailed = failures.length === ends.length',
    replacement: 'const hasFailed = false',
    tests: runs,
  },
  {
    name: 'teams/begun-again-with-the-same-key',
    file: `${area}/start-team-run.ts`,
    find: 'const before = begun &&',
    replacement: 'const before = !begun &&',
    tests: runs,
  },
  {
    name: 'teams/another-version-on-a-board',
    file: `${area}/start-team-run.ts`,
    find: 'if (active && active.id !== team.id)',
    replacement: 'if (active && active.name !== team.name)',
    tests: runs,
  },
  {
    name: 'teams/no-answer-to-whoever-waits',
    file: `${area}/team-runs.ts`,
    find: 'if (run && !this.#ctx.isClosed()) await tellCall(this.#ctx, id)',
    replacement: '',
    tests: runs,
  },
  {
    name: 'teams/no-room-is-the-end',
    file: `${area}/take-result.ts`,
    find: "error.code === 'column_full'",
    replacement: "error.code === 'quota_exceeded'",
    tests: runs,
  },
  {
    name: 'teams/agents-without-the-tool-have-teams-work',
    file: `${area}/start-team-run.ts`,
    find: 'if (run.tools.has(tool)) continue',
    replacement: 'continue',
    tests: runs,
  },
  {
    name: 'teams/everybody-is-asked',
    file: `${area}/ops/runs.ts`,
    find: 'userId: caller.run || capped ? caller.userId : undefined',
    replacement: 'userId: caller.run ? caller.userId : undefined',
    tests: runs,
  },
  {
    name: 'teams/forbidden-statuses-to-be-chosen',
    file: `${shown}/statuses.ts`,
    find: 'const byTeam = team && refusalByTeam(',
    replacement: 'const byTeam = team && false && refusalByTeam(',
    tests: [`${shown}/statuses.test.ts`, 'apps/loomboard/src/features/documents/views/board/drop.test.ts'],
  },
  {
    name: 'teams/refused-for-all-where-for-one',
    file: `${shown}/statuses.ts`,
    find: 'refusals.every(Boolean)',
    replacement: 'refusals.some(Boolean)',
    tests: [`${shown}/statuses.test.ts`],
  },
  {
    name: 'teams/several-moved-against-their-team',
    file: 'apps/loomboard/src/features/documents/selection/bulk-changes.ts',
    find: "settingAll(allowed, 'status', status)",
    replacement: "settingAll(chunks, 'status', status)",
    tests: ['apps/loomboard/src/features/documents/views/table/table-view.test.tsx'],
  },
  {
    name: 'teams/emptied-against-its-team',
    file: 'apps/loomboard/src/features/documents/views/table/grid.tsx',
    find: "const refused = here.kind === 'status' &&",
    replacement: "const refused = here.kind !== 'status' &&",
    tests: ['apps/loomboard/src/features/documents/views/table/table-view.test.tsx'],
  },
  {
    name: 'teams/stopped-where-it-is-to-go-on',
    file: 'apps/loomboard/src/features/inbox/capped-card.tsx',
    find: "'go on': 'continue_run'",
    replacement: "'go on': 'cancel_run'",
    tests: ['apps/loomboard/src/features/inbox/inbox-page.test.tsx'],
  },
  {
    name: 'teams/verdict-anywhere',
    file: `${area}/verdict.ts`,
    find: "const at = text.lastIndexOf('\\n') + 1",
    replacement: "const at = text.indexOf('\\n') + 1",
    tests: [`${area}/verdict.test.ts`],
  },
]

import type { Mutation } from './mutation.ts'

const models = 'apps/loomboard/src/features/models/model'
const usage = 'apps/loomboard/src/features/usage'
const routing = 'apps/runtime/src/models/routing'
const noticing = 'apps/runtime/src/areas/operations/notice-ollama.ts'

/** The pages of models and usage, and the first model that is noticed. */
export const spending: Mutation[] = [
  {
    name: 'models/stand-in-is-not-meant',
    file: `${models}/uses.ts`,
    find: 'matrix?.providers[provider]?.stand_in ?? provider',
    replacement: 'provider',
    tests: [models],
  },
  {
    name: 'models/agent-of-a-tier-uses-the-usual-one',
    file: `${models}/uses.ts`,
    find: "if (code || typeof tier === 'string') return undefined",
    replacement: '',
    tests: [models],
  },
  {
    name: 'models/small-one-passes-for-the-dated-one',
    file: `${models}/services.ts`,
    find: '&& /^-\\d{6,8}$/.test(listed.slice(asked.length))',
    replacement: '',
    tests: [models],
  },
  {
    name: 'models/rest-never-ends',
    file: `${models}/services.ts`,
    find: 'until !== undefined && Date.parse(until) > now',
    replacement: 'until !== undefined',
    tests: [models],
  },
  {
    name: 'models/silence-hidden-from-others',
    file: `${models}/services.ts`,
    find: 'state ? !state.reachable : error !== undefined',
    replacement: 'state && !state.reachable',
    tests: [models],
  },
  {
    name: 'models/tier-needs-all-its-models',
    file: `${models}/unserved.ts`,
    find: 'lacks.every((lack) => lack !== undefined)',
    replacement: 'lacks.some((lack) => lack !== undefined)',
    tests: [models],
  },
  {
    name: 'models/last-failure-forgotten',
    file: `${routing}/availability.ts`,
    find: 'this.#service(choice.provider).lastFailure = { at, error: failure.message, model: choice.model }',
    replacement: '',
    tests: [`${routing}/availability.test.ts`],
  },
  {
    name: 'models/own-service-without-key-is-not-there',
    file: `${routing}/views.ts`,
    find: '[...modelServices, ...config.ownServices]',
    replacement: '[...modelServices]',
    tests: ['apps/runtime/test/routing.test.ts'],
  },
  {
    name: 'models/noticed-and-not-used',
    file: noticing,
    find: '    await reload()\n',
    replacement: '',
    tests: ['apps/runtime/test/notice-ollama.test.ts'],
  },
  {
    name: 'models/looked-for-though-there-is-one',
    file: noticing,
    find: 'config.findOllama !== undefined && Object.keys(config.providers).length === 0',
    replacement: 'config.findOllama !== undefined',
    tests: ['apps/runtime/test/notice-ollama.test.ts'],
  },
  {
    name: 'usage/month-begins-on-another-day',
    file: `${usage}/model/range.ts`,
    find: 'Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0)',
    replacement: 'Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/days-are-one-short',
    file: `${usage}/model/range.ts`,
    find: '(Number(range) - 1) * dayMs',
    replacement: '(Number(range) - 2) * dayMs',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/currencies-are-all-the-same',
    file: `${usage}/model/report.ts`,
    find: "if (measure === 'cost' && row.currency !== currency) continue",
    replacement: '',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/costs-of-a-currency-replaced',
    file: `${usage}/model/report.ts`,
    find: '(costs.get(row.currency) ?? 0) + row.cost',
    replacement: 'row.cost',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/others-left-out',
    file: `${usage}/model/report.ts`,
    find: 'const rest = series.slice(mostSeries - 1)',
    replacement: 'const rest = series.slice(mostSeries)',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/bars-beside-the-ground',
    file: `${usage}/chart/stacked.ts`,
    find: 'value + (below?.[day] ?? 0)',
    replacement: 'value',
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/soft-limit-stops',
    file: `${usage}/model/limits.ts`,
    find: "hard !== undefined && used >= hard ? 'hard'",
    replacement: "used >= (hard ?? soft ?? 0) ? 'hard'",
    tests: [`${usage}/model`],
  },
  {
    name: 'usage/turn-adds-up-all-currencies',
    file: 'apps/loomboard/src/features/chat/model/view/turn-changes.ts',
    find: 'before.currency === currency ? { amount',
    replacement: 'before.currency !== "" ? { amount',
    tests: ['apps/loomboard/src/features/chat/model/view/run-view.test.ts'],
  },
  {
    name: 'usage/call-does-not-say-its-cost',
    file: 'apps/runtime/src/engine/loop/turn.ts',
    find: 'usage: { ...usage, ...booking.cost }',
    replacement: 'usage',
    tests: ['apps/runtime/test/usage.test.ts'],
  },
  {
    name: 'usage/card-counts-one-run',
    file: 'apps/loomboard/src/lib/runs/spent.ts',
    find: 'sum[kind] += usage?.[kind] ?? 0',
    replacement: 'sum[kind] = usage?.[kind] ?? 0',
    tests: ['apps/loomboard/src/lib/runs/spent.test.ts'],
  },
]

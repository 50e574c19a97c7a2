import type { Mutation } from './mutation.ts'

const src = 'apps/runtime/src'
const test = 'apps/runtime/test'
const routing = `${src}/models/routing`
const fallBack = `${src}/engine/loop/fall-back.ts`

/** Which model a run has, and what becomes of it when that fails. */
export const modelRouting: Mutation[] = [
  {
    name: 'routing/services-of-the-agent-unheard',
    file: `${routing}/cascade.ts`,
    find: 'return providers ?? user?.providerPriority ?? providerPriority',
    replacement: 'return user?.providerPriority ?? providers ?? providerPriority',
    tests: [`${routing}/cascade.test.ts`],
  },
  {
    name: 'routing/services-of-the-user-unheard',
    file: `${routing}/cascade.ts`,
    find: 'const both = providers.filter((id) => user.providerPriority!.includes(id))',
    replacement: 'const both = providers',
    tests: [`${routing}/cascade.test.ts`],
  },
  {
    name: 'routing/models-before-services',
    file: `${routing}/cascade.ts`,
    find: 'return services.flatMap((service) => candidates.filter(({ provider }) => provider === service))',
    replacement: 'return candidates.filter(({ provider }) => services.includes(provider))',
    tests: [`${routing}/cascade.test.ts`],
  },
  {
    name: 'routing/shared-models-before-the-agents-own',
    file: `${routing}/cascade.ts`,
    find: '(models?.[tier] ?? user?.tiers[tier] ?? tiers[tier] ?? [])',
    replacement: '(user?.tiers[tier] ?? models?.[tier] ?? tiers[tier] ?? [])',
    tests: [`${routing}/cascade.test.ts`],
  },
  {
    name: 'routing/model-outside-of-its-services',
    file: `${routing}/resolve.ts`,
    find: 'if (agent.providers && !agent.providers.includes(id)) {',
    replacement: 'if (agent.providers?.length === 0) {',
    tests: [`${test}/routing.test.ts`],
  },
  {
    name: 'routing/half-a-model-outside-of-its-services',
    file: `${src}/ground/config/resolve-routing.ts`,
    find: 'if (!providers || (whole.provider !== undefined && providers.includes(whole.provider))) return whole',
    replacement: 'if (!providers || whole.provider !== undefined) return whole',
    tests: [`${src}/ground/config/resolve-routing.test.ts`],
  },
  {
    name: 'routing/agent-frees-itself-of-its-services',
    file: `${src}/areas/definitions/agents/narrowing.ts`,
    find: '?? elsewhere(from, to) ??',
    replacement: '??',
    tests: [`${src}/areas/definitions/by-agents.test.ts`],
  },
  {
    name: 'routing/user-tier-of-the-parent-forgotten',
    file: `${src}/engine/spawns/start-children.ts`,
    find: 'ctx.resolveModel(version.agent, run.options.userTier)',
    replacement: 'ctx.resolveModel(version.agent, undefined)',
    tests: [`${test}/routing.test.ts`],
  },
  {
    name: 'routing/no-second-look',
    file: `${routing}/resolve.ts`,
    find: 'await probes.ask(services)\n',
    replacement: '\n',
    tests: [`${test}/routing.test.ts`],
  },
  {
    name: 'routing/answer-ends-a-cooldown',
    file: `${routing}/availability.ts`,
    find: 'this.#model(choice).stalled = false',
    replacement: 'Object.assign(this.#model(choice), { stalled: false, coolingUntil: 0 })',
    tests: [`${routing}/availability.test.ts`],
  },
  {
    name: 'routing/listing-leaves-a-stall',
    file: `${routing}/availability.ts`,
    find: '      state.stalled = false\n',
    replacement: '',
    tests: [`${routing}/availability.test.ts`],
  },
  {
    name: 'routing/stopped-model-marked',
    file: `${routing}/availability.ts`,
    find: "if (failureClass === 'cancelled') return",
    replacement: '',
    tests: [`${routing}/availability.test.ts`],
  },
  {
    name: 'routing/refused-request-marks-the-model',
    file: `${routing}/availability.ts`,
    find: "(failureClass === 'permanent' && isOfTheRequest)",
    replacement: 'isOfTheRequest === undefined',
    tests: [`${routing}/availability.test.ts`],
  },
  {
    name: 'fallback/without-the-user-tier-saying-so',
    file: `${routing}/run-route.ts`,
    find: 'user?.fallbackOnError && user.maxFallbackAttempts > 0 &&',
    replacement: 'user && user.maxFallbackAttempts > 0 &&',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/kept-in-memory-alone',
    file: fallBack,
    find: 'await run.append(events, putRoutes(record, next))',
    replacement: 'await run.append(events)',
    tests: [`${test}/fallback.test.ts`, `${test}/fault-simulation.test.ts`],
  },
  {
    name: 'fallback/taken-back-with-the-next-settings',
    file: `${src}/engine/rows/run-agents.ts`,
    find: 'update run_agents set route = ? where run_id = ? and def_id is ?',
    replacement: 'update run_agents set route = ? where run_id = ? and 1 = 0 and def_id is ?',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/as-often-as-it-likes',
    file: fallBack,
    find: 'if (!route || fallbacks >= (route.maxFallbacks ?? 0) || !mayPass(failure))',
    replacement: 'if (!route || !route.maxFallbacks || !mayPass(failure))',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/after-a-refusal-of-what-was-asked',
    file: fallBack,
    find: '|| !mayPass(failure)',
    replacement: '',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/pictures-for-the-blind',
    file: fallBack,
    find: 'const canSee = history.pictures === 0 ||',
    replacement: 'const canSee = history.pictures >= 0 ||',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/reasoning-stays-in-parts',
    file: `${src}/engine/loop/history.ts`,
    find: 'this.messages = this.messages.map(withoutAnyReasoning)',
    replacement: '',
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/half-an-answer-before-the-other',
    file: `${src}/engine/loop/history.ts`,
    find: "      case 'retry':\n      case 'provider_fallback':",
    replacement: "      case 'retry':",
    tests: [`${test}/fallback.test.ts`],
  },
  {
    name: 'fallback/waits-as-long-as-without-another',
    file: `${src}/engine/loop/retry-settings.ts`,
    find: 'if (!hasFallback(run, answering)) return { clock, patienceMs, attempts }',
    replacement: 'if (record) return { clock, patienceMs, attempts }',
    tests: [`${test}/fallback.test.ts`],
  },
]

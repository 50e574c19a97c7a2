import { cutText } from '@loomcycle/proto/wire'
import type { ModelChoice } from '../../ground/config/config.ts'
import type { Provider, ProviderFailure } from '../../models/providers/provider.ts'
import { type FirstOf, inWords } from '../../models/routing/cascade.ts'
import { mayPass, nextOf } from '../../models/routing/next-of.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { LogEvent } from '../log/log-event.ts'
import { putRoutes } from '../rows/run-agents.ts'
import type { WorkingRun } from './working-run.ts'

/** What becomes of a turn that its model has failed. */
export type Fallback =
  /** Another model is asked. */
  | { kind: 'taken'; to: ResolvedModel }
  /** None is; `why` is for whoever reads of the failure. */
  | { kind: 'none'; why?: string }

/** Who takes over from a model that has failed. */
export type FallBack = (failed: ResolvedModel, failure: ProviderFailure) => Promise<Fallback>

const longestCause = 200

/**
 * Goes on with the next model of the run's tier that can be had, where its user tier says so. Which one is in the run's
 * row, in one commit with the events that tell of it: whoever takes the run up asks that one.
 */
export async function fallBack(run: WorkingRun, failed: ResolvedModel, failure: ProviderFailure): Promise<Fallback> {
  const { record, deps } = run
  const { route } = record
  const fallbacks = route?.fallbacks ?? 0
  if (!route || fallbacks >= (route.maxFallbacks ?? 0) || !mayPass(failure)) return { kind: 'none' }
  const from: ModelChoice = { provider: failed.provider.id, model: failed.model }
  if (isPinned(run)) {
    const text = `${from.model} failed, and the run stays with it, since it has answered before (LOOMCYCLE_FALLBACK_PIN_AFTER_SUCCESS).`
    await run.append([{ type: 'fallback_suppressed', text }])
    return { kind: 'none' }
  }
  const { chosen, passed } = nextFor(run, from)
  if (!chosen) return noneOf(passed)
  const provider = deps.findProvider(chosen.provider)!
  const to = { provider: chosen.provider, model: withoutLostThinking(run, provider, chosen.model) }
  const next = { ...route, now: to, fallbacks: fallbacks + 1 }
  const events: LogEvent[] = [
    {
      type: 'provider_fallback',
      fallback: {
        ...{ failed_provider: from.provider, failed_model: from.model },
        ...{ new_provider: to.provider, new_model: to.model, attempt: next.fallbacks },
        ...(route.userTier && { user_tier: route.userTier }),
        reason: failure.failureClass,
        cause_error: cutText(deps.redact.text(failure.message), longestCause),
      },
    },
    ...lostWith(run, failed.provider, to),
    ...(to.model === chosen.model
      ? []
      : [
          {
            type: 'model_downgraded' as const,
            text: `${chosen.model} would have to be shown all that it thought, and did not think it; ${to.model} takes its place.`,
          },
        ]),
  ]
  await run.append(events, putRoutes(record, next))
  record.route = next
  return { kind: 'taken', to: { provider, model: to.model } }
}

/** The same for what is asked beside a run that nobody works on: the run stays with what it has. */
export function fallBackAside(run: WorkingRun): FallBack {
  let fallbacks = run.record.route?.fallbacks ?? 0
  return async (failed, failure) => {
    if (fallbacks >= (run.record.route?.maxFallbacks ?? 0) || isPinned(run) || !mayPass(failure))
      return { kind: 'none' }
    const { chosen, passed } = nextFor(run, { provider: failed.provider.id, model: failed.model })
    if (!chosen) return noneOf(passed)
    fallbacks++
    return { kind: 'taken', to: { provider: run.deps.findProvider(chosen.provider)!, model: chosen.model } }
  }
}

function noneOf(passed: FirstOf['passed']): Fallback {
  return { kind: 'none', ...(passed.length > 0 && { why: `no other model could take over: ${inWords(passed)}` }) }
}

function isPinned({ deps, record }: WorkingRun): boolean {
  return deps.config.pinAfterSuccess && record.turns > 0
}

/** Whether another model could go on with the run if this one failed; so there is no need to wait long for it. */
export function hasFallback(run: WorkingRun, { provider, model }: ResolvedModel): boolean {
  const { route } = run.record
  if (!route || (route.fallbacks ?? 0) >= (route.maxFallbacks ?? 0)) return false
  if (isPinned(run)) return false
  return nextFor(run, { provider: provider.id, model }).chosen !== undefined
}

function nextFor({ record, deps, history }: WorkingRun, failed: ModelChoice) {
  const sees = ({ provider, model }: ModelChoice) => deps.findProvider(provider)?.capabilities(model).vision ?? false
  const { lackOf } = deps.availability
  return nextOf(record.route?.cascade ?? [], failed, lackOf, history.pictures > 0 ? sees : undefined)
}

/** Models that need to be shown all of their thinking again cannot go on where others have spoken. */
function withoutLostThinking({ history }: WorkingRun, provider: Provider, model: string): string {
  return history.hasAnswers ? (provider.withoutThinking?.(model) ?? model) : model
}

/** What the service knew of the conversation, and nobody else does. */
function lostWith({ history }: WorkingRun, from: Provider, to: ModelChoice): LogEvent[] {
  const lost: LogEvent[] = []
  if (from.keepsPrompts && from.id !== to.provider) {
    const text = `${from.id} had kept the conversation so far; ${to.provider} reads it anew.`
    lost.push({ type: 'cache_invalidated', text })
  }
  if (history.hasReasoning) {
    const text = 'What the model before it thought is not shown to another one.'
    lost.push({ type: 'reasoning_invalidated', text })
  }
  return lost
}

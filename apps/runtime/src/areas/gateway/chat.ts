import type { Usage } from '@loomcycle/proto'
import { settingsFor, shortWaitMs } from '../../engine/loop/ask-settings.ts'
import { refuseWhileClosed } from '../../engine/runs/start-run.ts'
import { userOf } from '../../ground/identity/principal.ts'
import { newGatewayId } from '../../ground/ids.ts'
import type { AskSettings } from '../../models/calls/ask-model.ts'
import type { ModelRequest, Provider, ProviderEvent, ProviderFailure } from '../../models/providers/provider.ts'
import { mayPass, nextOf } from '../../models/routing/next-of.ts'
import type { ChosenModel, ResolvedModel } from '../../models/routing/resolve.ts'
import type { OutsideCaller } from '../../tools/caller.ts'
import { callEnded } from './call-ended.ts'
import type { ChatRequest } from './chat-request.ts'
import type { GatewayDeps } from './deps.ts'
import { failureOf } from './failure-of.ts'
import { modelMeant } from './model-names.ts'
import { warningsFor } from './warnings.ts'
import { withoutSecrets } from './without-secrets.ts'

/** What comes of a request: `begun` first and `done` last. */
export type ChatEvent =
  | { type: 'begun'; id: string; provider: string; model: string; warnings: readonly string[] }
  | Exclude<ProviderEvent, { type: 'error' }>

/**
 * One answer of a model. Until its first word it is asked for again, and of the next model of its tier, as a run would;
 * after that nothing can be taken back. Throws a `RuntimeError`.
 */
export async function* chat(
  deps: GatewayDeps,
  caller: OutsideCaller,
  request: ChatRequest,
): AsyncGenerator<ChatEvent, void> {
  refuseWhileClosed(deps)
  const userId = userOf(caller.principal, request.userId)
  const slot = await deps.slots.admit(userId, caller.signal)
  try {
    const chosen = await deps.resolveModel(await modelMeant(deps, request.wanted), request.wanted.userTier)
    await deps.tokenLimits.admit({ tenantId: caller.tenantId, userId }, chosen.provider.id)
    yield* withoutSecrets(answer(deps, caller, request, userId, chosen), deps.redactor)
  } finally {
    slot.release()
  }
}

async function* answer(
  deps: GatewayDeps,
  caller: OutsideCaller,
  request: ChatRequest,
  userId: string,
  chosen: ChosenModel,
): AsyncGenerator<ChatEvent, void> {
  const id = newGatewayId()
  const lost: string[] = []
  let answering: ResolvedModel | undefined = chosen
  for (let fallbacks = 0; answering; fallbacks++) {
    const call = new Call(deps, caller, { request, id, userId, answering, chosen, fallbacks })
    yield* call.events(lost)
    const { failure } = call
    if (!failure) return
    answering = call.hasBegun ? undefined : call.next(failure)
    if (!answering) throw failureOf(deps, failure, 'provider_call_failed')
    lost.push(
      `${nameOf(call.of.answering)} failed, and ${nameOf(answering)} answers: ${deps.redactor.text(failure.message)}`,
    )
  }
}

function nameOf({ provider, model }: ResolvedModel): string {
  return `${provider.id}/${model}`
}

interface CallOf {
  request: ChatRequest
  id: string
  userId: string
  answering: ResolvedModel
  chosen: ChosenModel
  /** How often another model has failed before it. */
  fallbacks: number
}

/** One model that is asked, until it has begun to answer or failed for good. */
class Call {
  readonly of: CallOf
  hasBegun = false
  failure: ProviderFailure | undefined
  readonly #deps: GatewayDeps
  readonly #caller: OutsideCaller

  constructor(deps: GatewayDeps, caller: OutsideCaller, of: CallOf) {
    this.#deps = deps
    this.#caller = caller
    this.of = of
  }

  async *events(lost: readonly string[]): AsyncGenerator<ChatEvent, void> {
    const { request, id, userId, answering } = this.of
    const { tenantId, signal } = this.#caller
    const provider = answering.provider.id
    const { model } = answering
    const asked = toModelRequest(request, answering, id)
    let usage: Usage | undefined
    const ended = () => callEnded(this.#deps, { requestId: id, kind: 'chat', tenantId, userId, provider, model, usage })
    try {
      for await (const event of this.#deps.askModel(answering, asked, signal, this.#settings())) {
        if (event.type === 'retry') {
          ;({ usage } = event)
          if (usage) ended()
          usage = undefined
          continue
        }
        if (event.type === 'error') {
          ;({ usage } = event)
          this.failure = event.error
          return
        }
        if (!this.hasBegun) {
          this.hasBegun = true
          const warnings = [...lost, ...warningsFor(answering.provider, asked, request.ignored)]
          yield { type: 'begun', id, provider, model, warnings }
        }
        if (event.type === 'done') {
          ;({ usage } = event)
        }
        yield event
      }
    } finally {
      ended()
    }
  }

  /** Who is asked in its place. */
  next(failure: ProviderFailure): ResolvedModel | undefined {
    if (this.#caller.signal.aborted || !mayPass(failure)) return undefined
    const choice = this.#nextChoice()
    return choice && { provider: this.#provider(choice.provider), model: choice.model }
  }

  #nextChoice() {
    const { request, chosen, fallbacks } = this.of
    const { cascade, maxFallbacks = 0 } = chosen.route
    if (fallbacks >= maxFallbacks) return undefined
    const sees = (of: { provider: string; model: string }) => this.#provider(of.provider).capabilities(of.model).vision
    return nextOf(
      cascade,
      this.#choice(),
      this.#deps.routing.availability.lackOf,
      hasPictures(request) ? sees : undefined,
    ).chosen
  }

  /** A program can wait itself: it is told for how long. */
  #settings(): AskSettings {
    const { clock, config } = this.#deps
    const patienceMs = config.timings.providerPatience
    const wanted = this.of.chosen.route.retryAttempts
    const settings = settingsFor({ clock, patienceMs, wanted }, this.#nextChoice() !== undefined)
    const { cooldownMs } = this.of.chosen.route
    const whose = { tenantId: this.#caller.tenantId, userId: this.of.userId }
    return { ...settings, throttledMs: settings.throttledMs ?? shortWaitMs, untilBegun: true, cooldownMs, whose }
  }

  #choice() {
    const { provider, model } = this.of.answering
    return { provider: provider.id, model }
  }

  #provider(id: string): Provider {
    return this.#deps.routing.providers.get(id)!
  }
}

function hasPictures({ messages }: ChatRequest): boolean {
  return messages.some(({ content }) => content.some(({ type }) => type === 'image'))
}

function toModelRequest(request: ChatRequest, { provider, model }: ResolvedModel, id: string): ModelRequest {
  const { wanted: _, userId: __, ignored: ___, ...asked } = request
  return {
    ...asked,
    model,
    agent: 'gateway',
    runId: id,
    messages: provider.signsReasoning ? withoutReasoning(asked.messages) : asked.messages,
  }
}

/** It takes its thinking back only as it was, and words are not that. */
function withoutReasoning(messages: ModelRequest['messages']): ModelRequest['messages'] {
  return messages.map((message) => {
    if (message.role === 'user' || message.reasoning === undefined) return message
    const { reasoning: _, ...rest } = message
    return rest
  })
}

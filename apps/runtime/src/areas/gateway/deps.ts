import type { Ledger } from '../../engine/usage/ledger.ts'
import type { TokenLimits } from '../../engine/usage/token-limits.ts'
import type { Engine } from '../../engine/work/engine.ts'
import type { Slots } from '../../engine/work/slots.ts'
import type { Clock } from '../../ground/clock.ts'
import type { Config } from '../../ground/config/config.ts'
import type { Redactor } from '../../ground/config/redaction/redactor.ts'
import type { Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { AskModel } from '../../models/calls/ask-model.ts'
import type { CountingEmbedder } from '../../models/embedders/embedder.ts'
import type { ResolveModel } from '../../models/routing/resolve.ts'
import type { RoutingDeps } from '../../models/routing/views.ts'

/** What programs are given of the model services. */
export interface GatewayDeps {
  config: Pick<Config, 'aliases' | 'defaults' | 'providerPriority' | 'tiers' | 'userTiers' | 'timings'>
  clock: Clock
  routing: Pick<RoutingDeps, 'providers' | 'listings' | 'availability'>
  resolveModel: ResolveModel
  askModel: AskModel
  slots: Slots
  engine: Pick<Engine, 'isStopping' | 'isPaused' | 'isAway'>
  /** Undefined where none is configured. */
  embedder: CountingEmbedder | undefined
  /**
   * What the runtime keeps to itself. What only looks like a secret is the program's own: to take it out would be to write
   * something else than the model did.
   */
  redactor: Redactor
  ledger: Pick<Ledger, 'record'>
  tokenLimits: Pick<TokenLimits, 'admit'>
  telemetry: Telemetry
}

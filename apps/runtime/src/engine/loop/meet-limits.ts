import type { LimitInfo } from '@loomcycle/proto'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import { isHard } from '../usage/token-limits.ts'
import type { WorkingRun } from './working-run.ts'

/**
 * Before a model is called: the limit of tokens that keeps it from that. Those that are only to be said are said, each
 * once when it is crossed.
 */
export async function meetLimits(run: WorkingRun, { provider }: ResolvedModel): Promise<LimitInfo | undefined> {
  const reached = await run.deps.tokenLimits.reached(run.record, provider.id)
  const news = reached.filter((limit) => !isHard(limit) && !run.history.hasTold(limit))
  if (news.length > 0) await run.append(news.map((limit) => ({ type: 'limit', limit })))
  return reached.find(isHard)
}

import type { ModelChoice } from '../../ground/config/config.ts'
import type { ProviderFailure } from '../providers/provider.ts'
import { readRefusal } from '../providers/refusals.ts'
import { type FirstOf, firstOf, type Lack } from './cascade.ts'

/** Whether another model may do what this one failed: what is refused for what it is would be refused by others as well. */
export function mayPass({ failureClass, message }: ProviderFailure): boolean {
  return (failureClass === 'retryable' || failureClass === 'deprecated') && readRefusal(message) === undefined
}

/** The first of the others that can be had; `sees`: undefined where there is nothing to look at. */
export function nextOf(
  cascade: readonly ModelChoice[],
  failed: ModelChoice,
  lackOf: Lack,
  sees: ((choice: ModelChoice) => boolean) | undefined,
): FirstOf {
  const isFailed = (choice: ModelChoice) => choice.provider === failed.provider && choice.model === failed.model
  return firstOf(
    cascade.filter((choice) => !isFailed(choice)),
    (choice) => {
      const lack = lackOf(choice)
      if (lack !== undefined) return lack
      return sees?.(choice) === false ? 'cannot look at the pictures that are talked about' : undefined
    },
  )
}

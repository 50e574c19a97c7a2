import type { ServiceAccess } from '../../../ground/config/model-services.ts'
import type { HttpDeps } from '../http.ts'
import type { Provider } from '../provider.ts'
import { createOpenAi } from './index.ts'

/** A service that a configuration file adds. */
export function ownService(id: string, { own, ...access }: ServiceAccess, deps: HttpDeps): Provider {
  const { headers, quirks, keyVariable } = own ?? {}
  const { isLocal } = quirks ?? {}
  return createOpenAi(
    {
      id,
      service: 'compatible',
      ...access,
      ...(headers && { headers }),
      ...(quirks && { quirks }),
      ...(keyVariable !== undefined && { keyVariable }),
      ...(isLocal !== undefined && { isLocal }),
    },
    deps,
  )
}

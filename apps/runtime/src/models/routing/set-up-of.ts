import { codeJs } from '../../ground/config/code-agents.ts'
import { serviceMeant, setUpBy } from '../../ground/config/model-services.ts'
import type { Provider } from '../providers/provider.ts'
import { modelServices } from '../providers/registry.ts'

/** What somebody has to do so that a provider is there. */
export function setUpOf(id: string): string {
  const service = modelServices.find((one) => one.id === id)
  if (service) return `set ${setUpBy(service, modelServices)}`
  if (id === codeJs) return 'set LOOMCYCLE_CODE_AGENTS_ENABLED=1'
  return id.startsWith('mock') ? 'set LOOMCYCLE_MOCK_ENABLED=1' : 'configure another one for it'
}

/** The provider that is meant by an id, as things are set up. */
export function providerMeant(id: string, providers: ReadonlyMap<string, Provider>): Provider | undefined {
  return providers.get(serviceMeant(id, modelServices, (one) => providers.has(one)))
}

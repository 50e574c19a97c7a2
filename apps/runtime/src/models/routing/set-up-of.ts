import { setUpBy } from '../../ground/config/model-services.ts'
import { modelServices } from '../providers/registry.ts'

/** What somebody has to do so that a provider is there. */
export function setUpOf(id: string): string {
  const service = modelServices.find((one) => one.id === id)
  if (service) return `set ${setUpBy(service)}`
  return id.startsWith('mock') ? 'set LOOMCYCLE_MOCK_ENABLED=1' : 'configure another one for it'
}

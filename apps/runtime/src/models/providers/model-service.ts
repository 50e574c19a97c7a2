import type { ServiceAccess, ServiceSettings } from '../../ground/config/model-services.ts'
import type { HttpDeps } from './http.ts'
import type { Provider } from './provider.ts'

/** A service describes itself: what it is called, what sets it up, and how it is made. */
export interface ModelService extends ServiceSettings {
  create(access: ServiceAccess, deps: HttpDeps): Provider
}

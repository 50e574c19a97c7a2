/** What the configuration has to know of a model service, which says it of itself. */
export interface ServiceSettings {
  id: string
  /** The variables that its key and its address are in. */
  keyVariable?: string
  baseUrlVariable?: string
  /** Which of them it cannot do without; where it is `either`, one is enough. */
  needs: 'key' | 'address' | 'either'
  /** The service that its id means where it is not set up and that one is. */
  standIn?: string
  /** What there is to say of those variables besides. */
  notes?: Readonly<Record<string, string>>
  /** What else it can be told. */
  numbers?: Readonly<Partial<Record<keyof ServiceNumbers, NumberVariable>>>
}

/** A variable that is a whole number, or not there. */
export interface NumberVariable {
  variable: string
  min: number
  max: number
  unit?: 'ms'
  /** With what is so where it is not there. */
  about: string
}

export interface ServiceNumbers {
  /** Tokens that its models are loaded with. */
  contextTokens?: number
  /** So long may it take until it begins to answer. */
  headerTimeoutMs?: number
  /** So long may it be silent in the middle of an answer. */
  idleTimeoutMs?: number
}

/** How a service that is set up is reached. */
export interface ServiceAccess extends ServiceNumbers {
  apiKey?: string
  baseUrl?: string
}

/** The variable that sets a service up, or one of those that do. */
export function setUpBy(service: ServiceSettings, services: readonly ServiceSettings[]): string | undefined {
  const { needs, keyVariable, baseUrlVariable, standIn } = service
  const own = needs === 'address' ? baseUrlVariable : keyVariable
  const other = services.find(({ id }) => id === standIn)
  return other ? `${own} or ${setUpBy(other, services)}` : own
}

/** The service that is meant by an id, as things are set up. */
export function serviceMeant(
  id: string,
  services: readonly ServiceSettings[],
  isSetUp: (id: string) => boolean,
): string {
  const { standIn } = services.find((service) => service.id === id) ?? {}
  return standIn !== undefined && !isSetUp(id) && isSetUp(standIn) ? standIn : id
}

/** What the configuration has to know of a model service, which says it of itself. */
export interface ServiceSettings {
  id: string
  /** The variables that its key and its address are in. */
  keyVariable?: string
  baseUrlVariable?: string
  /** Which of them it cannot do without; where it is `either`, one is enough. */
  needs: 'key' | 'address' | 'either'
}

/** How a service that is set up is reached. */
export interface ServiceAccess {
  apiKey?: string
  baseUrl?: string
}

/** The variable that sets a service up. */
export function setUpBy({ needs, keyVariable, baseUrlVariable }: ServiceSettings): string | undefined {
  return needs === 'address' ? baseUrlVariable : keyVariable
}

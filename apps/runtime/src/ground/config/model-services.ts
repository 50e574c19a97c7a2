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
  /** Nobody has named its address: it was looked for. */
  isFound?: true
  /** Of a service that a configuration file adds. */
  own?: OwnService
}

/** A service of the operator's own, that speaks OpenAI's chat completions with peculiarities. */
export interface OwnService {
  keyVariable?: string
  /** What each request is sent with besides the key. */
  headers: Readonly<Record<string, string>>
  quirks: Quirks
}

/** What a service takes otherwise than others that speak its protocol. */
export interface Quirks {
  /** It is spoken to by OpenAI’s Responses instead of chat completions. */
  api?: 'responses'
  /** Whether it runs on somebody's own machine; told from its address unless given. */
  isLocal?: boolean
  /** Members of a request that it refuses, … */
  omit: readonly string[]
  /** … those that it calls otherwise, … */
  rename: Readonly<Record<string, string>>
  /** … and those that it is to be sent besides. */
  extra: Readonly<Record<string, unknown>>
  takesTools: boolean
  /** Said with the tools. */
  toolChoice?: 'auto' | 'required'
  /** Told from the name of a model unless given. */
  takesPictures?: boolean
  /** The member that tells how much to think, and the one in which thinking is shown to it again. */
  effort?: 'reasoning_effort' | 'reasoning'
  reasoning?: 'reasoning_content' | 'reasoning'
  /** Nobody but the model may speak after the results of its calls; told from the name of a model unless given. */
  modelFollowsResults?: boolean
  /** Ids of calls are letters and digits, so many of them. */
  callIdLength?: number
  /** Of what its answers say that they cost. */
  costCurrency?: string
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

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
  /** Ids of calls are letters and digits, so many of them. */
  callIdLength?: number
}

/** The variable that sets a service up. */
export function setUpBy({ needs, keyVariable, baseUrlVariable }: ServiceSettings): string | undefined {
  return needs === 'address' ? baseUrlVariable : keyVariable
}

import type { Health, Service, ServiceModel } from './services.ts'
import type { Use } from './uses.ts'

export const healthWords: Record<Health, string> = {
  well: 'Answers',
  unasked: 'Not asked yet',
  silent: 'Does not answer',
  failed: 'A model has failed',
  resting: 'Was asked too much',
  empty: 'Has no model',
  script: 'No model behind it',
}

export const healthTones: Record<Health, 'accent' | 'neutral' | 'warn' | 'danger'> = {
  well: 'accent',
  unasked: 'neutral',
  silent: 'danger',
  failed: 'warn',
  resting: 'warn',
  empty: 'warn',
  script: 'neutral',
}

/** What set it up, by the names of what can be changed. */
export function originInWords({ id, source, keyVariable, addressVariable }: Service): string {
  if (source === 'found') return 'Found on this machine; nobody had to name it.'
  if (source === 'file') {
    const key = keyVariable ? ` Its key is in the environment variable ${keyVariable}.` : ' It needs no key.'
    return `Configured under providers.${id} in a configuration file.${key}`
  }
  if (source !== 'environment') return ''
  if (keyVariable) return `Its key is in the environment variable ${keyVariable}.`
  return addressVariable ? `Its address is in the environment variable ${addressVariable}; it needs no key.` : ''
}

export function whatToDo({ health, id, keyVariable }: Service): string {
  if (health === 'empty' && id.startsWith('ollama')) return 'Pull one: ollama pull qwen3:4b. It is seen here by itself.'
  if (health === 'empty') return 'The service lists no model; what agents name is asked of it all the same.'
  if (health === 'silent' && keyVariable) {
    return `It is asked again by itself. Where the key is wrong, correct ${keyVariable} and start the runtime again.`
  }
  if (health === 'silent') return 'It is asked again by itself, every few seconds while this page is open.'
  return ''
}

export const troubleWords: Record<NonNullable<ServiceModel['trouble']>, string> = {
  failed: 'Has failed, and not answered since',
  resting: 'Was asked too much, and is left alone',
  unlisted: 'Not among the models of the service',
}

export function useInWords(use: Use): string {
  if (use.kind === 'alias') return `the name ${use.name}`
  if (use.kind === 'agent') return use.name
  return use.of ? `tier ${use.name} of ${use.of}` : `tier ${use.name}`
}

export function useKey(use: Use): string {
  return `${use.kind} ${use.kind === 'tier' ? (use.of ?? '') : ''} ${use.name}`
}

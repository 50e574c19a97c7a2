import type { RunnableAgent } from '@loomcycle/client'
import type { SuggestionSource } from '../../../components/suggestions/suggestions.ts'

/** Agents by name: whoever reads the message knows whom it is about, and may ask them. */
export function agentMentions(agents: readonly RunnableAgent[]): SuggestionSource {
  return {
    trigger: '@',
    title: 'Agents',
    suggestions: agents.map(({ name, description = '' }) => ({
      id: name,
      label: `@${name}`,
      hint: description,
      insert: `@${name}`,
    })),
  }
}

/** Documents and their chunks by name, path or words; asking is code that comes with the first `@`. */
export const documentMentions: SuggestionSource = {
  trigger: '@',
  title: 'Documents',
  suggestions: [],
  find: async (query, signal) => (await import('../find-documents.ts')).findDocuments(query, signal),
}

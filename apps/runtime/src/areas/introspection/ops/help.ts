import { ToolError } from '../../../ground/tool-error.ts'
import type { ContextOp } from '../deps.ts'
import { helpTopics } from '../help-topics.ts'

export function help(): ContextOp<'help'> {
  return async (_, { topic }) => {
    if (!topic) {
      const topics = helpTopics.map(({ name, description, source }) => ({ name, description, source }))
      return { topics, count: topics.length, hint: 'Ask again with one of these as topic.' }
    }
    const found = helpTopics.find(({ name }) => name === topic.toLowerCase())
    if (found) return found
    throw new ToolError(`there is no topic "${topic}"; there are ${helpTopics.map(({ name }) => name).join(', ')}`)
  }
}

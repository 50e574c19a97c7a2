import { RuntimeError } from '@loomcycle/proto'
import type { HelpTopic } from '../../../ground/config/config.ts'
import { defining } from './defining.ts'
import { keeping } from './keeping.ts'
import { others } from './others.ts'
import type { Topic } from './topic.ts'
import { working } from './working.ts'

export const builtinTopics: readonly Topic[] = [...working, ...keeping, ...others, ...defining]

type Source = 'builtin' | 'operator'

export function helpIndex(own: readonly HelpTopic[]) {
  const topics = allTopics(own).map(({ name, description, source }) => ({ name, description, source }))
  return { topics, count: topics.length }
}

export function findHelp(own: readonly HelpTopic[], topic: string) {
  const all = allTopics(own)
  const found = all.find(({ name }) => name.toLowerCase() === topic.toLowerCase())
  if (found) return found
  throw new RuntimeError(
    'unknown_topic',
    `there is no topic "${topic}"; there are ${all.map(({ name }) => name).join(', ')}`,
  )
}

/** The operator’s own go before those of the same name. */
function allTopics(own: readonly HelpTopic[]): (HelpTopic & { source: Source })[] {
  const byName = new Map<string, HelpTopic & { source: Source }>()
  for (const { name, description, content } of builtinTopics) {
    byName.set(name, { name, description, content, source: 'builtin' })
  }
  for (const topic of own) byName.set(topic.name, { ...topic, source: 'operator' })
  return [...byName.values()]
}

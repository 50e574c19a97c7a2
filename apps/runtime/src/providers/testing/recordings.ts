import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { anthropicSse } from './anthropic-wire.ts'
import { openaiSse } from './openai-wire.ts'

export interface Recording {
  name: string
  sse: string
}

export const ANTHROPIC_RECORDINGS = [
  'anthropic/text',
  'anthropic/text-then-tool-no-args',
  'anthropic/thinking',
  'anthropic/tool-json-arguments',
]

export const OPENAI_RECORDINGS = [
  'openai/chat-text',
  'deepseek/chat-tool-call',
  'openai-compatible/chat-incremental-tool-call',
  'openai-compatible/chat-reasoning-tool-call',
]

/** A recorded stream as the service would send it; undefined where the recordings are not at hand. */
export function findRecording(name: string): Recording | undefined {
  const folder = findShared(import.meta.dirname)
  if (folder === undefined) return undefined
  const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8').split('\n')
  const frames = lines.filter((line) => line !== '').map((line) => JSON.parse(line))
  return { name, sse: name.startsWith('anthropic/') ? anthropicSse(frames) : openaiSse(frames) }
}

/** They live beside the repository rather than in it. */
function findShared(from: string): string | undefined {
  for (const base of [from, join(from, 'shared')]) {
    const folder = join(base, 'data', 'provider-streams')
    if (existsSync(folder)) return folder
  }
  const parent = dirname(from)
  return parent === from ? undefined : findShared(parent)
}

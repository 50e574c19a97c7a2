import { findFixture } from '../../../../../../fixtures/find-fixture.ts'
import { anthropicSse } from './anthropic-wire.ts'
import { geminiSse } from './gemini-wire.ts'
import { ollamaLines } from './ollama-wire.ts'
import { openaiSse } from './openai-wire.ts'
import { responsesSse } from './responses-wire.ts'

/** Made by hand in the shape of each service; part of the repository. */
const anthropicStreams = [
  'anthropic/spoken-text',
  'anthropic/thought-then-text',
  'anthropic/text-then-bare-call',
  'anthropic/call-in-pieces',
]
const openaiStreams = [
  'openai/spoken-text',
  'deepseek/thought-then-call',
  'openai-compatible/call-repeats-its-name-empty',
  'openai-compatible/thought-then-call',
]

const ollamaStreams = ['ollama/spoken-text', 'ollama/thought-then-calls', 'ollama/call-as-text']
const geminiStreams = ['gemini/spoken-text', 'gemini/thought-then-calls', 'gemini/calls-without-ids']

/** Recorded from real services; beside the repository, where they are at hand. */
const anthropicRecordings = [
  'anthropic/text',
  'anthropic/text-then-tool-no-args',
  'anthropic/thinking',
  'anthropic/tool-json-arguments',
]
const openaiRecordings = [
  'openai/chat-text',
  'deepseek/chat-tool-call',
  'openai-compatible/chat-incremental-tool-call',
  'openai-compatible/chat-reasoning-tool-call',
]

const geminiRecordings = ['gemini/text', 'gemini/reasoning', 'gemini/tool-call']

export const ANTHROPIC_STREAMS = [...anthropicStreams, ...anthropicRecordings]
export const OPENAI_STREAMS = [...openaiStreams, ...openaiRecordings]
/** None is at hand. */
export const OLLAMA_STREAMS = ollamaStreams

export const RESPONSES_STREAMS = ['openai-responses/spoken-text', 'openai-responses/thought-then-calls']
export const GEMINI_STREAMS = [...geminiStreams, ...geminiRecordings]

/** The stream as the service would send it, as text; undefined where it is not at hand. */
export function findStream(name: string): string | undefined {
  const text = findFixture(`provider-streams/${name}.jsonl`)
  if (text === undefined) return undefined
  const lines = text.split('\n').filter((line) => line !== '')
  const frames = lines.map((line) => JSON.parse(line))
  if (name.startsWith('ollama/')) return ollamaLines(frames)
  const toSse =
    { anthropic: anthropicSse, gemini: geminiSse, 'openai-responses': responsesSse }[name.split('/')[0]!] ?? openaiSse
  return toSse(frames)
}

export function getStream(name: string): string {
  const stream = findStream(name)
  if (stream === undefined) throw new Error(`there is no stream ${name}`)
  return stream
}

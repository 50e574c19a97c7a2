import { createFail } from '../failures.ts'
import type { ProviderEvent } from '../provider.ts'
import { createSseParser, type SseMessage } from '../sse.ts'
import { readFrame, type TurnReader } from '../stream-turn.ts'

export function messagesOf(...chunks: Uint8Array[]): SseMessage[] {
  const parser = createSseParser()
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()]
}

export function eventsOf(reader: TurnReader, ...chunks: Uint8Array[]): ProviderEvent[] {
  return messagesOf(...chunks).flatMap((message) => readFrame(message, reader, createFail('service')))
}

/** The bytes in two parts, once for every place between two of them. */
export function* everyCut(bytes: Uint8Array): Generator<[Uint8Array, Uint8Array]> {
  for (let at = 0; at <= bytes.length; at++) yield [bytes.subarray(0, at), bytes.subarray(at)]
}

/** A long stream in stretches of a few frames: cutting everywhere in each is cutting everywhere, in linear time. */
export function stretches(sse: string, frames: number): string[] {
  const all = sse.split(/(?<=\n\n)/)
  return Array.from({ length: Math.ceil(all.length / frames) }, (_, at) =>
    all.slice(at * frames, (at + 1) * frames).join(''),
  )
}

import type { SseMessage, SseParser } from './sse.ts'

const MAX_LINE = 16 * 1024 * 1024

/** Reads lines of JSON from bytes cut anywhere. What gateways frame as server-sent events on the way is taken as well. */
export function createLineParser(maxLine = MAX_LINE): SseParser {
  const decoder = new TextDecoder()
  let line: string[] = []
  let size = 0

  const take = (messages: SseMessage[], isCut: boolean) => {
    const data = dataIn(line.join(''))
    line = []
    size = 0
    if (data !== '') messages.push({ event: 'message', data, ...(isCut && { cut: true }) })
  }

  const read = (text: string, messages: SseMessage[]) => {
    const [first = '', ...rest] = text.split('\n')
    keep(first)
    for (const begun of rest) {
      take(messages, false)
      keep(begun)
    }
  }

  const keep = (piece: string) => {
    size += piece.length
    if (size > maxLine) throw new Error(`a line is longer than ${maxLine} characters`)
    line.push(piece)
  }

  return {
    push(bytes) {
      const messages: SseMessage[] = []
      read(decoder.decode(bytes, { stream: true }), messages)
      return messages
    },
    end() {
      const messages: SseMessage[] = []
      take(messages, true)
      return messages
    },
  }
}

function dataIn(line: string): string {
  const text = line.trim()
  if (text.startsWith('data:')) return text.slice(5).trim()
  return /^(:|(event|id|retry):)/.test(text) ? '' : text
}

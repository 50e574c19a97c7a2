export interface SseMessage {
  event: string
  data: string
  /** The stream ended in the middle of its last line. */
  cut?: true
}

export interface SseParser {
  push(bytes: Uint8Array): SseMessage[]
  /** What had not been closed when the stream ended. */
  end(): SseMessage[]
}

const MAX_MESSAGE = 16 * 1024 * 1024

/** Reads `text/event-stream` from bytes cut anywhere: inside a character, between CR and LF, in the middle of a field. */
export function createSseParser(maxMessage = MAX_MESSAGE): SseParser {
  // Drops a leading BOM by itself, and holds back the bytes of a character that is still incomplete.
  const decoder = new TextDecoder()
  let line: string[] = []
  let size = 0
  let endedByCr = false
  let event = ''
  let data: string[] = []

  const grow = (length: number) => {
    size += length
    if (size > maxMessage) throw new Error(`a server-sent event is longer than ${maxMessage} characters`)
  }

  const dispatch = (messages: SseMessage[]) => {
    if (data.length > 0) messages.push({ event: event || 'message', data: data.join('\n') })
    event = ''
    data = []
    size = 0
  }

  const takeLine = (messages: SseMessage[]) => {
    const text = line.length === 1 ? line[0]! : line.join('')
    line = []
    if (text === '') return dispatch(messages)
    const colon = text.indexOf(':')
    if (colon === 0) {
      size -= text.length
      return
    }
    const field = colon < 0 ? text : text.slice(0, colon)
    const value = colon < 0 ? '' : text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
  }

  const read = (text: string, messages: SseMessage[]) => {
    let from = 0
    if (endedByCr && text !== '') {
      if (text[0] === '\n') from = 1
      endedByCr = false
    }
    let cr = text.indexOf('\r', from)
    while (from < text.length) {
      if (cr >= 0 && cr < from) cr = text.indexOf('\r', from)
      const lf = text.indexOf('\n', from)
      const at = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf
      if (at < 0) {
        grow(text.length - from)
        line.push(text.slice(from))
        return
      }
      grow(at - from)
      line.push(text.slice(from, at))
      takeLine(messages)
      from = at + 1
      if (text[at] === '\r') {
        if (from === text.length) endedByCr = true
        else if (text[from] === '\n') from++
      }
    }
  }

  return {
    push(bytes) {
      const messages: SseMessage[] = []
      read(decoder.decode(bytes, { stream: true }), messages)
      return messages
    },
    end() {
      const messages: SseMessage[] = []
      const isCut = line.length > 0
      if (isCut) takeLine(messages)
      dispatch(messages)
      return isCut ? messages.map((message) => ({ ...message, cut: true })) : messages
    },
  }
}

import { RuntimeError } from '@loomcycle/proto'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The text of a body, in the charset that its type names. What is none is refused: guessed at, it would be another text. */
export function textOf(bytes: Uint8Array, contentType: string | undefined): string {
  const decoder = decoderFor(contentType)
  try {
    return decoder.decode(bytes)
  } catch {
    throw new RuntimeError('invalid_json', `bad json: the body is not ${decoder.encoding}`)
  }
}

function decoderFor(contentType = ''): TextDecoder {
  const [, charset] = /;\s*charset="?([^\s;"]{1,40})/i.exec(contentType) ?? []
  if (charset === undefined || /^utf-?8$/i.test(charset)) return utf8
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    throw new RuntimeError('unsupported_media_type', `The charset ${charset} is not known here; send UTF-8.`)
  }
}

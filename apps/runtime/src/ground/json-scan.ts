import { mostJsonLevels } from '@loomcycle/proto'

const quote = 0x22
const comma = 0x2c
const backslash = 0x5c
/** One bit tells a list's bracket from a map's. */
const asMap = 0x20
const opening = 0x7b
const closing = 0x7d
const sliceLength = 128 * 1024

export type Complaint = 'too deep' | 'too many values'

/** Whether JSON goes too deep or has too much in it. Looks at each character once, before anything is made of it. */
export function* scanJson(json: string, mostValues = Infinity): Generator<void, Complaint | undefined> {
  let levels = 0
  let values = 0
  for (let at = 0, restAt = sliceLength; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    if (unit === quote) at = endOfString(json, at)
    else if (unit === comma) values++
    else if ((unit | asMap) === opening) {
      values++
      if (++levels > mostJsonLevels) return 'too deep'
    } else if ((unit | asMap) === closing) levels--
    if (values > mostValues) return 'too many values'
    if (at < restAt) continue
    restAt = at + sliceLength
    yield
  }
  return undefined
}

/** Where the text of a string that starts here ends. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json.charCodeAt(end - 1 - backslashes) === backslash) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return json.length
}

import { mostCharacters } from '../../apps/runtime/src/areas/documents/bounds.ts'
import { LoomcycleClient } from '../../packages/client/src/index.ts'
import type { Violation } from '../fault.ts'

/** The chunk to look at. */
export const hostileChunk = 'the hostile one'

/** A document with the text in it: in one chunk, or in several where it has more than one may have. */
export async function documentOf(
  url: string,
  name: string,
  text: string,
): Promise<{ documentId: string; violations: Violation[] }> {
  const client = new LoomcycleClient({ baseUrl: url })
  const { document_id, root_chunk_id: parent_id } = await client.document({ op: 'create_document', title: name })
  const add = (title: string, body: string) =>
    client.document({ op: 'create_chunk', document_id, parent_id, title, body })
  const violations: Violation[] = []
  if (text.length > mostCharacters) {
    const answer = await add(hostileChunk, text).then(
      () => 'was taken',
      (error: Error) => error.message,
    )
    if (!answer.includes(`may have ${mostCharacters}; put parts of it into chunks of their own`))
      violations.push({ case: `a chunk of ${name}`, what: `${text.length} characters in one chunk: ${answer}` })
  }
  for (const [n, part] of parts(text).entries()) await add(n === 0 ? hostileChunk : `part ${n + 1}`, part)
  return { documentId: document_id, violations }
}

/** Each as long as it may be, cut between two lines where there are some. */
function parts(text: string): string[] {
  const found: string[] = []
  for (let from = 0; from < text.length; ) {
    const most = from + mostCharacters
    const line = most < text.length ? text.lastIndexOf('\n', most - 1) + 1 : 0
    const end = line > from ? line : most
    found.push(text.slice(from, end))
    from = end
  }
  return found
}

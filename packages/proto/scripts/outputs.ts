import { BoardSettings, CommentFields, endpoints, errorTable, openApiDocument, opSets } from '../src/index.ts'
import { printTypes } from './print-types.ts'

const api = { version: '1.60.0' }

/** What fields of chunks hold that the server knows by their type. */
const fields = [BoardSettings, CommentFields]

/** What is printed from the wire's declarations, by path from the repository's root. */
export function outputs(): Record<string, string> {
  return {
    'packages/client/src/wire.gen.ts': printTypes(endpoints, opSets, Object.keys(errorTable), fields),
    'packages/proto/openapi.json': `${JSON.stringify(openApiDocument(endpoints, opSets, api.version), null, 2)}\n`,
  }
}

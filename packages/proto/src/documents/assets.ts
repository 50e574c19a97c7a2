import { Type } from 'typebox'
import { op } from '../op.ts'
import { Bool, Int, object, optional, Text } from '../schema.ts'
import { Chunk } from './chunk.ts'
import { id, scope } from './parts.ts'

/** Pictures of chunks. */
export const assetOps = {
  set_asset: op({
    name: 'set_asset',
    description: 'Put an image into a chunk, at most 8 MiB.',
    idempotent: true,
    effect: 'changes',
    input: object('SetAssetInput', {
      scope,
      id,
      media_type: Text('E.g. image/png.'),
      data: Text('Base64.'),
      filename: optional(Type.String({ maxLength: 255 })),
    }),
    output: Chunk,
  }),
  get_asset: op({
    name: 'get_asset',
    description: 'What image a chunk has; its bytes are at /v1/_document/asset/{chunk_id}.',
    idempotent: true,
    effect: 'reads',
    input: object('GetAssetInput', { scope, id }),
    output: object('GetAssetOutput', {
      chunk_id: Text(),
      media_type: Text(),
      size: Int(),
      described: Bool(),
      filename: optional(Text()),
      note: optional(Text()),
    }),
  }),
}

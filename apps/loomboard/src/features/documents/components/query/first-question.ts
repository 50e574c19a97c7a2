import type { wire } from '@loomcycle/client'

/** A question to begin with. */
export function firstQuestion({ document_id: id }: wire.GetDocumentOutput): string {
  return `select id, title, type, status, updated_at from chunks\nwhere document_id = '${id}' and status is not null\norder by updated_at desc`
}

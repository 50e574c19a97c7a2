import type { EdgeWithEnds } from '../store/edges.ts'

/** What an edge says of the chunk it starts at. */
export function fromEnd(edge: EdgeWithEnds) {
  return {
    from_title: edge.from_title,
    ...(edge.from_type === '' ? {} : { from_type: edge.from_type }),
    ...(edge.from_status === '' ? {} : { from_status: edge.from_status }),
    from_document_id: edge.from_document_id,
  }
}

/** And of the one it leads to. */
export function toEnd(edge: EdgeWithEnds) {
  return {
    to_title: edge.to_title,
    ...(edge.to_type === '' ? {} : { to_type: edge.to_type }),
    ...(edge.to_status === '' ? {} : { to_status: edge.to_status }),
    to_document_id: edge.to_document_id,
  }
}

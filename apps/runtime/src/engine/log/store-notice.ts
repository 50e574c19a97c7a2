import type { RunEvent } from '@loomcycle/proto'
import type { StoreError } from '../../ground/store-error.ts'

/** For whoever follows something that will be silent until the store is back. */
export function storeNotice(error: StoreError | undefined): Extract<RunEvent, { type: 'notice' }> {
  return error
    ? {
        type: 'notice',
        code: 'store_unavailable',
        text: `${error.trouble}. ${error.isDamage ? 'What needs the damaged part is refused.' : 'Nothing is lost; this goes on once that is mended.'}`,
      }
    : { type: 'notice', code: 'store_available', text: 'The database is in service again.' }
}

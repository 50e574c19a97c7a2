import type { BoardColumn } from '@loomcycle/client'
import { toast } from '../../../../lib/toast.ts'
import type { Desk } from './desk.ts'

/** Saves how the board is set up, for everybody who looks at it; false where it was not taken. */
export async function saveColumns(desk: Desk, columns: readonly BoardColumn[]): Promise<boolean> {
  try {
    await desk.props.editing.saveBoard('main', { columns: [...columns] })
    return true
  } catch (error) {
    toast.error('The columns were not saved', error)
    return false
  }
}

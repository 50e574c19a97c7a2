import { useState } from 'react'
import { client } from '../../../../../lib/client.ts'
import { describeError } from '../../../../../lib/describe-error.ts'
import type { EditDocument } from '../../../use-edit-document.ts'
import { placeInside } from '../../../writing/place.ts'
import { toPicture } from './picture.ts'

/** A picture on its way into the document. */
export interface Arriving {
  id: number
  name: string
  /** Why it did not arrive. */
  problem?: string
  again: () => void
}

export interface Pictures {
  arriving: readonly Arriving[]
  add: (files: readonly File[], at?: number) => void
  dismiss: (id: number) => void
}

let ids = 0

/** Puts pictures into the document, each in a chunk of its own under this one, and into the text where it was dropped. */
export function usePictures(to: {
  chunkId: string
  editing: EditDocument
  onMade: (words: string, at?: number) => void
}): Pictures {
  const { chunkId, editing, onMade } = to
  const [arriving, setArriving] = useState<readonly Arriving[]>([])
  const dismiss = (id: number) => setArriving((all) => all.filter((each) => each.id !== id))

  async function add(file: File, at: number | undefined): Promise<void> {
    const id = ++ids
    const name = file.name || 'Pasted image'
    const again = () => {
      dismiss(id)
      void add(file, undefined)
    }
    setArriving((all) => [...all, { id, name, again }])
    try {
      const { media_type, data } = await toPicture(file)
      const made = await editing.create({ title: name, to: placeInside(editing.chunks, chunkId) })
      await client.document({ op: 'set_asset', id: made.id, media_type, data, filename: name })
      dismiss(id)
      onMade(`![${name.replace(/[[\]\\]/g, ' ')}](/v1/_document/asset/${made.id})`, at)
    } catch (error) {
      const problem = describeError(error).reason
      setArriving((all) => all.map((each) => (each.id === id ? { ...each, problem } : each)))
    }
  }
  return { arriving, dismiss, add: (files, at) => files.forEach((file, i) => void add(file, i === 0 ? at : undefined)) }
}

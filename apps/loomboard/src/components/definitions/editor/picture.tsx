import { useState } from 'react'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { Disclosure } from '../../disclosure.tsx'
import type { OwnPane, OwnPaneProps } from './field.ts'

type PictureProps = OwnPaneProps & { of: OwnPane['Picture'] }

/** Folded where it would push away what somebody writes. */
export function PictureAbove({ of: Picture, ...props }: PictureProps) {
  const hasRoom = useMedia('(min-width: 768px)')
  const [wanted, setWanted] = useState<boolean>()
  return (
    <Disclosure open={wanted ?? hasRoom} onOpenChange={setWanted} label="Diagram">
      <div className="rounded-lg border bg-surface">
        <Picture {...props} />
      </div>
    </Disclosure>
  )
}

export function PictureBeside({ of: Picture, ...props }: PictureProps) {
  return (
    <div className="mb-4 max-h-[40vh] overflow-y-auto rounded-lg border bg-surface">
      <Picture {...props} />
    </div>
  )
}

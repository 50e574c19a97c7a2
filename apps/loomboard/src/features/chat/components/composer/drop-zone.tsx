import { useEffect, useEffectEvent, useState } from 'react'
import { hasFiles } from '../../../../lib/browser/dragged-files.ts'

/** Takes files that are dropped anywhere on the page, but for where somebody else takes them. */
export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [over, setOver] = useState(false)
  const onDrop = useEffectEvent((event: DragEvent) => {
    setOver(false)
    if (event.defaultPrevented || !hasFiles(event)) return
    event.preventDefault()
    onFiles(event.dataTransfer?.files ?? [])
  })
  useEffect(() => {
    const off = new AbortController()
    const { signal } = off
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      // Without this the browser would open the file instead of the app.
      event.preventDefault()
      setOver(true)
    }
    document.addEventListener('dragover', onOver, { signal })
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal })
    document.addEventListener('drop', (event) => onDrop(event), { signal })
    return () => off.abort()
  }, [])
  if (!over) return null
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-xl border-2 border-accent border-dashed bg-scrim font-medium text-lg text-white"
    >
      Drop files to attach them
    </div>
  )
}

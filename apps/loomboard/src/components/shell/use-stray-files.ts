import { useEffect } from 'react'
import { hasFiles } from '../../lib/browser/dragged-files.ts'
import { toast } from '../../lib/toast.ts'

/** A file that nothing on the page takes would be opened by the browser, in place of the app. */
export function useStrayFiles(): void {
  useEffect(() => {
    const off = new AbortController()
    const { signal } = off
    // The window hears of it last, so that whoever takes files has done so.
    addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal })
    addEventListener('drop', (event) => stop(event), { signal })
    return () => off.abort()
  }, [])
}

function stop(event: DragEvent): void {
  if (event.defaultPrevented || !hasFiles(event)) return
  event.preventDefault()
  const { files } = event.dataTransfer as DataTransfer
  const what = files.length === 1 ? `“${files[0]?.name}” was` : 'The files were'
  toast.info(
    `${what} not taken`,
    'Pictures go into a text that is being written or a comment, any file into a message.',
  )
}

import type { wire } from '@loomcycle/client'
import { Download, FileText, Shapes } from 'lucide-react'
import { useState } from 'react'
import { fileName, saveFile } from '../../../components/save-file.ts'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'

/** A document as a file: for an editor, or for a canvas. */
export function DownloadMenu({ document }: { document: wire.GetDocumentOutput }) {
  const { document_id, title, paths } = document
  // Drawn again when it opens: the page that the menu lies in may have come after its button.
  const [open, setOpen] = useState(false)
  const name = paths[0]?.split('/').at(-1)?.replace(/\.md$/, '') || fileName(title, 'document')

  async function markdown(): Promise<void> {
    const { markdown } = await client.document({ op: 'export_md', document_id })
    saveFile(`${name}.md`, markdown, 'text/markdown')
  }
  async function canvas(): Promise<void> {
    const { canvas } = await client.document({ op: 'export_canvas', document_id })
    saveFile(`${name}.canvas`, JSON.stringify(canvas, null, 2), 'application/json')
  }
  const attempt = (save: () => Promise<void>) => () =>
    void save().catch((error) => toast.error('The document could not be downloaded', error))
  return (
    <Menu open={open} onOpenChange={setOpen}>
      <MenuTrigger asChild>
        <IconButton label="Download">
          <Download />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={attempt(markdown)}>
          <FileText aria-hidden="true" />
          Markdown (.md)
        </MenuItem>
        <MenuItem onSelect={attempt(canvas)}>
          <Shapes aria-hidden="true" />
          JSON Canvas (.canvas)
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}

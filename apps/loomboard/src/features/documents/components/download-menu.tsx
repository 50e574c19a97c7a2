import type { wire } from '@loomcycle/client'
import { Download, FileText, MessagesSquare, Shapes, Sheet } from 'lucide-react'
import { useState } from 'react'
import { fileName, saveFile } from '../../../components/save-file.ts'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { client } from '../../../lib/client.ts'
import { toast } from '../../../lib/toast.ts'
import type { DocumentSearch } from '../model/document-search.ts'
import type { EditDocument } from '../use-edit-document.ts'
import { shownIds } from './shown-ids.ts'

export interface DownloadMenuProps {
  document: wire.GetDocumentOutput
  editing: EditDocument
  search: DocumentSearch
}

/** A document as a file: for an editor, for a canvas, or what is shown of it for a spreadsheet. */
export function DownloadMenu({ document, editing, search }: DownloadMenuProps) {
  const { document_id, title, paths } = document
  // Drawn again when it opens: the page that the menu lies in may have come after its button.
  const [open, setOpen] = useState(false)
  const name = paths[0]?.split('/').at(-1)?.replace(/\.md$/, '') || fileName(title, 'document')

  async function markdown(include_comments: boolean): Promise<void> {
    const { markdown } = await client.document({ op: 'export_md', document_id, include_comments })
    saveFile(`${name}.md`, markdown, 'text/markdown')
  }
  async function canvas(): Promise<void> {
    const { canvas } = await client.document({ op: 'export_canvas', document_id })
    saveFile(`${name}.canvas`, JSON.stringify(canvas, null, 2), 'application/json')
  }
  async function table(): Promise<void> {
    const ids = await shownIds(document, editing, search)
    const { csv } = await client.document({ op: 'export_csv', document_id, ...(ids ? { ids } : {}) })
    // Without the mark a spreadsheet takes it for another alphabet.
    saveFile(`${name}.csv`, `\uFEFF${csv}`, 'text/csv')
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
        <MenuItem onSelect={attempt(() => markdown(false))}>
          <FileText aria-hidden="true" />
          Markdown (.md)
        </MenuItem>
        <MenuItem onSelect={attempt(() => markdown(true))}>
          <MessagesSquare aria-hidden="true" />
          Markdown with comments (.md)
        </MenuItem>
        <MenuItem onSelect={attempt(canvas)}>
          <Shapes aria-hidden="true" />
          JSON Canvas (.canvas)
        </MenuItem>
        <MenuItem onSelect={attempt(table)}>
          <Sheet aria-hidden="true" />
          Cards of this view (.csv)
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}

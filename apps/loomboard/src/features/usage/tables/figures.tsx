import { Check, Copy } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useCopy } from '../../../lib/browser/use-copy.ts'
import { cn } from '../../../lib/cn.ts'

export interface FiguresProps {
  title: string
  head: readonly string[]
  /** The first of each row is what the row is about. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  foot?: readonly ReactNode[]
  /** As a spreadsheet takes it. */
  text: string
}

/** A table of figures, which can be copied whole. */
export function Figures({ title, head, rows, foot, text }: FiguresProps) {
  const { copied, copy } = useCopy(text)
  return (
    <section aria-label={title}>
      <div className="mb-1 flex items-center justify-between gap-2">
        <h2 className="font-display font-semibold text-base">{title}</h2>
        <IconButton label={copied ? 'Copied' : `Copy “${title}”`} data-tip="Copy the figures" size="sm" onClick={copy}>
          {copied ? <Check className="text-accent-text" /> : <Copy />}
        </IconButton>
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${title}, in figures`}
        className="max-h-96 overflow-auto rounded-lg border bg-surface -outline-offset-2"
      >
        <table className="w-full border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              {head.map((name, i) => (
                <th
                  key={name}
                  scope="col"
                  className={cn(
                    'sticky top-0 whitespace-nowrap border-b bg-surface px-3 py-1.5 font-medium text-muted text-xs',
                    i === 0 ? 'left-0 z-10 text-left' : 'text-right',
                  )}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                <Cells of={cells} />
              </tr>
            ))}
          </tbody>
          {foot && (
            <tfoot className="font-medium">
              <tr>
                <Cells of={foot} />
              </tr>
            </tfoot>
          )}
        </table>
      </section>
    </section>
  )
}

function Cells({ of }: { of: readonly ReactNode[] }) {
  const [name, ...values] = of
  return (
    <>
      <th
        scope="row"
        className="sticky left-0 min-w-28 max-w-48 break-words border-b bg-surface px-3 py-1.5 text-left font-normal"
      >
        {name}
      </th>
      {values.map((value, i) => (
        <td key={i} className="whitespace-nowrap border-b px-3 py-1.5 text-right tabular-nums">
          {value}
        </td>
      ))}
    </>
  )
}

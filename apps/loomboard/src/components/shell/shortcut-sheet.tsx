import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { shortcutSections } from './shortcut-list.ts'

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts">
      <section
        aria-label="All shortcuts"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="flex flex-col gap-5 overflow-y-auto p-4 -outline-offset-2"
      >
        {shortcutSections.map((section) => (
          <section key={section.title}>
            <h3 className="mb-1.5 font-medium text-faint text-xs">{section.title}</h3>
            <dl>
              {section.shortcuts.map(({ combo, does }) => (
                <div key={combo} className="flex items-center justify-between gap-4 border-b py-1.5 last:border-b-0">
                  <dt className="text-sm">{does}</dt>
                  <dd>
                    <Kbd combo={combo} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  )
}

import { Inbox, Plus, Settings } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Markdown } from '../../components/markdown/markdown.tsx'
import { PlainBlock } from '../../components/markdown/plain/plain-block.tsx'
import { BrandMark } from '../../components/shell/brand.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { SuggestionList } from '../../components/suggestions/suggestion-list.tsx'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { IconButton } from '../../components/ui/icon-button.tsx'
import { Input } from '../../components/ui/input.tsx'
import { Kbd } from '../../components/ui/kbd.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { Textarea } from '../../components/ui/textarea.tsx'
import { AttachmentList } from '../chat/components/composer/attachment-list.tsx'
import { MetricsLine } from '../chat/components/composer/metrics-line.tsx'
import { InputRow } from '../chat/components/transcript/input-row.tsx'
import { RowView } from '../chat/components/transcript/row-view.tsx'
import { createRowBuilder } from '../chat/model/rows/rows.ts'
import { someAttachments, someMarkdown, somePlainBlocks, someSuggestions, someTurns } from './examples.ts'

/** Every component of ours, side by side in both themes. */
export function Gallery() {
  return (
    <>
      <PageHeader title="Gallery" />
      <main id="main" className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid lg:grid-cols-2">
          {(['light', 'dark'] as const).map((theme) => (
            <div key={theme} data-theme={theme} className="flex flex-col gap-8 bg-bg p-6 text-text">
              <h2 className="font-display font-semibold text-xl">{theme === 'light' ? 'Light' : 'Dark'}</h2>
              <Primitives />
              <States />
              <Chat />
            </div>
          ))}
        </div>
      </main>
    </>
  )
}

function Primitives() {
  const [size, setSize] = useState('one')
  return (
    <>
      <Shown title="Colours">
        {[
          'bg',
          'surface',
          'raised',
          'hover',
          'line',
          'line-strong',
          'accent',
          'accent-soft',
          'danger',
          'warn',
          'info',
        ].map((name) => (
          <span key={name} className="flex flex-col items-center gap-1 text-2xs text-muted">
            <span className="size-10 rounded-md border" style={{ background: `var(--${name})` }} />
            {name}
          </span>
        ))}
      </Shown>
      <Shown title="Text">
        <BrandMark className="size-8 text-accent-text" />
        <span className="font-display font-semibold text-2xl">Display</span>
        <span>Text</span>
        <span className="text-muted">Muted</span>
        <span className="text-faint">Faint</span>
        <span className="text-accent-text">Accent</span>
        <span className="text-danger">Danger</span>
        <span className="text-warn">Warning</span>
        <code className="font-mono">code()</code>
      </Shown>
      <Shown title="Buttons">
        <Button variant="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger">Danger</Button>
        <Button disabled>Disabled</Button>
        <Button size="sm" variant="primary">
          <Plus aria-hidden="true" /> Small
        </Button>
        <IconButton label="Settings">
          <Settings />
        </IconButton>
        <IconButton label="Settings, small" size="sm">
          <Settings />
        </IconButton>
      </Shown>
      <Shown title="Fields">
        <Input aria-label="A field" placeholder="A field" className="max-w-56" />
        <Input aria-label="A disabled field" disabled value="Disabled" className="max-w-56" readOnly />
        <Textarea aria-label="Longer text" placeholder="Longer text" className="w-full rounded-md border p-2" />
        <Segmented
          label="Choices"
          value={size}
          onChange={setSize}
          options={['one', 'two', 'three'].map((value) => ({ value, label: value }))}
        />
      </Shown>
      <Shown title="Small things">
        <Badge>Neutral</Badge>
        <Badge tone="accent">Accent</Badge>
        <Badge tone="warn">Warning</Badge>
        <Kbd combo="Mod+K" />
        <Kbd combo="Alt+ArrowUp" />
        <Skeleton className="h-4 w-40" />
      </Shown>
    </>
  )
}

function States() {
  return (
    <Shown title="States">
      <EmptyState icon={<Inbox />} title="Nothing here yet" action={<Button>Do something</Button>}>
        What you start appears here.
      </EmptyState>
      <ErrorState title="This could not be loaded" error={new TypeError('fetch failed')} onRetry={() => {}} />
    </Shown>
  )
}

function Chat() {
  const { settled, live } = createRowBuilder()(someTurns)
  return (
    <>
      <Shown title="Turns" wide>
        {[...settled, ...live].map((row) => (
          <RowView key={row.id} row={row} />
        ))}
        <InputRow text="A message that waits" note="Queued: the agent reads it at its next step" />
        <MetricsLine turns={someTurns} gauge={{ used: 150_000, max: 200_000 }} />
      </Shown>
      <Shown title="Markdown" wide>
        <Markdown text={someMarkdown} />
      </Shown>
      <Shown title="What is not drawn" wide>
        {somePlainBlocks.map(({ isFinal, ...block }, i) => (
          <div key={i} className="mb-3">
            <PlainBlock {...block} onDraw={isFinal ? undefined : () => {}} />
          </div>
        ))}
      </Shown>
      <Shown title="Attachments" wide>
        <AttachmentList list={someAttachments} onRemove={() => {}} />
      </Shown>
      <Shown title="Commands" wide>
        <div className="relative mt-32 h-1">
          <SuggestionList id="gallery" title="Commands" suggestions={someSuggestions} active={1} onChoose={() => {}} />
        </div>
      </Shown>
    </>
  )
}

function Shown({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-medium text-faint text-xs">{title}</h3>
      <div className={wide ? 'min-w-0' : 'flex flex-wrap items-center gap-3'}>{children}</div>
    </section>
  )
}

import { Annotation, ChangeSet, type Extension, Transaction, type TransactionSpec } from '@codemirror/state'
import { EditorView, type ViewUpdate } from '@codemirror/view'
import { withChanges, withLineFeeds } from './line-ends.ts'
import { changesBetween } from './text-changes.ts'

/** A text that is written here and elsewhere. */
export interface SharedText {
  /** As it is by now, with all that was written here. */
  read(): string
  write(text: string): void
}

const fromElsewhere = Annotation.define<boolean>()

/**
 * Keeps an editor and a shared text the same: what is typed goes there at once, and what others have changed comes here
 * under the hands of whoever types, without moving the cursor. While somebody composes a letter it waits.
 */
export class BoundText {
  readonly extension: Extension
  private readonly shared: SharedText
  private view: EditorView | undefined
  /** The shared text as it was last seen. */
  private seen: string
  /** From what stands in the editor to the shared text: what others have changed and is not here yet. */
  private missing: ChangeSet

  constructor(shared: SharedText) {
    this.shared = shared
    this.seen = shared.read()
    this.missing = ChangeSet.empty(withLineFeeds(this.seen).length)
    this.extension = [
      EditorView.updateListener.of((update) => this.typed(update)),
      EditorView.domEventHandlers({ compositionend: () => void setTimeout(() => this.bring(), afterComposing) }),
    ]
  }

  /** What stands in the editor at first. */
  get text(): string {
    return withLineFeeds(this.seen)
  }

  attach(view: EditorView): void {
    this.view = view
  }

  /** The shared text may have been changed elsewhere. */
  look(): void {
    const now = this.shared.read()
    if (now !== this.seen) {
      const was = withLineFeeds(this.seen)
      this.missing = this.missing.compose(ChangeSet.of(changesBetween(was, withLineFeeds(now)), was.length))
      this.seen = now
    }
    this.bring()
  }

  private typed({ transactions }: ViewUpdate): void {
    for (const transaction of transactions) {
      if (!transaction.docChanged || transaction.annotation(fromElsewhere)) continue
      const { missing } = this
      this.missing = missing.map(transaction.changes, false)
      this.seen = withChanges(this.seen, transaction.changes.map(missing, true))
      this.shared.write(this.seen)
    }
    this.look()
  }

  private bring(): void {
    if (!this.view || this.missing.empty || this.view.composing) return
    const { missing: changes } = this
    this.missing = ChangeSet.empty(changes.newLength)
    this.view.dispatch(notMine({ changes }))
  }
}

/** Browsers tell of the last letter only after they have said that it is composed. */
const afterComposing = 50

function notMine(spec: TransactionSpec): TransactionSpec {
  return { ...spec, annotations: [fromElsewhere.of(true), Transaction.addToHistory.of(false)] }
}

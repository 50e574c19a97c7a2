import { useNavigate } from '@tanstack/react-router'
import type { Suggestion, SuggestionSource } from '../../../../components/suggestions/suggestions.ts'
import { toast } from '../../../../lib/toast.ts'
import { conversationOf } from '../../conversations.ts'
import type { ComposerMode } from '../../model/composer-mode.ts'
import { useChatPlace } from '../../place.ts'
import { findQuery, toggleOutline } from '../../reading.ts'
import { tuningOpen } from '../../tuning/chosen.ts'
import type { CompactAction } from './chat-menu.tsx'

export interface CommandContext {
  sessionId: string | undefined
  mode: ComposerMode
  stop: () => void
  end: () => void
  compact: CompactAction
}

/** What `/` offers. */
export function useCommands({ sessionId, mode, stop, end, compact }: CommandContext): SuggestionSource {
  const navigate = useNavigate()
  const { isBeside, goTo, startAnother } = useChatPlace()
  const command = (name: string, hint: string, run: () => void, unavailable?: string): Suggestion => ({
    id: name,
    label: `/${name}`,
    hint,
    run,
    ...(unavailable ? { unavailable } : {}),
  })
  const retry = () =>
    void import('../../branching/resend.ts')
      .then(async ({ retryLast }) => {
        const branch = sessionId && (await retryLast(conversationOf(sessionId)))
        if (branch) await goTo(branch)
      })
      .catch((error) => toast.error('The message could not be sent again', error))
  const notYet = sessionId ? undefined : 'Nothing has been said yet.'
  return {
    trigger: '/',
    title: 'Commands',
    suggestions: [
      command('new', 'Start another chat', startAnother),
      command('stop', 'Stop this turn', stop, mode.canStop ? undefined : 'Nothing is being done.'),
      command('end', 'End the run', end, mode.canEnd ? undefined : 'There is no run.'),
      command(
        'retry',
        'Send the last message again, in a branch',
        retry,
        notYet ?? (mode.canStop ? 'This turn has not ended.' : undefined),
      ),
      command('compact', 'Summarise the older part to make room', compact.run, notYet ?? compact.unavailable),
      ...(isBeside
        ? []
        : [
            command('find', 'Find in this conversation', () => findQuery.set(findQuery.get() ?? ''), notYet),
            command('outline', 'Show or hide the outline', toggleOutline, notYet),
          ]),
      command('model', 'Choose model, effort and sampling', () => tuningOpen.set(true)),
      command('copy', 'Copy as Markdown', () => exportChat(sessionId, 'copy'), notYet),
      command('export', 'Save as Markdown', () => exportChat(sessionId, 'markdown'), notYet),
      command('export-json', 'Save the whole log as JSON', () => exportChat(sessionId, 'json'), notYet),
      command(
        'print',
        'Open the page for printing',
        () => sessionId && void navigate({ to: '/print/$sessionId', params: { sessionId } }),
        notYet,
      ),
    ],
  }
}

/** Loads what exports only when something is exported. */
export function exportChat(sessionId: string | undefined, as: 'copy' | 'markdown' | 'json'): void {
  if (!sessionId) return
  void import('../../export/export-chat.ts')
    .then(async ({ copyMarkdown, exportJson, exportMarkdown }) => {
      if (as === 'copy') {
        await copyMarkdown(sessionId)
        toast.info('Copied', 'The conversation is on the clipboard as Markdown.')
      } else if (as === 'markdown') await exportMarkdown(sessionId)
      else await exportJson(sessionId)
    })
    .catch((error) => toast.error('The conversation could not be exported', error))
}

import type { TranscriptResponse } from '@loomcycle/client'
import { fileName, saveFile } from '../../../components/save-file.ts'
import { copyText } from '../../../lib/browser/use-copy.ts'
import { client } from '../../../lib/client.ts'
import { chatName } from '../../../lib/runs/chat-name.ts'
import { emptyView, type Turn } from '../model/types.ts'
import { toLogged } from '../model/view/log-page.ts'
import { applyEvents } from '../model/view/run-view.ts'
import { toMarkdown } from './to-markdown.ts'

interface WholeChat {
  transcript: TranscriptResponse
  title: string
  turns: readonly Turn[]
}

/** Everything that was ever said, as the server has it. */
export async function readWholeChat(sessionId: string): Promise<WholeChat> {
  const transcript = await client.getTranscript(sessionId)
  const { turns } = applyEvents(emptyView, transcript.events.map(toLogged))
  return { transcript, title: chatName(transcript.session.title ?? '') || 'Chat', turns }
}

export async function exportMarkdown(sessionId: string): Promise<void> {
  const { title, turns } = await readWholeChat(sessionId)
  saveFile(`${fileName(title, 'chat')}.md`, toMarkdown(title, turns), 'text/markdown')
}

/** The log itself, so that nothing is lost. */
export async function exportJson(sessionId: string): Promise<void> {
  const { transcript, title } = await readWholeChat(sessionId)
  const { session, events } = transcript
  saveFile(`${fileName(title, 'chat')}.json`, JSON.stringify({ session, events }, null, 2), 'application/json')
}

export async function copyMarkdown(sessionId: string): Promise<void> {
  const { title, turns } = await readWholeChat(sessionId)
  if (!(await copyText(toMarkdown(title, turns)))) throw new Error('The browser did not allow it.')
}

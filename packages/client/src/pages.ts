/** What goes into the next question for a list. */
export interface PageCursor {
  cursor?: string
}

/**
 * Page after page of a list, each when it is asked for, until there are no more. What is added, deleted or changed
 * meanwhile neither hides nor repeats what stays as it is.
 *
 *     for await (const { entries } of pages((page) => client.listMemoryEntries('user', 'ada', page))) …
 */
export async function* pages<Page extends { next_cursor?: string }>(
  ask: (page: PageCursor) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  for (let asked: PageCursor = {}; ; ) {
    const page = await ask(asked)
    yield page
    if (!page.next_cursor) return
    asked = { cursor: page.next_cursor }
  }
}

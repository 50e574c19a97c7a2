import type { Scene } from './scene.ts'

export const story: Scene = {
  heard: /\b(?:story|tale|poem)\b/i,
  turns: [
    () => ({
      thinking: 'A short one, about weaving, since that is where the name comes from.',
      text: `## The loom that never lost a thread

In a town by a river stood a loom that worked day and night, and beside it sat a clerk with a ledger.

The clerk was slow, people said. Before any thread was drawn tight, the clerk wrote it down: *red, over, under, over*. Only when the ink was dry did the loom move on, and only then did the cloth in the window grow by a line.

"You could be twice as fast," said a merchant. "Weave first. Write in the evening."

"I could," said the clerk, and dipped the pen.

One night the river came. It put out the lamps, it stopped the loom in the middle of a row, and it took the merchant's cloth, which was half as long again and written down nowhere. In the morning the merchant stood before a bare frame and tried to remember.

The clerk wiped the mud from the ledger, opened it at the last line, and read:

> *red, over, under —*

and the loom went on with *over*.

---

That is how it is done here, too. Every event is written before it is shown. If you like, stop the server in the middle of a sentence and start it again.`,
    }),
  ],
}

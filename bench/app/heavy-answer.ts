/** An answer as a busy model writes them: headings, prose with marks, a list, a table and code. */
export function heavyAnswer(n: number): string {
  return `## Step ${n}: what was found

The **scheduler** wakes up every \`${n % 60}\` seconds and looks for runs that are due; of those it takes the *oldest* first,
unless somebody has [asked for another](https://example.com/order/${n}). That is why run ${n} was late.

1. Read the configuration and compare it with what the process was started with.
2. Look at \`runs.heartbeat_at\`: anything older than **90 s** has lost its hand.
   - nothing is deleted
   - the next hand starts at event ${n * 7}
3. Write a test that fails, then make it pass.

| column | before | after | note |
| --- | ---: | ---: | --- |
| p50 | ${n % 90} ms | ${n % 30} ms | median of ${n} |
| p99 | ${n % 900} ms | ${n % 300} ms | one outlier |
| memory | ${n % 512} MB | ${n % 128} MB | idle |

\`\`\`ts
export async function claim${n}(db: Database, now: number): Promise<Run | undefined> {
  const due = await db.read.selectFrom('runs').selectAll().where('wake_at', '<=', now).limit(1).executeTakeFirst()
  if (!due) return undefined
  // Whoever raises the epoch has the run; everybody else finds nothing to change.
  return take(db, due, { epoch: due.epoch + 1, until: now + 90_000 })
}
\`\`\`

> What is not measured gets slower.

So the answer to question ${n} is: **yes**, provided that the lease is renewed in time.
`
}

/** So many characters of one kind of Markdown without a break in it. */
export const shapes: Record<string, (chars: number) => string> = {
  mixed: (chars) => repeat(chars, heavyAnswer),
  paragraph: (chars) => repeat(chars, (n) => `Sentence ${n} says **something** about \`x${n}\` and *goes on*. `),
  list: (chars) => repeat(chars, (n) => `- item ${n} with **bold** and \`code\` and some more words to read\n`),
  table: (chars) =>
    `| n | name | value |\n| --- | --- | --- |\n${repeat(chars, (n) => `| ${n} | row **${n}** | \`v${n}\` |\n`)}`,
  code: (chars) =>
    `\`\`\`ts\n${repeat(chars, (n) => `const value${n} = compute(${n}, 'something', { deep: true })\n`)}`,
}

function repeat(chars: number, piece: (n: number) => string): string {
  let text = ''
  for (let n = 1; text.length < chars; n++) text += piece(n)
  return text.slice(0, chars)
}

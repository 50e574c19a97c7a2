/** The column in which every row has a chunk of the document; undefined where there is none. */
export function chunkColumn(
  rows: readonly (readonly unknown[])[],
  isChunk: (id: string) => boolean,
): number | undefined {
  const [first] = rows
  const at = first?.findIndex((_, i) => rows.every((row) => typeof row[i] === 'string' && isChunk(row[i]))) ?? -1
  return at < 0 ? undefined : at
}

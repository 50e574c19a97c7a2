import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSqlite } from './read-sqlite.ts'
import { onlyViews, ownDatabase, refusalOf } from './refusal.ts'

const views = onlyViews(['chunks', 'chunk_tags'])
const refusal = (text: string, rules = views) => {
  let found: string | undefined
  const message = messageOf(() => {
    found = refusalOf(readSqlite(text), 'query', rules)
  })
  return message ?? found
}

const piece = fc.constantFrom(
  ...['x', '1', ',', '(', ')', '*', '?', "'a;b'", "'it''s; --'", '"a;b"', '"a"";"', '`a;``b`', '[a;b]'],
  ...['-- a; b\n', '/* a; b */', '/* -- */', '-', '/', 'END', 'ä🧵'],
)
const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.join(' '))
const blank = fc.constantFrom('', ' ', '\n', ' -- over', '/* over; */', ';', ' ; ; ')

it('sees one statement where semicolons stand in quotes and comments only', () => {
  fc.assert(
    fc.property(pieces, blank, (text, after) => {
      expect(refusal(`SELECT ${text} ${after}`)).not.toBe('this is more than one statement; send them one by one')
    }),
  )
})

it('sees the second statement behind anything', () => {
  fc.assert(
    fc.property(pieces, blank, fc.constantFrom('ATTACH', "'x'", '"x"', '[x]', '1', '('), (text, between, next) => {
      expect(refusal(`SELECT ${text}\n;${between}\n${next}`)).toMatch(/more than one statement|cannot be read/)
    }),
  )
})

it('never takes one kind of statement for another', () => {
  const comment = fc.array(fc.constantFrom(' ', '\n', '\t', '/**/', '/*SELECT*/', '-- SELECT\n'), { maxLength: 4 })
  const other = fc.constantFrom(
    ...["ATTACH 'x' AS y", 'pragma user_version', 'VaCuUm', 'DETACH x', 'REINDEX', 'ANALYZE', 'EXPLAIN SELECT 1'],
    ...['BEGIN', '"SELECT"', 'VACUUM INTO ?', 'SAVEPOINT x', 'RELEASE x'],
  )
  fc.assert(
    fc.property(comment, other, blank, (before, text, after) => {
      for (const rules of [views, ownDatabase]) {
        expect(refusal(`${before.join('')}${text} ${after}`, rules)).toEqual(expect.any(String))
      }
    }),
  )
})

/** What SQLite takes and what it does not: the grammar of both is the same. */
const grammar: string[] = [
  'SELECT a, row_number() OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t',
  'SELECT sum(a) FILTER (WHERE b > 1) OVER w FROM t WINDOW w AS (ORDER BY c)',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n LIMIT 3',
  'WITH x AS MATERIALIZED (SELECT * FROM y), y AS NOT MATERIALIZED (SELECT 1) SELECT * FROM x',
  "SELECT a -> '$.x', a ->> 'y' FROM t",
  "SELECT * FROM f WHERE f MATCH 'x' ORDER BY rank",
  "SELECT * FROM f('x')",
  'VALUES (1, 2), (3, 4)',
  'SELECT (a, b) = (1, 2), (a, b) IN (VALUES (1, 2)) FROM t WHERE a IN t2',
  "SELECT 1 WHERE 1 IN json_each('[1]')",
  'INSERT INTO u VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET d = excluded.d WHERE d > 1 RETURNING *',
  'UPDATE t SET (a, b) = (SELECT 1, 2) FROM u WHERE u.a = t.a RETURNING a',
  'DELETE FROM t WHERE a = 1 RETURNING *',
  'SELECT * FROM "t", [t] AS one, `t` AS two, \'t\' AS three, "q""t"',
  "SELECT x'00ff', ?, ?1, :a, @b, $c, $c::d(e), 1_000, 0xff, 1e5, .5",
  'SELECT * FROM t FULL JOIN u USING (a) NATURAL RIGHT OUTER JOIN u AS v CROSS JOIN t AS w',
  'SELECT a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b, a NOTNULL, a BETWEEN 1 AND 2 FROM t',
  "SELECT value FROM json_each('[1]') AS j, json_tree('{}')",
  "SELECT group_concat(DISTINCT a ORDER BY a) FILTER (WHERE a), string_agg(a, ',' ORDER BY b) FROM t",
  "SELECT a GLOB 'x', a LIKE 'x' ESCAPE 'y', NOT a, ~a, a COLLATE NOCASE FROM t ORDER BY a DESC NULLS LAST LIMIT 1 OFFSET 2",
  'SELECT a FROM t UNION SELECT a FROM u EXCEPT SELECT 1 INTERSECT SELECT 2 ORDER BY 1',
  'SELECT * FROM (t JOIN u ON t.a = u.a), (SELECT 1)',
  "SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, CAST(a AS TEXT), EXISTS (SELECT 1), iif(1, 2, 3), date('now') FROM t",
  "SELECT rowid, _rowid_, oid, TRUE, NULL, CURRENT_TIMESTAMP AS date FROM t AS 'lit'",
  'SELECT 1 /* to the end',
  'SELECT FROM t',
  'SELECT * FROM t WHERE',
  'SELECT 1 +',
  'SELECT (1',
  'SELECT # 1',
  'SELECT * FROM t t t',
  'SELECT a b c FROM t',
]

it.each(grammar)('reads what SQLite reads, and nothing else: %s', (text) => {
  const db = new DatabaseSync(':memory:')
  db.exec(`CREATE TABLE t (a, b, c); CREATE TABLE t2 (a); CREATE TABLE "q""t" (a); CREATE TABLE u (a UNIQUE, d);
    CREATE VIRTUAL TABLE f USING fts5 (a)`)
  expect(messageOf(() => readSqlite(text)) === undefined).toBe(
    !/syntax error|incomplete|unrecognized/.test(messageOf(() => db.prepare(text)) ?? ''),
  )
})

function messageOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

it.each([
  'SELECT * FROM chunks',
  'SELECT * FROM CHUNKS, "Chunks" AS a, [chunks] AS b, `chunks` AS c',
  'WITH x AS (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM y, X',
  'WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x',
  'WITH memory AS (SELECT 1) SELECT (SELECT count(*) FROM memory) FROM memory UNION SELECT 1 FROM memory',
  'WITH x AS (WITH memory AS (SELECT 1) SELECT * FROM memory) SELECT * FROM x ORDER BY (SELECT 1 FROM x)',
  "SELECT value FROM json_each('[1]'), json_tree('{}') WHERE 1 IN json_each('[1]')",
  'SELECT 1 WHERE 1 IN chunk_tags AND EXISTS (SELECT 1 FROM chunks)',
])('lets a statement name views and what its own WITH defines: %s', (text) => {
  expect(refusal(text)).toBeUndefined()
})

const value = 'SELECT NULL AS value'
it.each([
  ['SELECT * FROM memory', 'memory'],
  ['SELECT * FROM main.chunks', 'main.chunks'],
  ['SELECT * FROM temp.chunks', 'temp.chunks'],
  ['SELECT main.chunks.title FROM chunks', 'main.chunks'],
  [`SELECT value FROM main.memory FULL JOIN (${value}) AS x USING (value)`, 'main.memory'],
  ["SELECT 1 FROM main.memory NATURAL JOIN (SELECT 'guess' AS value)", 'main.memory'],
  [`SELECT value FROM (${value}) NATURAL LEFT JOIN memory`, 'memory'],
  ['SELECT * FROM sqlite_schema', 'sqlite_schema'],
  ["SELECT * FROM pragma_table_info('x')", 'pragma_table_info'],
  ["SELECT * FROM chunks('x')", 'chunks'],
  ["SELECT * FROM main.json_each('[1]')", 'main.json_each'],
  ['SELECT 1 WHERE 1 IN memory', 'memory'],
  ['SELECT 1 WHERE 1 IN main.chunks', 'main.chunks'],
  ["SELECT 1 WHERE 1 IN pragma_table_info('x')", 'pragma_table_info'],
  ['SELECT * FROM (WITH memory AS (SELECT 1) SELECT * FROM memory), memory', 'memory'],
  ['WITH x AS (WITH memory AS (SELECT 1) SELECT 1) SELECT * FROM memory', 'memory'],
  ['WITH main AS (SELECT 1) SELECT * FROM main.memory', 'main.memory'],
  ['WITH memory AS (SELECT 1) SELECT * FROM main.memory', 'main.memory'],
  // Two letters that JavaScript, but not SQLite, takes for the same.
  ['WITH tas\u212A AS (SELECT 1) SELECT * FROM task', 'task'],
  ['SELECT * FROM chun\u212As', 'chun\u212As'],
  ['SELECT 1 ORDER BY (SELECT 1 FROM memory)', 'memory'],
  ['SELECT 1 FROM chunks GROUP BY 1 HAVING (SELECT 1 FROM memory)', 'memory'],
  ['SELECT 1 FROM chunks LIMIT (SELECT 1 FROM memory) OFFSET 1', 'memory'],
  ['SELECT 1 FROM chunks LIMIT 1 OFFSET (SELECT 1 FROM memory)', 'memory'],
  ['SELECT sum(1) FILTER (WHERE (SELECT 1 FROM memory)) FROM chunks', 'memory'],
  ['SELECT sum(1) OVER (PARTITION BY (SELECT 1 FROM memory)) FROM chunks', 'memory'],
  ['SELECT sum(1) OVER w FROM chunks WINDOW w AS (ORDER BY (SELECT 1 FROM memory))', 'memory'],
  ['SELECT sum(1) OVER (ROWS (SELECT 1 FROM memory) PRECEDING) FROM chunks', 'memory'],
  ['SELECT group_concat(1 ORDER BY (SELECT 1 FROM memory)) FROM chunks', 'memory'],
  ['SELECT * FROM chunks JOIN chunk_tags ON (SELECT 1 FROM memory)', 'memory'],
  ['SELECT * FROM json_each((SELECT value FROM memory))', 'memory'],
  ['VALUES (1), ((SELECT 1 FROM memory))', 'memory'],
  ['SELECT 1 UNION ALL SELECT 1 FROM memory', 'memory'],
  ['SELECT CASE WHEN 1 THEN (SELECT 1 FROM memory) END', 'memory'],
  ["SELECT 1 LIKE 'a' ESCAPE (SELECT 1 FROM memory)", 'memory'],
  ['SELECT (1, (SELECT 1 FROM memory)) = (1, 2)', 'memory'],
  ['SELECT * FROM ((chunks JOIN memory))', 'memory'],
])('refuses %s', (text, name) => {
  expect(refusal(text)).toBe(`there is no table or view "${name}" that this statement may read`)
})

it('refuses functions it does not know', () => {
  expect(refusal("SELECT load_extension('x')")).toBe('the function load_extension is not open here')
  expect(refusal('SELECT * FROM chunks WHERE "fts3_tokenizer"(1)')).toBe('the function fts3_tokenizer is not open here')
  expect(refusal('SELECT a.b(1)')).toContain('cannot be read')
})

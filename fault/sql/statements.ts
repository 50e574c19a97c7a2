import type { Random } from '../random.ts'
import type { TableColumns } from './marked-database.ts'

type Some<T> = readonly [T, ...T[]]

/** Something to select from, and what it has. */
interface Source {
  sql: string
  columns: string[]
}

const aliases: Some<string> = ['a', 'b', 'x', 'main', 'chunks', 'memory', 'temp']
const withNames: Some<string> = [
  ...(['chunks', 'documents', 'memory', 'events', 'x', 'y', 'json_each', 'sqlite_schema', 'main', 'CHUNKS'] as const),
]
const literals: Some<string> = [
  "'guess'",
  '1',
  '0',
  'NULL',
  "''",
  "x'00ff'",
  '-1',
  '1.5',
  "'{}'",
  "'d1'",
  'TRUE',
  '?',
  ':a',
]
const joins: Some<string> = [
  ...(['JOIN', 'LEFT JOIN', 'FULL JOIN', 'RIGHT JOIN', 'CROSS JOIN', ',', 'INNER JOIN', 'FULL OUTER JOIN'] as const),
]
const naturals: Some<string> = ['NATURAL JOIN', 'NATURAL LEFT JOIN', 'NATURAL FULL JOIN', 'NATURAL RIGHT JOIN']
const compounds: Some<string> = ['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT']
const scalars: Some<string> = [
  'upper',
  'length',
  'hex',
  'quote',
  'typeof',
  'json_quote',
  'abs',
  'load_extension',
  'trim',
]
const aggregates: Some<string> = ['count', 'sum', 'max', 'min', 'group_concat', 'json_group_array', 'total', 'avg']
const comparisons: Some<string> = [
  '=',
  '<>',
  '<',
  '>=',
  'IS',
  'IS NOT',
  'IS DISTINCT FROM',
  'LIKE',
  'GLOB',
  '||',
  '->>',
  '+',
]
const rowids: Some<string> = ['rowid', '_rowid_', 'oid']

/** SELECTs of every shape, over tables that may and may not be read, under names that look right. */
export class StatementMaker {
  readonly #random: Random
  readonly #views: Some<TableColumns>
  readonly #closed: Some<TableColumns>
  /** Whether it says nothing but the names that it may. */
  #honest = false
  /** Names that a WITH around here has defined. */
  #defined: Source[] = []

  constructor(random: Random, views: readonly TableColumns[], closed: readonly TableColumns[]) {
    this.#random = random
    this.#views = views as unknown as Some<TableColumns>
    this.#closed = closed as unknown as Some<TableColumns>
  }

  make(): string {
    this.#honest = this.#chance(0.4)
    this.#defined = []
    const before = this.#chance(0.05) ? '/* ; */ ' : ''
    return before + this.#query(this.#random.between(0, 2)).sql
  }

  #query(depth: number): Source {
    const before = this.#defined
    const defining = depth > 0 && this.#chance(0.25) ? this.#with(depth - 1) : ''
    const first = this.#select(depth)
    let { sql } = first
    if (depth > 0 && this.#chance(0.15)) sql += ` ${this.#pick(compounds)} ${this.#like(first, depth - 1)}`
    if (this.#chance(0.1)) sql += ` ORDER BY ${this.#chance(0.5) ? '1' : this.#value(first.columns, depth - 1)}`
    if (this.#chance(0.1)) sql += ` LIMIT ${this.#chance(0.7) ? '3' : this.#value([], depth - 1)}`
    if (this.#chance(0.02)) sql = `VALUES (${this.#value([], depth - 1)})`
    this.#defined = before
    return { sql: defining + sql, columns: first.columns }
  }

  /** As many columns as the other has, so that they go together. */
  #like({ columns }: Source, depth: number): string {
    const from = this.#source(depth)
    const values = columns.map(() =>
      from.columns.length && this.#chance(0.7) ? this.#column(from.columns) : this.#pick(literals),
    )
    return `SELECT ${values.join(', ')} FROM ${from.sql}`
  }

  #with(depth: number): string {
    const count = this.#random.between(1, 2)
    const parts: string[] = []
    for (let i = 0; i < count; i++) {
      const { name, sql, columns } = this.#ending(this.#pick(withNames), this.#query(depth))
      const hint = this.#chance(0.1) ? this.#pick(['MATERIALIZED ', 'NOT MATERIALIZED ']) : ''
      parts.push(`${this.#quoted(name)} AS ${hint}(${sql})`)
      this.#defined = [...this.#defined, { sql: name, columns }]
    }
    return `WITH ${this.#chance(0.1) ? 'RECURSIVE ' : ''}${parts.join(', ')} `
  }

  /** What a WITH says of its own name goes on for ever, with or without RECURSIVE, unless something ends it. */
  #ending(name: string, { sql, columns }: Source): Source & { name: string } {
    const goesOn = sql.includes(' UNION ') && sql.toLowerCase().includes(name.toLowerCase())
    if (!goesOn) return { name, sql, columns }
    return sql.includes(' LIMIT ') ? { name: 'another', sql, columns } : { name, sql: `${sql} LIMIT 40`, columns }
  }

  #select(depth: number): Source {
    if (this.#chance(0.2)) return this.#probe(depth)
    const from = this.#source(depth)
    const count = this.#random.between(1, 2)
    const names = Array.from({ length: count }, () =>
      from.columns.length ? this.#pick(from.columns as unknown as Some<string>) : 'v',
    )
    const items = names.map((name) => {
      const value = this.#chance(0.5) ? this.#column(from.columns) : this.#value(from.columns, depth - 1)
      return `${value} AS ${this.#quoted(name)}`
    })
    const star = this.#chance(0.25)
    let sql = `SELECT ${this.#chance(0.1) ? 'DISTINCT ' : ''}${star ? '*' : items.join(', ')} FROM ${from.sql}`
    if (this.#chance(0.3)) sql += ` WHERE ${this.#value(from.columns, depth - 1)}`
    if (this.#chance(0.12)) {
      sql += ` GROUP BY ${this.#value(from.columns, depth - 1)}`
      if (this.#chance(0.5)) sql += ` HAVING ${this.#value(from.columns, depth - 1)}`
    }
    if (this.#chance(0.05)) sql += ` WINDOW w AS (ORDER BY ${this.#value(from.columns, depth - 1)})`
    return { sql, columns: star ? from.columns : names }
  }

  /** The kind of question that SQLite's authorizer does not hear of. */
  #probe(depth: number): Source {
    const { sql, columns } = this.#table()
    const column = columns.length ? this.#pick(columns as unknown as Some<string>) : 'value'
    const given = this.#chance(0.5) ? 'NULL' : this.#value([], depth - 1)
    const one = `(SELECT ${given} AS ${this.#quoted(column)}) AS ${this.#pick(aliases)}`
    const [left, right] = this.#chance(0.5) ? [sql, one] : [one, sql]
    const join = this.#chance(0.5)
      ? `${left} ${this.#pick(['FULL JOIN', 'LEFT JOIN', 'JOIN', 'RIGHT JOIN'])} ${right} USING (${this.#quoted(column)})`
      : `${left} ${this.#pick(naturals)} ${right}`
    const shown = this.#pick([this.#quoted(column), '1', 'count(*)', '*', `max(${this.#quoted(column)})`])
    return { sql: `SELECT ${shown} FROM ${join}`, columns: shown === '*' ? columns : [column] }
  }

  #source(depth: number): Source {
    const left = this.#oneSource(depth)
    if (!this.#chance(0.35)) return left
    const right = this.#oneSource(depth - 1)
    const columns = [...new Set([...left.columns, ...right.columns])]
    if (this.#chance(0.3)) return { sql: `${left.sql} ${this.#pick(naturals)} ${right.sql}`, columns }
    const common = left.columns.filter((column) => right.columns.includes(column))
    const join = this.#pick(joins)
    const on =
      join === ','
        ? ''
        : common.length && this.#chance(0.6)
          ? ` USING (${this.#quoted(common[0]!)})`
          : ` ON ${this.#value(columns, depth - 1)}`
    return { sql: `${left.sql} ${join} ${right.sql}${on}`, columns }
  }

  #oneSource(depth: number): Source {
    if (depth > 0 && this.#chance(0.25)) {
      const { sql, columns } = this.#query(depth - 1)
      return { sql: `(${sql}) AS ${this.#pick(aliases)}`, columns }
    }
    if (this.#chance(0.06)) {
      const argument = this.#chance(0.5) ? "'[1,2]'" : this.#value([], depth - 1)
      const name = this.#honest
        ? this.#pick(['json_each', 'json_tree'])
        : this.#pick(['json_each', 'pragma_table_info', 'main.json_each', 'dbstat', 'chunk_fts'])
      return { sql: `${name}(${argument})`, columns: ['key', 'value', 'type', 'path'] }
    }
    const table = this.#table()
    return this.#chance(0.2) ? { ...table, sql: `${table.sql} AS ${this.#pick(aliases)}` } : table
  }

  #table(): Source {
    if (this.#defined.length && this.#chance(0.4)) {
      const { sql, columns } = this.#pick(this.#defined as unknown as Some<Source>)
      return { sql: this.#quoted(sql), columns }
    }
    const { name, columns } = this.#honest || this.#chance(0.5) ? this.#pick(this.#views) : this.#pick(this.#closed)
    const schema = !this.#honest && this.#chance(0.4) ? `${this.#quoted(this.#pick(['main', 'temp', 'MAIN']))}.` : ''
    return { sql: schema + this.#quoted(name), columns: [...columns] }
  }

  #value(columns: string[], depth: number): string {
    if (depth < 0 || this.#chance(0.45))
      return columns.length && this.#chance(0.6) ? this.#column(columns) : this.#pick(literals)
    const inner = () => this.#value(columns, depth - 1)
    switch (this.#random.between(0, 13)) {
      case 0:
        return `(${this.#query(depth - 1).sql})`
      case 1:
        return `EXISTS (${this.#query(depth - 1).sql})`
      case 2:
        return `${inner()} IN (${this.#query(depth - 1).sql})`
      case 3:
        return `${inner()} IN ${this.#table().sql}`
      case 4:
        return `${this.#honest ? 'upper' : this.#pick(scalars)}(${inner()})`
      case 5:
        return `${this.#pick(aggregates)}(${inner()})${this.#chance(0.2) ? ` FILTER (WHERE ${inner()})` : ''}`
      case 6:
        return `${this.#pick(aggregates)}(${inner()}) OVER (PARTITION BY ${inner()} ORDER BY ${inner()})`
      case 7:
        return `CASE WHEN ${inner()} THEN ${inner()} ELSE ${inner()} END`
      case 8:
        return `CAST(${inner()} AS TEXT) COLLATE NOCASE`
      case 9:
        return `(${inner()}, ${inner()}) = (${inner()}, ${inner()})`
      case 10:
        return `(${inner()}, ${inner()}) IN (SELECT ${inner()}, ${inner()})`
      case 11:
        return `coalesce(${inner()}, ${inner()})`
      default:
        return `(${inner()} ${this.#pick(comparisons)} ${inner()})`
    }
  }

  #column(columns: string[]): string {
    if (this.#chance(0.05)) return this.#pick(rowids)
    const name = this.#name(columns)
    if (this.#honest || !this.#chance(0.1)) return name
    const { name: table } = this.#pick(this.#chance(0.5) ? this.#closed : this.#views)
    return `${this.#chance(0.5) ? 'main.' : ''}${table}.${name}`
  }

  #name(columns: string[]): string {
    return columns.length ? this.#quoted(this.#pick(columns as unknown as Some<string>)) : 'v'
  }

  #quoted(name: string): string {
    switch (this.#random.between(0, 11)) {
      case 0:
        return `"${name}"`
      case 1:
        return `[${name}]`
      case 2:
        return `\`${name}\``
      case 3:
        return name.toUpperCase()
      default:
        return /^(type|key|value|before|text|order|group|values|index|default|at|op)$/.test(name) ? `"${name}"` : name
    }
  }

  #chance(share: number): boolean {
    return this.#random.next() < share
  }

  #pick<T>(items: Some<T>): T {
    return this.#random.pick(items)
  }
}

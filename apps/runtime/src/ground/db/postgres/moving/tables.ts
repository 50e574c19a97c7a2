import type pg from 'pg'

export interface Column {
  name: string
  /** As Postgres names it. */
  type: string
}

/** A table that is in both databases. */
export interface Table {
  name: string
  columns: readonly Column[]
  /** Names of columns, by which rows are told apart and sorted. */
  key: readonly string[]
}

/** What the target has of the source's tables, sorted by name. */
export async function commonTables(target: pg.ClientBase, isInSource: (table: string) => boolean): Promise<Table[]> {
  const { rows } = await target.query<{ name: string; columns: Column[]; key: string[] | null }>(`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
        as columns,
      (select json_agg(a.attname order by k.at) from pg_index i,
        unnest(i.indkey) with ordinality as k (attnum, at), pg_attribute a
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as key
    from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by 1`)
  return rows.flatMap(({ name, columns, key }) => (key && isInSource(name) ? [{ name, columns, key }] : []))
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

import { type Kysely, sql } from 'kysely'

/**
 * Names, and documents made of chunks. Everything belongs to a place (tenant, scope, scope id); since a place's rows
 * are many and narrow, they carry its number in `document_places` instead of its three names.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table dirents (
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      path text not null,
      kind text not null,
      resource_ref text,
      created_at integer not null,
      updated_at integer not null,
      primary key (tenant_id, scope, scope_id, path)
    ) without rowid`.execute(db)
  await sql`create index dirents_by_resource on dirents (tenant_id, scope, scope_id, resource_ref) where resource_ref is not null`.execute(
    db,
  )

  await sql`
    create table document_places (
      id integer primary key,
      tenant_id text not null,
      scope text not null,
      scope_id text not null,
      head_seq integer not null default 0,
      unique (tenant_id, scope, scope_id)
    )`.execute(db)

  await sql`
    create table documents (
      id text primary key,
      place_id integer not null references document_places (id),
      title text not null,
      root_chunk_id text not null,
      created_at integer not null,
      updated_at integer not null
    ) without rowid`.execute(db)
  await sql`create index documents_by_place on documents (place_id, updated_at desc)`.execute(db)

  await sql`
    create table chunks (
      n integer primary key,
      id text not null unique,
      place_id integer not null,
      document_id text not null references documents (id) on delete cascade,
      parent_id text not null,
      shelf integer not null,
      slot integer not null,
      type text not null,
      status text not null,
      title text not null,
      title_key text not null,
      natural_key text,
      revision integer not null,
      created_at integer not null,
      updated_at integer not null,
      actor text not null
    )`.execute(db)
  await sql`create index chunks_by_position on chunks (document_id, parent_id, shelf, slot)`.execute(db)
  await sql`create index chunks_by_kind on chunks (place_id, type, status)`.execute(db)
  await sql`create index chunks_by_title on chunks (place_id, title_key)`.execute(db)
  await sql`create unique index chunks_by_natural_key on chunks (document_id, natural_key) where natural_key is not null`.execute(
    db,
  )

  await sql`
    create table chunk_shelves (
      document_id text not null references documents (id) on delete cascade,
      parent_id text not null,
      shelf integer not null,
      base integer not null,
      primary key (document_id, parent_id, shelf)
    ) without rowid`.execute(db)

  await sql`
    create table chunk_contents (
      n integer primary key references chunks (n) on delete cascade,
      body text not null,
      fields text,
      preamble text not null,
      markup text,
      asset text
    )`.execute(db)

  await sql`
    create view placed_chunks as
    select c.*, s.base + c.slot as position, t.body, t.fields, t.preamble, t.markup, t.asset
    from chunks as c
    join chunk_shelves as s on s.document_id = c.document_id and s.parent_id = c.parent_id and s.shelf = c.shelf
    join chunk_contents as t on t.n = c.n`.execute(db)

  await sql`
    create table chunk_edges (
      from_id text not null references chunks (id) on delete cascade,
      to_id text not null references chunks (id) on delete cascade,
      kind text not null,
      auto integer not null,
      place_id integer not null,
      created_at integer not null,
      primary key (from_id, to_id, kind)
    ) without rowid`.execute(db)
  await sql`create index chunk_edges_by_target on chunk_edges (to_id)`.execute(db)

  await sql`
    create table chunk_links (
      from_id text not null references chunks (id) on delete cascade,
      target text not null,
      place_id integer not null,
      document_id text not null,
      to_id text references chunks (id) on delete set null,
      primary key (from_id, target)
    ) without rowid`.execute(db)
  await sql`create index chunk_links_by_document on chunk_links (document_id, target)`.execute(db)
  await sql`create index chunk_links_resolved on chunk_links (to_id) where to_id is not null`.execute(db)
  await sql`create index chunk_links_open on chunk_links (place_id, target) where to_id is null`.execute(db)

  await sql`
    create table chunk_tags (
      chunk_id text not null references chunks (id) on delete cascade,
      tag text not null,
      place_id integer not null,
      primary key (chunk_id, tag)
    ) without rowid`.execute(db)
  await sql`create index chunk_tags_by_tag on chunk_tags (place_id, tag)`.execute(db)

  await sql`
    create table chunk_types (
      place_id integer not null,
      document_id text not null,
      name text not null,
      fields text not null,
      created_at integer not null,
      primary key (place_id, document_id, name)
    ) without rowid`.execute(db)

  await sql`
    create table chunk_assets (
      place_id integer not null,
      hash text not null,
      media_type text not null,
      data blob not null,
      created_at integer not null,
      primary key (place_id, hash)
    )`.execute(db)

  await sql`
    create table document_changes (
      n integer primary key,
      place_id integer not null,
      seq integer not null,
      op text not null,
      document_id text not null,
      chunk_id text not null,
      revision integer not null,
      actor text not null,
      run_id text not null,
      at integer not null,
      detail text not null,
      before text,
      unique (place_id, seq)
    )`.execute(db)
  await sql`create index document_changes_by_chunk on document_changes (chunk_id, seq)`.execute(db)
  await sql`create index document_changes_by_document on document_changes (document_id, seq)`.execute(db)
  await sql`create index document_changes_by_run on document_changes (place_id, run_id, seq) where run_id <> ''`.execute(
    db,
  )

  await sql`
    create virtual table chunk_fts using fts5 (
      place, title, body, extra,
      content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    )`.execute(db)
}

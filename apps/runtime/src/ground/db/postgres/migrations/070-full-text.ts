/** Of Latin, Greek, Hebrew and Arabic, once they are small and their accents are apart. */
const lettersWithAccents =
  'a-zªº\\u00C0-\\u02B8\\u0370-\\u03FF\\u05D0-\\u05F4\\u0620-\\u06FF\\u1D00-\\u1DBF\\u1E00-\\u1FFF\\u2C60-\\u2C7F\\uA722-\\uA7FF'
const accents =
  '\\u0300-\\u036F\\u0483-\\u0489\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8\\u06EA-\\u06ED\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F'

const unseen = String.fromCodePoint(...Array.from({ length: 16 }, (_, n) => 0xfe00 + n), 0xad, 0x200b, 0x2060, 0xfeff)

/**
 * Tables that are found by their words, asked as those of FTS5 are: `from chunk_fts(match)` gives row numbers and ranks.
 * Words are told apart before they get here (`ground/full-text`), and what they are asked by is what is written there in
 * the language of FTS5: one mark of whose it is, and phrases that are all or any of them to be found. As there, the texts
 * are not kept, but where they are too long for their index to know where all of their words are.
 */
export const fullText = `
create function fts_phrases(match text) returns table (phrase text, goes_on boolean)
immutable parallel safe rows 4 language sql as $body$
  select parts[1], parts[2] is not null from regexp_matches(match, '"([^"]*)"( \\*)?', 'g') as parts
$body$;

create function fts_any(match text) returns boolean immutable parallel safe language sql as $body$
  select strpos(match, '" OR "') > 0
$body$;

create function fts_phrase(phrase text, goes_on boolean, flags text, link text) returns text
immutable parallel safe language sql as $body$
  select '(' || string_agg('''' || left(word, 500) || ''''
    || coalesce(':' || nullif(case when goes_on and at = count then '*' else '' end || flags, ''), ''), link order by at) || ')'
  from (
    select word, at, count(*) over () as count from string_to_table(phrase, ' ') with ordinality as words (word, at)
  ) as words
$body$;

-- What is asked of the texts. Its phrases are phrases, or words wherever they are.
create function fts_said(match text, is_exact boolean) returns tsquery immutable parallel safe language sql as $body$
  select string_agg(
    fts_phrase(phrase, goes_on, case when is_exact and strpos(match, '{body}') > 0 then 'B' else '' end,
      case when is_exact then ' <-> ' else ' & ' end),
    case when fts_any(match) then ' | ' else ' & ' end)::tsquery
  from fts_phrases(match)
$body$;

create function fts_mark(mark text) returns text immutable parallel safe language sql as $body$
  select '''=' || mark || ''''
$body$;

-- Whatever can be found by it: whose it is, and words wherever they are.
create function fts_query(match text) returns tsquery immutable parallel safe language sql as $body$
  select case when mark is null then said else fts_mark(mark)::tsquery && said end
  from (select substring(match from '^(?:place|owners) : (\\w+) AND') as mark, fts_said(match, false) as said) as asked
$body$;

create function fts_says(texts text[], body text, match text) returns boolean immutable parallel safe language sql as $body$
  select case when fts_any(match) then bool_or(is_said) else bool_and(is_said) end
  from (
    select strpos(
      ' ' || case when strpos(match, '{body}') > 0 then body else array_to_string(texts, ' | ') end || ' ',
      ' ' || phrase || case when goes_on then '' else ' ' end) > 0 as is_said
    from fts_phrases(match)) as phrases
$body$;

-- Of as many columns as four; the first is that of the mark.
create function fts_weights(ranking text) returns real[] immutable parallel safe language sql as $body$
  select array[weights[1], coalesce(weights[4], 0), coalesce(weights[3], 0), weights[2]]
  from (select array_agg(weight::real / most order by at) as weights
    from (select number[1]::real as weight, max(number[1]::real) over () as most, at
      from regexp_matches(ranking, '([0-9.]+)(?=[,)])', 'g') with ordinality as numbers (number, at)) as each) as all_of_them
$body$;

-- A word has its first 255 places, up to the 16383rd word; of very many words the later ones have none.
create function fts_index(marks text, texts text[], out words tsvector, out is_whole boolean)
immutable parallel safe language sql as $body$
  with said as (
    select left(word, 500) as word, substr('ABC', part::integer, 1) as weight,
      row_number() over (order by part, at) + part - 1 as place
    from unnest(texts) with ordinality as texts (content, part),
      string_to_table(content, ' ') with ordinality as words (word, at)
    where word <> ''
  ), of_each as (
    select word, string_agg(place || weight, ',' order by place) filter (where nth <= 255) as places,
      count(*) as count, min(place) as first, max(place) as last
    from (select said.*, row_number() over (partition by word order by place) as nth from said) as numbered
    group by word
  ), sized as (
    select word, places, count <= 255 and last <= 16383 as is_whole,
      sum(octet_length(word) + 1) over earlier as word_bytes,
      sum(octet_length(word) + 8 + 2 * least(count, 255)) over earlier as bytes
    from of_each window earlier as (order by first)
  ), marked as (
    select string_agg(fts_mark(mark), ' ') as marks from string_to_table(marks, ' ') as mark
  )
  select (marked.marks || ' ' || coalesce(string_agg('''' || word || '''' || case when bytes <= 500000 then ':' || places else '' end, ' ')
      filter (where word_bytes <= 900000), ''))::tsvector,
    coalesce(bool_and(is_whole and bytes <= 500000), true)
  from marked left join sized on true group by marked.marks
$body$;

create table chunk_fts (
  rowid bigint primary key,
  place text collate "C",
  title text collate "C",
  body text collate "C",
  extra text collate "C",
  words tsvector not null
);

create index chunk_fts_by_word on chunk_fts using gin (words);

create function chunk_fts_is_written() returns trigger language plpgsql as $body$
declare
  is_whole boolean;
begin
  select * into new.words, is_whole from fts_index(new.place, array[new.title, new.body, new.extra]);
  new.place = null;
  if is_whole then
    new.title = null;
    new.body = null;
    new.extra = null;
  end if;
  return new;
end
$body$;

create trigger chunk_fts_written before insert on chunk_fts for each row execute function chunk_fts_is_written();

create function chunk_fts(match text, ranking text default 'bm25(0, 1, 1, 1)')
returns table (rowid bigint, rank double precision) stable parallel safe rows 100 language sql as $body$
  select f.rowid, -ts_rank(fts_weights(ranking), f.words, fts_said(match, false), 1)::double precision
  from chunk_fts as f
  where f.words @@ fts_query(match)
    and case when f.body is null then f.words @@ fts_said(match, true)
      else fts_says(array[f.title, f.body, f.extra], f.body, match) end
$body$;

create table chat_fts (
  rowid bigint primary key,
  words text collate "C",
  owners text collate "C",
  said tsvector not null
);

create index chat_fts_by_word on chat_fts using gin (said);

create function chat_fts_is_written() returns trigger language plpgsql as $body$
declare
  is_whole boolean;
begin
  select * into new.said, is_whole from fts_index(new.owners, array[new.words]);
  new.owners = null;
  if is_whole then
    new.words = null;
  end if;
  return new;
end
$body$;

create trigger chat_fts_written before insert on chat_fts for each row execute function chat_fts_is_written();

create function chat_fts(match text)
returns table (rowid bigint, rank double precision) stable parallel safe rows 100 language sql as $body$
  select f.rowid, -ts_rank('{0, 0, 0, 1}', f.said, fts_said(match, false), 1)::double precision
  from chat_fts as f
  where f.said @@ fts_query(match)
    and case when f.words is null then f.said @@ fts_said(match, true) else fts_says(array[f.words], f.words, match) end
$body$;

-- Case in every script, where the server knows how; by its own way otherwise.
do $do$
begin
  execute format(
    'create function lower_case(value text) returns text immutable parallel safe language sql as
      $body$ select lower(value collate %I) $body$',
    coalesce((select collname from pg_collation
      where collname in ('und-x-icu', 'pg_c_utf8', 'C.utf8') and collencoding in (-1, pg_char_to_encoding('UTF8'))
      order by array_position(array['und-x-icu', 'pg_c_utf8', 'C.utf8'], collname::text) limit 1), 'default'));
end
$do$;

-- What \`fold\` of packages/proto does.
create function fold(value text) returns text immutable strict parallel safe language plpgsql as $body$
begin
  if octet_length(value) = char_length(value) then
    return lower(value);
  end if;
  return normalize(
    replace(replace(replace(
      translate(
        regexp_replace(
          translate(lower_case(normalize(value, NFKD)), '${unseen}', ''),
          '([${lettersWithAccents}])[${accents}]+|(е)\\u0308', '\\1\\2', 'g'),
        'øłđı٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९', 'oldi012345678901234567890123456789'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
    NFC);
end
$body$;

create function like_each(list text) returns text[] immutable parallel safe language sql as $body$
  select array(
    select '%' || replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
    from json_array_elements_text(list::json) as word)
$body$;

-- No word has the character between the texts.
create function has_words(list text, variadic texts text[]) returns boolean stable parallel safe language sql as $body$
  select fold(array_to_string(texts, chr(1))) like all (like_each(list))
$body$;
`

/**
 * What our statements ask for that SQLite has and Postgres has not, by the same names. JSON is text in both; what cannot
 * be read has no fields. Whatever catches an error begins a subtransaction, which no parallel query may.
 */
export const functions = `
do $do$
begin
  if current_setting('server_version_num')::integer >= 160000 then
    execute 'create function json_valid(value text) returns boolean immutable parallel safe language sql as
      $body$ select value is json $body$';
  else
    create function json_valid(value text) returns boolean immutable parallel unsafe language plpgsql as $body$
    begin
      perform value::json;
      return value is not null;
    exception when others then
      return false;
    end
    $body$;
  end if;
end
$do$;

-- The steps of a path; what does not begin with $ is a key.
create function json_steps(path text) returns text[] immutable strict parallel safe language sql as $body$
  select case when path not like '$%' then array[path]
    else array(select coalesce(('"' || step[1] || '"')::json #>> '{}', step[2])
      from regexp_matches(path, '\\."((?:[^"\\\\]|\\\\.)*)"|\\.([^.]+)', 'g') as step) end
$body$;

create function json_text_at(value text, steps text[]) returns text
immutable strict parallel unsafe language plpgsql as $body$
begin
  return value::json #>> steps;
exception when others then
  return null;
end
$body$;

-- The steps are told apart once for all rows.
-- Whoever asks may look for functions elsewhere: what these call is known from when they were made.
create function json_at(value text, path text) returns text immutable parallel unsafe language sql
  return json_text_at(value, json_steps(path));

create function json_at(value text, place integer) returns text immutable strict parallel unsafe language plpgsql as $body$
begin
  return value::json ->> place;
exception when others then
  return null;
end
$body$;

create function json_part_at(value text, steps text[]) returns text
immutable strict parallel unsafe language plpgsql as $body$
begin
  return value::json #> steps;
exception when others then
  return null;
end
$body$;

create function json_part(value text, path text) returns text immutable parallel unsafe language sql
  return json_part_at(value, json_steps(path));

create function json_type(value text, path text) returns text immutable strict parallel safe language sql
  return json_typeof(value::json #> json_steps(path));

-- A number or a text, as SQLite compares and sorts them.
create type field_value as (kind integer, number numeric, words text collate "C");

create function json_value_at(value text, steps text[]) returns field_value
immutable strict parallel unsafe language plpgsql as $body$
declare
  item json;
  said text;
begin
  item = value::json #> steps;
  if item is null then
    return null;
  end if;
  said = item #>> '{}';
  case json_typeof(item)
    when 'null' then return null;
    when 'number' then return row(1, said::numeric, '')::field_value;
    when 'boolean' then return row(1, case said when 'true' then 1 else 0 end, '')::field_value;
    else return row(2, 0, said)::field_value;
  end case;
exception when others then
  return null;
end
$body$;

create function json_extract(value text, path text) returns field_value immutable parallel unsafe language sql
  return json_value_at(value, json_steps(path));

create function lower(value field_value) returns text immutable parallel safe language sql as $body$
  select lower(case value.kind when 1 then value.number::text else value.words end)
$body$;

create operator ->> (leftarg = text, rightarg = text, function = json_at);

create operator ->> (leftarg = text, rightarg = integer, function = json_at);

create operator -> (leftarg = text, rightarg = text, function = json_part);

-- No text has a NUL; what JSON has in its place is found as it is stored.
create function json_each(list text) returns table (key bigint, value text)
immutable parallel safe rows 20 language sql as $body$
  select ordinality - 1, item from json_array_elements_text((case when strpos(list, '\\u0000') = 0 then list
    else regexp_replace(list, '(?<!\\\\)((?:\\\\{2})*)\\\\u0000', '\\1\uFFFD', 'g') end)::json)
    with ordinality as items (item, ordinality)
$body$;

create function json_quote(value text) returns text immutable parallel safe language sql as $body$
  select coalesce(to_json(value)::text, 'null')
$body$;

create function json_quote(value bigint) returns text immutable parallel safe language sql as $body$
  select coalesce(value::text, 'null')
$body$;

create function json_quote(value field_value) returns text immutable parallel safe language sql as $body$
  select case value.kind
    when 1 then case when abs(value.number) < 1e30 then value.number::text else value.number::double precision::text end
    when 2 then to_json(value.words)::text else 'null' end
$body$;

create function json_list_of(items text[]) returns text immutable parallel safe language sql as $body$
  select array_to_json(items)::text
$body$;

create aggregate json_group_array(text) (
  sfunc = array_append, stype = text[], initcond = '{}', finalfunc = json_list_of
);

create function json_list_of(items bigint[]) returns text immutable parallel safe language sql as $body$
  select array_to_json(items)::text
$body$;

create aggregate json_group_array(bigint) (
  sfunc = array_append, stype = bigint[], initcond = '{}', finalfunc = json_list_of
);

create function max(one bigint, other bigint) returns bigint immutable parallel safe language sql as $body$
  select case when one is null or other is null then null else greatest(one, other) end
$body$;

create function min(one bigint, other bigint) returns bigint immutable parallel safe language sql as $body$
  select case when one is null or other is null then null else least(one, other) end
$body$;

create function ifnull(one text, other text) returns text immutable parallel safe language sql as $body$
  select coalesce(one, other)
$body$;

create function unixepoch(modifier text) returns double precision volatile parallel safe language sql as $body$
  select extract(epoch from clock_timestamp())
$body$;

create function instr(hay text, needle text) returns integer immutable parallel safe language sql as $body$
  select strpos(hay, needle)
$body$;

-- Before what is not to be looked for by an index.
create function as_it_is(value text) returns text immutable parallel safe language sql as $body$
  select value
$body$;

create operator + (rightarg = text, function = as_it_is);

create collation "binary" from "C";
`

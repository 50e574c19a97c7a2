/**
 * What our statements ask for that SQLite has and Postgres has not, by the same names. JSON is text in both; what cannot
 * be read has no fields.
 */
export const functions = `
create function json_valid(value text) returns boolean immutable parallel safe language plpgsql as $body$
begin
  perform value::json;
  return value is not null;
exception when others then
  return false;
end
$body$;

create function json_at(value text, path text) returns text immutable strict parallel safe language plpgsql as $body$
begin
  return value::json #>> coalesce(
    (select array_agg(coalesce(replace(step[1], '\\"', '"'), step[2]))
      from regexp_matches(path, '\\."((?:[^"\\\\]|\\\\.)*)"|\\.([^.]+)', 'g') as step), '{}');
exception when others then
  return null;
end
$body$;

create operator ->> (leftarg = text, rightarg = text, function = json_at);

create function json_each(list text) returns table (key bigint, value text)
immutable parallel safe rows 20 language sql as $body$
  select ordinality - 1, item from json_array_elements_text(list::json) with ordinality as items (item, ordinality)
$body$;

create function json_quote(value text) returns text immutable parallel safe language sql as $body$
  select coalesce(to_json(value)::text, 'null')
$body$;


create function json_list_of(items text[]) returns text immutable parallel safe language sql as $body$
  select array_to_json(items)::text
$body$;

create aggregate json_group_array(text) (
  sfunc = array_append, stype = text[], initcond = '{}', finalfunc = json_list_of
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
`

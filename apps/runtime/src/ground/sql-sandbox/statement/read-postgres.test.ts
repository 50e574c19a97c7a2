import { expect, it } from 'vitest'
import type { SqlMode } from '../messages.ts'
import { readPostgres } from './read-postgres.ts'

const described = ['information_schema.tables']
const functions = new Set(['pg_sleep', 'ts_stat', 'regclass', 'upper', 'nextval'])

const read = (text: string, mode: SqlMode = 'query', recursive = true) =>
  readPostgres({ text, mode, described, recursive, functions })

const refusal = (text: string, mode: SqlMode = 'query', recursive = true) => {
  try {
    read(text, mode, recursive)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

it.each([
  ['SELECT 1', 0],
  ['SELECT $2, $1, $1', 2],
  ['SELECT \'$9\', "$8", $$ $7 $$, $1 -- $6', 1],
  ['VALUES ($1), ($2) ORDER BY 1 LIMIT $3', 3],
])('counts the places for values of %s', (text, places) => {
  expect(read(text).places).toBe(places)
})

it.each([
  'SELECT * FROM t, u AS a, "Odd ""name" JOIN w USING (x) LEFT JOIN LATERAL (SELECT 1) AS l ON TRUE',
  'TABLE t',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < ANY (ARRAY[1, 2])',
  "SELECT b ->> 'x', b #> '{a}', b ? 'x', a || 'x', NOT a, -a, a::int[], (ARRAY[1])[1], (t).*, t.upper FROM t",
  "SELECT extract(year FROM now()), trim(' a '), substring('a' FROM 1 FOR 2), 'a' SIMILAR TO 'b', current_date",
  'SELECT count(*) FILTER (WHERE a) OVER w FROM t GROUP BY GROUPING SETS ((a), ()) WINDOW w AS (ORDER BY b)',
  "SELECT * FROM jsonb_to_recordset('[]') AS x(a INTEGER, b TEXT), unnest(ARRAY[1]) WITH ORDINALITY",
  "SELECT * FROM json_table('[]', '$[*]' COLUMNS (a INTEGER PATH '$'))",
  'SELECT * FROM information_schema.tables',
  '/* ; */ SELECT 1 ; -- ;',
])('lets a query read what is its own: %s', (text) => {
  expect(refusal(text)).toBeUndefined()
})

it.each([
  ['', /is empty/],
  [' ; -- nothing', /is empty|cannot be read/],
  ['SELECT 1; SELECT 2', /more than one statement/],
  ["SELECT ';'; DROP TABLE t", /more than one statement/],
  ['SELECT 1\0; DROP TABLE t', /NUL character/],
  [`SELECT '${'x'.repeat(300_000)}'`, /longer than 262144 characters/],
  [`SELECT ${'(SELECT '.repeat(20_000)}`, /nested too deeply/],
  ["SELECT 'unfinished", /line 1, column 8: unterminated quoted string/],
  ['SELECT 1\nFROM (SELECT 2', /line 2, column 15: syntax error at end of input/],
  ['UTTER nonsense', /line 1, column 1: syntax error at or near "utter"/i],
  ['SELECT ?', /places for values are \$1, \$2, … here/],
  ['BEGIN', /BEGIN is not a statement here; transactions have ops/],
  ['COMMIT AND CHAIN', /transactions have ops/],
  ['SAVEPOINT x', /transactions have ops/],
  ["PREPARE TRANSACTION 'x'", /transactions have ops/],
  ['DELETE FROM t', /DELETE changes data, and this only reads/],
  ['WITH x AS (UPDATE t SET a = 1 RETURNING a) SELECT * FROM x', /UPDATE changes data, and this only reads/],
  ['SELECT * FROM (WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x) AS y', /DELETE changes data/],
  ['CREATE TABLE x (a INTEGER)', /CREATE TABLE changes data/],
  ['SELECT * INTO x FROM t', /SELECT INTO/],
  ['SELECT 1 UNION SELECT 2 INTO x', /INTO/],
  ['SELECT * FROM t FOR UPDATE', /FOR UPDATE is not open/],
  ['SELECT * FROM (SELECT * FROM t FOR SHARE) AS x', /FOR UPDATE is not open/],
  ['SELECT 1 UNION (SELECT 1 FROM t FOR UPDATE)', /FOR UPDATE is not open/],
  ['EXPLAIN ANALYZE SELECT 1', /EXPLAIN is not open/],
  ['SET ROLE postgres', /SET is not open/],
  ['RESET ROLE', /SET is not open/],
  ['SHOW ALL', /SHOW is not open/],
  ['LISTEN x', /LISTEN is not open/],
  ["NOTIFY x, 'y'", /NOTIFY is not open/],
  ["COPY t TO PROGRAM 'true'", /COPY is not open/],
  ["COPY (SELECT 1) TO '/tmp/x'", /COPY is not open/],
  ['DO $$ BEGIN END $$', /DO is not open/],
  ['CALL f()', /CALL is not open/],
  ['PREPARE x AS SELECT 1', /PREPARE is not open/],
  ['EXECUTE x', /EXECUTE is not open/],
  ['DECLARE x CURSOR WITH HOLD FOR SELECT 1', /DECLARE CURSOR is not open/],
  ['FETCH ALL FROM x', /FETCH is not open/],
  ['LOCK TABLE t', /LOCK is not open/],
  ['DISCARD ALL', /DISCARD is not open/],
  ['CHECKPOINT', /CHECKPOINT is not open/],
  ["LOAD 'x'", /LOAD is not open/],
  ['SELECT pg_sleep(1)', /function pg_sleep is not open/],
  ['SELECT PG_SLEEP(1)', /function pg_sleep is not open/],
  ['SELECT pg_catalog.pg_sleep(1)', /function pg_catalog.pg_sleep is not open/],
  ['SELECT "pg_sleep"(1)', /function pg_sleep is not open/],
  ['SELECT public.upper(1)', /function public.upper is not open/],
  ['SELECT (1.0::float8).pg_sleep', /function pg_sleep is not open/],
  ['SELECT x.pg_sleep FROM cast(1 AS float8) AS x', /function pg_sleep is not open/],
  ["SELECT ('select 1'::text).ts_stat", /function ts_stat is not open/],
  ['SELECT * FROM t ORDER BY pg_sleep(1)', /function pg_sleep is not open/],
  ['SELECT 1 FROM t GROUP BY 1 HAVING pg_sleep(1) IS NULL', /function pg_sleep is not open/],
  ['SELECT 1 LIMIT (SELECT 1 FROM pg_sleep(1))', /function pg_sleep is not open/],
  ['SELECT sum(1) OVER (ORDER BY pg_sleep(1)) FROM t', /function pg_sleep is not open/],
  ['SELECT sum(1) FILTER (WHERE pg_sleep(1) IS NULL) FROM t', /function pg_sleep is not open/],
  ['SELECT * FROM t JOIN u ON pg_sleep(1) IS NULL', /function pg_sleep is not open/],
  ['SELECT * FROM ROWS FROM (pg_sleep(1), pg_sleep(2)) AS x', /function pg_sleep is not open/],
  ['WITH x AS MATERIALIZED (SELECT pg_sleep(1)) SELECT 1', /function pg_sleep is not open/],
  ['VALUES (1), (pg_sleep(1))', /function pg_sleep is not open/],
  ['SELECT CASE WHEN TRUE THEN pg_sleep(1) END', /function pg_sleep is not open/],
  ['SELECT ARRAY[pg_sleep(1)], ROW (pg_sleep(1))', /function pg_sleep is not open/],
  ["SELECT json_object('a': pg_sleep(1))", /function pg_sleep is not open/],
  ["SELECT query_to_xml('select 1', true, true, '')", /function query_to_xml is not open/],
  ["SELECT set_config('role', 'x', false)", /function set_config is not open/],
  ["SELECT current_setting('data_directory')", /function current_setting is not open/],
  ["SELECT nextval('x')", /function nextval is not open/],
  ["SELECT pg_notify('x', 'y')", /function pg_notify is not open/],
  ["SELECT lo_import('/etc/passwd')", /function lo_import is not open/],
  ["SELECT ts_rewrite('a', 'select 1')", /function ts_rewrite is not open/],
  ["SELECT has_table_privilege('x', 'select')", /function has_table_privilege is not open/],
  ["SELECT to_regclass('x')", /function to_regclass is not open/],
  ['SELECT xmlelement(NAME a)', /XML EXPR is not open/],
  ["SELECT * FROM xmltable('/x' PASSING 'y' COLUMNS a TEXT)", /RANGE TABLE FUNC is not open/],
  ["SELECT 'pg_authid'::regclass", /type regclass is not open/],
  ["SELECT regclass 'pg_authid'", /type regclass is not open/],
  ["SELECT cast('{1}' AS _regclass)", /type regclass is not open/],
  ["SELECT '{1}'::regrole[]", /type regrole is not open/],
  ["SELECT pg_catalog.regproc '1'", /type regproc is not open/],
  ["SELECT '<a/>'::xml", /type xml is not open/],
  ['SELECT NULL::pg_authid', /type pg_authid is not open/],
  ["SELECT * FROM json_to_recordset('[]') AS x(a regclass)", /type regclass is not open/],
  ['SELECT 1 OPERATOR(public.+) 1', /no table or view "public\.\+"/],
  ['SELECT * FROM pg_authid', /no table or view "pg_authid"/],
  ['SELECT * FROM pg_catalog.pg_class', /no table or view "pg_catalog.pg_class"/],
  ['SELECT * FROM "pg_stat_activity" AS t', /no table or view "pg_stat_activity"/],
  ['SELECT * FROM public.t', /no table or view "public.t"/],
  ['SELECT * FROM information_schema.role_table_grants', /no table or view "information_schema.role_table_grants"/],
  ['SELECT * FROM x.information_schema.tables', /no table or view "x.information_schema.tables"/],
  ['SELECT (SELECT 1 FROM pg_authid)', /no table or view "pg_authid"/],
  ['SELECT 1 WHERE EXISTS (TABLE pg_authid)', /no table or view "pg_authid"/],
  ['WITH x AS (SELECT * FROM pg_authid) SELECT * FROM x', /no table or view "pg_authid"/],
  ['SELECT 1 UNION SELECT 1 FROM pg_authid', /no table or view "pg_authid"/],
  ['SELECT * FROM t TABLESAMPLE system (1)', /RANGE TABLE SAMPLE is not open/],
])('refuses the query %j', (text, reason) => {
  expect(refusal(text)).toMatch(reason)
})

it.each([
  ['SELECT 1', /only reads; ask for it as a query/],
  ['CREATE TEMP TABLE x (a INTEGER)', /temporary table is not open/],
  ['CREATE TABLE pg_temp.x (a INTEGER)', /no table or view "pg_temp.x"/],
  ['CREATE TABLE public.x (a INTEGER)', /no table or view "public.x"/],
  ['CREATE TABLE x (a INTEGER DEFAULT (pg_sleep(1) IS NULL)::int)', /function pg_sleep is not open/],
  ['CREATE TABLE x (a INTEGER CHECK (pg_sleep(1) IS NULL))', /function pg_sleep is not open/],
  ['CREATE TABLE x (a INTEGER REFERENCES pg_authid (oid))', /no table or view "pg_authid"/],
  ['CREATE TABLE x (LIKE pg_authid)', /no table or view "pg_authid"/],
  ['CREATE TABLE x () INHERITS (pg_authid)', /no table or view "pg_authid"/],
  ['CREATE TABLE x (a INTEGER) TABLESPACE y', /TABLESPACE is not open/],
  ['CREATE TABLE x (a INTEGER) PARTITION BY RANGE (a)', /PARTITION BY is not open/],
  ['CREATE TABLE x AS SELECT * FROM pg_authid', /no table or view "pg_authid"/],
  ['CREATE VIEW x AS SELECT * FROM pg_authid', /no table or view "pg_authid"/],
  ['CREATE VIEW x AS SELECT pg_sleep(1)', /function pg_sleep is not open/],
  ['CREATE MATERIALIZED VIEW x AS SELECT 1', /MATVIEW is not open/],
  ['CREATE INDEX ON t ((pg_sleep(a) IS NULL))', /function pg_sleep is not open/],
  ["CREATE FUNCTION f() RETURNS INTEGER LANGUAGE sql AS 'select 1'", /CREATE FUNCTION is not open/],
  ['CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()', /CREATE TRIGGER is not open/],
  ['CREATE RULE x AS ON INSERT TO t DO INSTEAD NOTHING', /CREATE RULE is not open/],
  ['CREATE EXTENSION dblink', /CREATE EXTENSION is not open/],
  ['CREATE SCHEMA x', /CREATE SCHEMA is not open/],
  ['CREATE ROLE x', /CREATE ROLE is not open/],
  ['CREATE DATABASE x', /CREATE DATABASE is not open/],
  ['CREATE SEQUENCE x', /CREATE SEQUENCE is not open/],
  ['CREATE POLICY x ON t', /CREATE POLICY is not open/],
  ['CREATE OPERATOR + (FUNCTION = f)', /CREATE is not open/],
  ['CREATE CAST (text AS integer) WITHOUT FUNCTION', /CREATE CAST is not open/],
  ["ALTER SYSTEM SET x = 'y'", /ALTER SYSTEM is not open/],
  ['ALTER ROLE CURRENT_USER SET statement_timeout = 0', /ALTER ROLE is not open/],
  ['ALTER TABLE t OWNER TO x', /CHANGE OWNER is not open/],
  ['ALTER TABLE t SET SCHEMA public', /ALTER OBJECT SCHEMA is not open/],
  ['ALTER TABLE t SET TABLESPACE x', /SET TABLE SPACE is not open/],
  ['ALTER TABLE t ENABLE ROW LEVEL SECURITY', /is not open/],
  ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES pg_authid (oid)', /no table or view "pg_authid"/],
  ['ALTER TABLE t INHERIT pg_authid', /is not open/],
  ['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC', /ALTER DEFAULT PRIVILEGES is not open/],
  ['DROP TABLE public.x', /no table or view "public.x"/],
  ['DROP SCHEMA x CASCADE', /SCHEMA is not open/],
  ['DROP OWNED BY CURRENT_USER', /DROP OWNED is not open/],
  ['REASSIGN OWNED BY CURRENT_USER TO x', /REASSIGN OWNED is not open/],
  ['GRANT ALL ON t TO PUBLIC', /GRANT is not open/],
  ['REVOKE ALL ON t FROM x', /GRANT is not open/],
  ['INSERT INTO pg_authid VALUES (1)', /no table or view "pg_authid"/],
  ['INSERT INTO t SELECT * FROM pg_authid', /no table or view "pg_authid"/],
  ['INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = pg_sleep(1)', /function pg_sleep is not open/],
  ['INSERT INTO t VALUES (1) RETURNING (SELECT 1 FROM pg_authid)', /no table or view "pg_authid"/],
  ['UPDATE t SET a = 1 FROM pg_authid', /no table or view "pg_authid"/],
  ['DELETE FROM t USING pg_authid', /no table or view "pg_authid"/],
  ['MERGE INTO t USING pg_authid AS u ON TRUE WHEN MATCHED THEN DELETE', /no table or view "pg_authid"/],
  ['MERGE INTO t USING u ON TRUE WHEN MATCHED THEN UPDATE SET a = pg_sleep(1)', /function pg_sleep is not open/],
  ['VACUUM t', /VACUUM is not open/],
  ['REINDEX TABLE t', /REINDEX is not open/],
  ['CLUSTER t', /CLUSTER is not open/],
  ['IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z', /IMPORT FOREIGN SCHEMA is not open/],
  ["SECURITY LABEL ON TABLE t IS 'x'", /SECURITY LABEL is not open/],
])('refuses the change %j', (text, reason) => {
  expect(refusal(text, 'exec')).toMatch(reason)
})

it('closes recursive queries where that is wanted', () => {
  const recursive = 'SELECT * FROM (WITH RECURSIVE n(i) AS (SELECT 1) SELECT i FROM n) AS x'
  expect(refusal(recursive, 'query', false)).toBe('recursive queries are not open here')
})

export const replicas = `
create table replicas (
  id text collate "C" primary key,
  instance text collate "C" not null unique,
  hostname text collate "C" not null,
  version text collate "C" not null,
  started_at bigint not null,
  heartbeat_at bigint not null,
  running bigint not null
);

create table run_callers (
  run_id text collate "C" not null references runs (id) on delete cascade,
  instance text collate "C" not null,
  primary key (run_id, instance)
);

create table user_places (
  user_id text collate "C" not null,
  instance text collate "C" not null,
  n bigint not null,
  primary key (user_id, instance)
);

create table chores (
  name text collate "C" primary key,
  owner text collate "C" not null
);
`

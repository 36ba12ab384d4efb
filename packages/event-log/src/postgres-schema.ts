import type { PostgresDatabase } from './postgres-database.ts'
import type { Naming } from './postgres-names.ts'
import { append, cover, drop, erase } from './postgres-functions.ts'

/**
 * What each version adds to the one before. Never changed, only continued: databases of every version are about.
 *
 * An event's time is part of it, as its id is, and both are given once, where it is published: whoever brings it again
 * brings both. So what is unique on a partitioned table, where it must include what the partitions are made by, finds the
 * same event in whichever partition it is.
 *
 * Data is `json`, not `jsonb`: it keeps what was stored as it was, NUL in a text included.
 */
const migrations: readonly ((names: Naming, index: (name: string) => string) => string)[] = [
  (names, index) => `
  CREATE TABLE ${names()} (
    position bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    source text NOT NULL,
    subject text,
    user_id text COLLATE "C",
    key text,
    time bigint NOT NULL,
    version integer NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    causation_id text,
    traceparent text,
    data json,
    PRIMARY KEY (position, time),
    UNIQUE (id, time)
  ) PARTITION BY RANGE (time);
  CREATE TABLE ${names('_rest')} PARTITION OF ${names()} DEFAULT;
  CREATE INDEX ${index('_type_time')} ON ${names()} (type, time);
  CREATE INDEX ${index('_user_id')} ON ${names()} (user_id, position) WHERE user_id IS NOT NULL;
  CREATE INDEX ${index('_correlation_id')} ON ${names()} (correlation_id, position);
  CREATE INDEX ${index('_time')} ON ${names()} USING brin (time);
  CREATE TABLE ${names('_partitions')} (name text PRIMARY KEY, low bigint NOT NULL, high bigint NOT NULL);
  INSERT INTO ${names('_state')} VALUES ('last', 0), ('removed', 0), ('gone', 0);
  ${[cover, append, drop, erase].map((make) => make(names)).join('\n')}`,
]

/**
 * Brings the tables up to date; all of it or nothing, and one log at a time. Rejects with `log-failed` when they are newer
 * than is known here. Who finds them up to date needs no right to change them.
 */
export async function migrate(database: PostgresDatabase, names: Naming): Promise<void> {
  const known = migrations.length
  const version = await versionOf(database, names)
  if (version === known) return
  const index = (name: string): string => names(name).slice(names().indexOf('.') + 1)
  const steps = migrations.map(
    (migration, before) =>
      `IF version = ${before} THEN ${migration(names, index)} version := ${before + 1}; END IF;`,
  )
  await database.ask(`DO $migrate$
    DECLARE version bigint := 0;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('${names()}'));
      CREATE TABLE IF NOT EXISTS ${names('_state')} (name text PRIMARY KEY, value bigint NOT NULL);
      INSERT INTO ${names('_state')} VALUES ('schema', 0) ON CONFLICT DO NOTHING;
      SELECT value INTO version FROM ${names('_state')} WHERE name = 'schema';
      IF version > ${known} THEN
        RAISE EXCEPTION 'its tables are of version %, newer than ${known}, which is known here', version;
      END IF;
      ${steps.join('\n')}
      UPDATE ${names('_state')} SET value = version WHERE name = 'schema';
    END $migrate$`)
}

/** 0 when there is none. */
async function versionOf(database: PostgresDatabase, names: Naming): Promise<number> {
  const [found] = await database.ask('SELECT to_regclass(?)::text AS name', [names('_state')])
  if (found === undefined || Object.values(Object(found))[0] === null) return 0
  const [row] = await database.ask(
    `SELECT value::integer AS value FROM ${names('_state')} WHERE name = 'schema'`,
  )
  return Number(Object.values(Object(row))[0] ?? 0)
}

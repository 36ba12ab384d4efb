// The functions in the database: what belongs together is one statement, over whichever connection it goes.
import type { Naming } from './postgres-names.ts'

/**
 * Stores a batch. Positions come from a row that whoever appends holds until it commits, not from a sequence: so they are
 * given in the order of commits, and who reads on after a position misses nothing.
 */
export function append(names: Naming): string {
  return `
  CREATE FUNCTION ${names('_append')}(batch json, stretches json) RETURNS void LANGUAGE plpgsql AS $append$
  DECLARE
    amount integer := json_array_length(batch);
    base bigint;
  BEGIN
    UPDATE ${names('_state')} SET value = value + amount WHERE name = 'last' RETURNING value - amount INTO STRICT base;
    PERFORM ${names('_cover')}(stretch.low, stretch.high)
      FROM json_to_recordset(stretches) AS stretch (low bigint, high bigint)
      WHERE NOT EXISTS (SELECT FROM ${names('_partitions')} AS known WHERE known.low < stretch.high AND known.high > stretch.low);
    INSERT INTO ${names()}
      SELECT base + ordinality, id, type, source, subject, user_id, key, time, version,
        correlation_id, causation_id, traceparent, data::json
      FROM ROWS FROM (json_to_recordset(batch) AS (
        id text, type text, source text, subject text, user_id text, key text, time bigint, version integer,
        correlation_id text, causation_id text, traceparent text, data text
      )) WITH ORDINALITY
      ON CONFLICT (id, time) DO NOTHING;
  END $append$;`
}

/**
 * Makes the partition of a stretch of time near the present. What lies elsewhere goes into the rest: clocks that are wrong,
 * and whoever means ill, cannot have thousands made. So does what finds the table in the hands of a long reader.
 */
export function cover(names: Naming): string {
  const [schema, table] = names().split('.')
  return `
  CREATE FUNCTION ${names('_cover')}(low bigint, high bigint) RETURNS void LANGUAGE plpgsql SET lock_timeout = '500ms' AS $cover$
  DECLARE
    present bigint := extract(epoch FROM now()) * 1000;
    form text := CASE WHEN high - low > 86400000 THEN 'YYYYMM' ELSE 'YYYYMMDD' END;
    name text := '${table?.replaceAll('"', '')}_' || to_char(to_timestamp(low / 1000) AT TIME ZONE 'UTC', form);
  BEGIN
    IF low < present - 100 * (high - low) OR low > present + 2 * (high - low) THEN RETURN; END IF;
    IF EXISTS (SELECT FROM ${names('_rest')} WHERE time >= low AND time < high) THEN RETURN; END IF;
    EXECUTE format('CREATE TABLE ${schema}.%I PARTITION OF ${names()} FOR VALUES FROM (%s) TO (%s)', name, low, high);
    INSERT INTO ${names('_partitions')} VALUES (name, low, high);
  EXCEPTION WHEN lock_not_available THEN
    RETURN;
  END $cover$;`
}

/**
 * Drops one partition, the first whose stretch of time is over before a time, or that has no position above another: how
 * many entries went with it, NULL when there is none. Nobody appends meanwhile. What goes, and that it went, in one: a
 * reader finds it or hears of a gap.
 */
export function drop(names: Naming): string {
  const [schema] = names().split('.')
  return `
  CREATE FUNCTION ${names('_drop')}(before bigint, beyond bigint) RETURNS integer LANGUAGE plpgsql SET lock_timeout = '2s' AS $drop$
  DECLARE
    part record;
    highest bigint;
    amount bigint;
  BEGIN
    PERFORM FROM ${names('_state')} WHERE name = 'last' FOR UPDATE;
    FOR part IN SELECT * FROM ${names('_partitions')} ORDER BY low LOOP
      EXECUTE format('SELECT max(position) FROM ${schema}.%I', part.name) INTO highest;
      CONTINUE WHEN part.high > before AND coalesce(highest > beyond, true);
      EXECUTE format('SELECT count(*) FROM ${schema}.%I', part.name) INTO amount;
      EXECUTE format('DROP TABLE ${schema}.%I', part.name);
      DELETE FROM ${names('_partitions')} WHERE name = part.name;
      UPDATE ${names('_state')} SET value = greatest(value, highest) WHERE name = 'removed';
      UPDATE ${names('_state')} SET value = value + amount WHERE name = 'gone';
      RETURN amount;
    END LOOP;
    RETURN NULL;
  END $drop$;`
}

/** Deletes some entries of what no partition can be dropped for: from all, or only from the rest. How many. */
export function erase(names: Naming): string {
  return `
  CREATE FUNCTION ${names('_erase')}(before bigint, beyond bigint, most integer, is_exact boolean) RETURNS integer LANGUAGE plpgsql AS $erase$
  DECLARE
    place text := CASE WHEN is_exact THEN '${names()}' ELSE '${names('_rest')}' END;
    highest bigint;
    amount bigint;
  BEGIN
    PERFORM FROM ${names('_state')} WHERE name = 'removed' FOR UPDATE;
    EXECUTE format('
      WITH gone AS (
        DELETE FROM %s WHERE (position, time) IN
          (SELECT position, time FROM %s WHERE time < $1 AND position <= $2 LIMIT $3)
        RETURNING position
      ) SELECT count(*), max(position) FROM gone', place, place) INTO amount, highest USING before, beyond, most;
    UPDATE ${names('_state')} SET value = greatest(value, highest) WHERE name = 'removed';
    UPDATE ${names('_state')} SET value = value + amount WHERE name = 'gone' AND amount > 0;
    RETURN amount;
  END $erase$;`
}

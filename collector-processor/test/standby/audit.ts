import pg from 'pg';

/** Rows whose writer does not hold the lease when they are committed, and how many there are in all. */
export interface Audit {
  count(): Promise<{ readonly written: number; readonly late: number }>;
  close(): Promise<void>;
}

/** Asks over a new connection each time: the server may have been restarted. */
async function ask(url: string, statement: string): Promise<pg.QueryResult<Record<string, string>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Record<string, string>>(statement);
  } finally {
    await client.end();
  }
}

/** Watches the table of changes with a trigger that runs at the end of each transaction. */
export async function openAudit(url: string, schema: string): Promise<Audit> {
  await ask(
    url,
    `create table ${schema}.late (id text, source text, holder text);
     create function ${schema}.look() returns trigger language plpgsql as $$ begin
       insert into ${schema}.late select new.id, new.source, holder from ${schema}.lease where holder <> new.source;
       return null;
     end $$;
     create constraint trigger look after insert on ${schema}.changes deferrable initially deferred
       for each row execute function ${schema}.look()`,
  );
  return {
    async count() {
      const { rows } = await ask(
        url,
        `select (select count(*) from ${schema}.changes) as written, (select count(*) from ${schema}.late) as late`,
      );
      return { written: Number(rows[0]?.['written']), late: Number(rows[0]?.['late']) };
    },
    async close() {
      await ask(url, `drop schema ${schema} cascade`);
    },
  };
}

export async function dropStore(url: string, schema: string): Promise<void> {
  await ask(url, `drop schema if exists ${schema} cascade`);
}

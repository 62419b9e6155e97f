import pg from 'pg';

/** Runs statements on a real server, past the store. */
export async function onServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The schema and every one whose name begins with it: what was kept of it. */
export async function dropSchemas(url: string, schema: string): Promise<void> {
  const names = await onServer(url, (client) =>
    client.query<{ nspname: string }>('select nspname from pg_namespace where starts_with(nspname, $1)', [schema]),
  );
  for (const { nspname } of names.rows) await dropSchema(url, nspname);
}

export async function dropSchema(url: string, schema: string): Promise<void> {
  await onServer(url, (client) => client.query(`drop schema if exists ${schema} cascade`));
}

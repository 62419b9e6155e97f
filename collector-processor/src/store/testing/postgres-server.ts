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

export async function dropSchema(url: string, schema: string): Promise<void> {
  await onServer(url, (client) => client.query(`drop schema if exists ${schema} cascade`));
}

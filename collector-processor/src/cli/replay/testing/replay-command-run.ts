import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replayCommand } from '../../replay-command.ts';

/** Few places, and beside the live configuration one that notices earlier and asks fewer detectors. */
const settings = `score:
  max_series: 500
  max_streams: 1000
  max_histogram_counts: 1024
  shadow: { enabled: true, notice_surprise: 2, page_score: 1.5, without: [range record] }
`;

export interface ReplayRun {
  readonly out: string;
  /** Lines about the shadow; without how long it all took. */
  readonly shadow: string;
}

/** Runs `sentinel replay` as the command line does, in a folder with these files and a configuration with a shadow. */
export async function runReplayCommand(
  args: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<ReplayRun> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-replay-'));
  const out: string[] = [];
  const err: string[] = [];
  const writer = (lines: string[]) => ({ write: (text: string) => lines.push(text) > 0 });
  try {
    const config = join(folder, 'sentinel.yaml');
    writeFileSync(config, settings);
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    const all = [...args, ...paths, '--json', '--config', config];
    await replayCommand.run({ args: all, env: {}, stdout: writer(out), stderr: writer(err) });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const said = err.join('');
  return { out: out.join(''), shadow: said.slice(said.indexOf('Since ')) };
}

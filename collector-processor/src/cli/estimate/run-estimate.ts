import { SentinelError } from '../../runtime/errors.ts';
import { createApiClient, ownApiUrl } from '../api-client.ts';
import { type CommandContext, exitCodes } from '../command.ts';
import { settingsOrThrow } from '../settings-file.ts';
import { demandOfApi, demandOfFiles } from './demand-of.ts';
import { estimate } from './estimate.ts';

export const estimateUsage = `usage: sentinel check --estimate [--series N [--streams N] | --from-file FILE… | --from-api [--url URL]]
                                 [--config FILE]`;

export interface EstimateFlags {
  readonly config: string | undefined;
  readonly series: string | undefined;
  readonly streams: string | undefined;
  readonly fromFiles: readonly string[];
  readonly fromApi: boolean;
  readonly url: string | undefined;
}

const MIB = 1024 ** 2;

/** Prints what watching would cost; without a source, what the limits of the settings allow. Failed when it does not fit. */
export async function runEstimate(flags: EstimateFlags, { env, stdout }: CommandContext): Promise<number> {
  const settings = settingsOrThrow(flags.config, env);
  const { series, streams, fromFiles, fromApi, url = ownApiUrl(settings.api) } = flags;
  if ([series !== undefined, fromFiles.length > 0, fromApi].filter(Boolean).length > 1) {
    throw new SentinelError('SENTINEL_USAGE', estimateUsage);
  }
  if (fromApi) {
    const api = createApiClient({ url, token: env['SENTINEL_TOKEN'] || undefined, fetch: globalThis.fetch });
    const { residentBytes, ...demand } = await demandOfApi(api);
    const { text, fits } = estimate(settings, demand);
    stdout.write(`${text}Measured there now: ${Math.round(residentBytes / MIB)} MiB resident.\n`);
    return fits ? exitCodes.ok : exitCodes.failed;
  }
  const asked = countOf(series) ?? settings.score.maxSeries;
  const demand =
    fromFiles.length > 0
      ? await demandOfFiles(fromFiles, settings)
      : { series: asked, streams: countOf(streams) ?? Math.min(asked, settings.score.maxStreams) };
  const { text, fits } = estimate(settings, demand);
  stdout.write(text);
  return fits ? exitCodes.ok : exitCodes.failed;
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new SentinelError('SENTINEL_USAGE', `"${text}" is no number.\n${estimateUsage}`);
  return Number(text);
}

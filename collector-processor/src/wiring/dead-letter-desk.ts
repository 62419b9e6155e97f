import type { DeadLetterDesk } from '../api/providers.ts';
import type * as contract from '../contract/dead-letter.ts';
import type { DeadLetter } from '../publish/wal/dead-letter.ts';
import type { DeadLetters } from '../publish/wal/dead-letters.ts';
import { previewOf } from '../publish/wal/letter-preview.ts';
import type { LetterReplays } from '../publish/wal/letter-replays.ts';
import { reopen, type Transcode } from '../publish/wal/reopen.ts';
import type { Mask } from '../runtime/masking.ts';

interface DeskParts {
  readonly letters: DeadLetters;
  readonly replays: LetterReplays;
  readonly transcode: Transcode;
  readonly mask: Mask;
}

/** Headers whose values are secrets, should somebody have them passed on. */
const secretHeader = /authorization|cookie|token|secret|password|key/;

/** Dead letters in the words of the API: masked, newest first. */
export function createDeadLetterDesk({ letters, replays, transcode, mask }: DeskParts): DeadLetterDesk {
  function shown(letter: DeadLetter): contract.DeadLetter {
    const { id, backend, signal, diedAtMs, receivedAtMs, bytes, encoding, compression, refusedReplays } = letter;
    const { items, lastReplayAtMs } = letter;
    const headers = Object.entries(letter.headers).map(([name, value]) => [
      name,
      secretHeader.test(name) ? '[secret]' : mask(value),
    ]);
    return {
      ...{ id, backend, signal, diedAtMs, receivedAtMs, bytes, encoding, compression, refusedReplays },
      ...(items === undefined ? {} : { items }),
      ...(lastReplayAtMs === undefined ? {} : { lastReplayAtMs }),
      reason: mask(letter.reason),
      tenant: mask(letter.tenant),
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
  }

  return {
    *list() {
      // Places rise from the newest to the oldest and stay, whatever comes and goes.
      for (const letter of letters.list()) {
        yield { place: Number.MAX_SAFE_INTEGER - letter.sequence, item: shown(letter) };
      }
    },
    async show(id) {
      const found = await letters.get(id);
      if (found === undefined) return undefined;
      const opened = await reopen(found.request, transcode);
      const preview =
        opened.kind === 'request'
          ? previewOf(found.letter.signal, opened.protobuf, mask)
          : { lines: [], isWhole: false, fault: opened.reason };
      return { ...shown(found.letter), preview: { ...preview, lines: [...preview.lines] } };
    },
    body: async (id) => (await letters.get(id))?.request.body,
    async replay(id, to) {
      const replay = await replays.replay(id, to);
      return 'reason' in replay ? { kind: replay.kind, reason: mask(replay.reason) } : replay;
    },
    drop: (id) => replays.drop(id),
  };
}

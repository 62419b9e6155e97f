import type { ExportOutcome } from '../../model/export-request.ts';
import type { SendOutcome } from '../transport/transport.ts';
import type { Batch } from './shipment.ts';

type Partial = Extract<SendOutcome, { kind: 'delivered' }>['partial'];

/** What each sender is told of a batch that was taken. Whose items were rejected of a joined one, nobody knows: all get the text. */
export function outcomeForEach(batch: Batch, partial: Partial): ExportOutcome {
  if (partial === undefined) return { kind: 'accepted' };
  if (batch.length === 1) return { kind: 'accepted', partial };
  const { rejectedItems, message } = partial;
  const warning = `${rejectedItems} items of ${batch.length} requests that were sent together were rejected: ${message}`;
  return { kind: 'accepted', partial: { rejectedItems: 0, message: warning, ofSeveral: rejectedItems > 0 } };
}

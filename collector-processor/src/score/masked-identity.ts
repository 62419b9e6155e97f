import type { Mask } from '../runtime/masking.ts';
import type { SubjectIdentity } from './state/subject-store.ts';

/** Names that come from telemetry are shown in findings and labels, so they are masked before anybody keeps them. */
export function maskedIdentity<Identity extends SubjectIdentity>(identity: Identity, mask: Mask): Identity {
  const { operation, peer, template, attributes } = identity;
  return {
    ...identity,
    ...(operation === undefined ? {} : { operation: mask(operation) }),
    ...(peer === undefined ? {} : { peer: mask(peer) }),
    ...(template === undefined ? {} : { template: mask(template) }),
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, mask(value)])),
  };
}

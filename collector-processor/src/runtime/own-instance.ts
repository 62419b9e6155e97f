import { randomUUID } from 'node:crypto';

/** Sentinel's own name in what it sends about itself and its findings. Others may bear it too. */
export const OWN_SERVICE_NAME = 'sentinel';

/**
 * `service.instance.id` of this process: on all that it sends, and on nothing that anybody else sends. By it the score stage
 * knows its own telemetry when that comes back.
 */
export const ownInstanceId: string = randomUUID();

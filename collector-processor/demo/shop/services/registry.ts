import type { StartService } from '../service.ts';
import type { ServiceName } from '../topology.ts';

/** Loaded only when asked for, after the instrumentation has patched `node:http`. */
export const services: Readonly<Record<ServiceName, () => Promise<StartService>>> = {
  storefront: async () => (await import('./storefront.ts')).startStorefront,
  checkout: async () => (await import('./checkout.ts')).startCheckout,
  payment: async () => (await import('./payment.ts')).startPayment,
  catalog: async () => (await import('./catalog.ts')).startCatalog,
  fulfilment: async () => (await import('./fulfilment.ts')).startFulfilment,
  'order-queue': async () => (await import('./order-queue.ts')).startOrderQueue,
};

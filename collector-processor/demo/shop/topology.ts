/** The shop: who calls whom. The load generator plays the browsers in front of `storefront`. */
export const serviceNames = ['storefront', 'checkout', 'payment', 'catalog', 'fulfilment', 'order-queue'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** For each service those that it asks or hands work to; the queue hands its messages to `fulfilment`. */
export const calls: Readonly<Record<ServiceName, readonly ServiceName[]>> = {
  storefront: ['catalog', 'checkout'],
  checkout: ['catalog', 'payment', 'order-queue'],
  payment: [],
  catalog: [],
  'order-queue': ['fulfilment'],
  fulfilment: [],
};

export const versions: Readonly<Record<ServiceName, string>> = {
  storefront: '3.2.0',
  checkout: '2.7.1',
  payment: '1.4.0',
  catalog: '5.0.3',
  fulfilment: '1.9.2',
  'order-queue': '4.1.0',
};

export function isServiceName(name: string): name is ServiceName {
  return serviceNames.some((known) => known === name);
}

/** Services that hand work to this one themselves. */
export function directCallers(service: ServiceName): ServiceName[] {
  return serviceNames.filter((name) => calls[name].includes(service));
}

/** The services of the shop; README.md has a picture of who calls whom. */
export const serviceNames = ['storefront', 'checkout', 'payment', 'catalog', 'fulfilment', 'order-queue'] as const;
export type ServiceName = (typeof serviceNames)[number];

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

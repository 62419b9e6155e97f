/** Jest runs ES modules only with this flag of Node; nothing else here needs it. */
export function jestOptions(environment) {
  const inherited = environment.NODE_OPTIONS ?? '';
  return { ...environment, NODE_OPTIONS: `${inherited} --experimental-vm-modules`.trim() };
}

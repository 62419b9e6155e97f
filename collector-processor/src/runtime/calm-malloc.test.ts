import { expect, jest, test } from '@jest/globals';
import { startWithCalmMalloc } from './calm-malloc.ts';

function started(part: object = {}) {
  const execve = jest.fn<(file: string, args: readonly string[], env: object) => never>();
  const place = { execPath: '/bin/node', execArgv: ['--trace-gc'], argv: ['/bin/node', 'main.ts', 'serve'] };
  return { platform: 'linux', env: { HOME: '/root' }, channel: undefined, execve, ...place, ...part } as const;
}

test('starts again in its place with the same arguments, and the environment that calms malloc', () => {
  const program = started();
  startWithCalmMalloc(program);
  expect(program.execve).toHaveBeenCalledWith('/bin/node', ['/bin/node', '--trace-gc', 'main.ts', 'serve'], {
    HOME: '/root',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '262144',
  });
});

test.each([
  ['the second time, and where somebody has chosen', { env: { MALLOC_ARENA_MAX: '4' } }],
  ['elsewhere than on Linux', { platform: 'darwin' }],
  ['with a parent that it talks to', { channel: {} }],
])('goes on as it is %s', (_when, part) => {
  const program = started(part);
  startWithCalmMalloc(program);
  expect(program.execve).not.toHaveBeenCalled();
});

test('goes on as it is where a process cannot be replaced', () => {
  expect(() => startWithCalmMalloc(started({ execve: undefined }))).not.toThrow();
});

import { expect, jest, test } from '@jest/globals';
import { startCalmly } from './calm-start.ts';

function started(part: object = {}) {
  const execve = jest.fn<(file: string, args: readonly string[], env: object) => never>();
  const place = { execPath: '/bin/node', execArgv: ['--trace-gc'], argv: ['/bin/node', 'main.ts', 'serve'] };
  return { platform: 'linux', env: { HOME: '/root' }, channel: undefined, execve, ...place, ...part } as const;
}

test('starts again in its place with the same arguments, and the environment that calms malloc', () => {
  const program = started();
  startCalmly(program, 3);
  const args = ['/bin/node', '--v8-pool-size=2', '--trace-gc', 'main.ts', 'serve'];
  expect(program.execve).toHaveBeenCalledWith('/bin/node', args, {
    HOME: '/root',
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '262144',
  });
});

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [64, 4],
])('on %d cores V8 has %d helpers, so that the main thread keeps a core', (cores, helpers) => {
  const program = started();
  startCalmly(program, cores);
  expect(program.execve.mock.calls[0]?.[1]).toContain(`--v8-pool-size=${helpers}`);
});

test.each([
  ['the second time, and where somebody has chosen', { env: { MALLOC_ARENA_MAX: '4' } }],
  ['elsewhere than on Linux', { platform: 'darwin' }],
  ['with a parent that it talks to', { channel: {} }],
])('goes on as it is %s', (_when, part) => {
  const program = started(part);
  startCalmly(program);
  expect(program.execve).not.toHaveBeenCalled();
});

test('goes on as it is where a process cannot be replaced', () => {
  expect(() => startCalmly(started({ execve: undefined }))).not.toThrow();
});

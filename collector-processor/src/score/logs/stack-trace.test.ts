import { describe, expect, test } from '@jest/globals';
import { readTracedBody, StackTrace } from './stack-trace.ts';

const traces: readonly (readonly [language: string, what: string, place: string, text: string])[] = [
  [
    'Java',
    'java.lang.IllegalStateException: no stock for 4711',
    'com.shop.Cart.total',
    `java.lang.IllegalStateException: no stock for 4711
\tat com.shop.Cart.total(Cart.java:112)
\tat com.shop.Cart$Lambda$14/0x0000.run(Unknown Source)
\tat java.base/java.lang.Thread.run(Thread.java:833)
Caused by: java.io.IOException: closed
\tat com.shop.Store.read(Store.java:7)
\t... 12 more`,
  ],
  [
    'JavaScript',
    'TypeError: x is not a function',
    'Cart.total',
    `TypeError: x is not a function
    at Cart.total (/app/cart.js:12:7)
    at async /app/server.js:3:1`,
  ],
  [
    'JavaScript without names',
    'Error: gone',
    '/app/cart.js',
    `Error: gone
    at /app/cart.js:12:7
    at node:internal/process:1:2`,
  ],
  [
    'Python',
    'ValueError: no stock for 4711',
    'total',
    `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    main()
  File "/app/cart.py", line 12, in total
    raise ValueError(n)
ValueError: no stock for 4711`,
  ],
  [
    'Go',
    'panic: runtime error: index out of range [5] with length 3',
    '/app/cart.go',
    `panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.total(...)
\t/app/cart.go:12 +0x1d
main.main()
\t/app/main.go:3 +0x20`,
  ],
  [
    '.NET',
    'System.InvalidOperationException: no stock',
    'Shop.Cart.Total',
    `System.InvalidOperationException: no stock
   at Shop.Cart.Total(Int32 n) in /src/Cart.cs:line 12
   at Shop.Program.Main(String[] args)`,
  ],
  [
    'Ruby',
    "cart.rb:12:in 'total': no stock (RuntimeError)",
    'block in total',
    `cart.rb:12:in 'total': no stock (RuntimeError)
\tfrom cart.rb:9:in 'block in total'
\tfrom main.rb:3:in '<main>'`,
  ],
  [
    'PHP',
    'PHP Fatal error: Uncaught Exception: no stock in /app/cart.php:12',
    'Cart->total',
    `PHP Fatal error: Uncaught Exception: no stock in /app/cart.php:12
#0 /app/main.php(3): Cart->total(4711)
#1 {main}`,
  ],
  [
    'Rust',
    "thread 'main' panicked at src/cart.rs:12:5:",
    'core::panicking::panic_fmt',
    `thread 'main' panicked at src/cart.rs:12:5:
stack backtrace:
   0: core::panicking::panic_fmt
             at /rustc/90b35a6/library/core/src/panicking.rs:72:14
   1: shop::cart::total`,
  ],
];

describe('a stack trace in one body tells what happened and where', () => {
  test.each(traces)('%s', (_language, what, place, text) => {
    const bytes = Buffer.from(`head${text}tail`);
    const body = readTracedBody(bytes, 4, bytes.length - 4, new StackTrace());
    expect(body.place).toBe(place.replace('tail', ''));
    expect(bytes.toString('utf8', body.start, Math.min(body.end, bytes.length - 4))).toBe(what);
  });
});

describe('in a record for each line', () => {
  test.each(traces)('the lines of %s belong together', (_language, what, place, text) => {
    const trace = new StackTrace();
    const apart = text.split('\n').filter((line) => {
      const bytes = Buffer.from(line);
      return line !== '' && !trace.take(bytes, 0, bytes.length);
    });
    expect(apart.filter((line) => line !== 'stack backtrace:')).toEqual([what]);
    expect(trace.place).toBe(place);
  });

  test.each([
    'at noon the batch was started',
    'attempt 3 failed (timeout)',
    'from 10.0.0.1 to 10.0.0.2',
    'going down',
    'Cannot open file (missing)',
    '  indented status: ok',
    '#4711 shipped',
    '... and so on',
    'Caused by',
    '',
  ])('an ordinary line does not: %s', (line) => {
    const bytes = Buffer.from(line);
    expect(new StackTrace().take(bytes, 0, bytes.length)).toBe(false);
  });
});

test('a body of several lines without a trace has no place', () => {
  const bytes = Buffer.from('first line\n  second line\nthird line');
  expect(readTracedBody(bytes, 0, bytes.length, new StackTrace())).toEqual({ start: 0, end: 10, place: '' });
});
